/**
 * A verb as the socket and the command line ask for it: plain JSON in, read by a schema, an answer or a refusal out. Instants come
 * as ISO 8601 with an offset. Refuses what has not the shape with the path of the fault; the verb judges the rest.
 */
import { z } from 'zod';
import { type Refusal, refuse } from '#domain/refusal.ts';
import { instantOfIso } from '#domain/time/iso.ts';

/** `C`: what it acts on. `A`: what it answers, plain JSON. */
export interface RequestVerb<C, A extends object = object> {
  /** What is asked, as `run` judges it; the description of the API is made from it. */
  readonly schema: z.ZodType;
  /** Whether it makes something new. */
  readonly creates: boolean;
  run(ctx: C, asked: unknown): Promise<A | Refusal>;
}
export type RequestVerbs<C> = Readonly<Record<string, RequestVerb<C>>>;
/** What a verb answers when it does not refuse. */
export type AnswerOf<V> = V extends RequestVerb<never, infer A> ? A : never;

export const text = z.string();
export const optionalText = text.nullable().default(null);
export const instantText = text.transform((given, issue) => {
  const at = instantOfIso(given);
  if (at !== null) return at;
  issue.addIssue({ code: 'custom', message: `"${given}" is no instant; write it as 2026-11-28T10:00-05:00` });
  return z.NEVER;
});

export const badRequest = (error: z.ZodError): Refusal => {
  const [issue] = error.issues;
  const path = issue?.path.join('.') ?? '';
  return refuse('bad_request', `The request is not as it must be${path === '' ? '' : ` at ${path}`}: ${issue?.message ?? 'unknown'}.`, {
    path,
  });
};

/** Makes verbs that act on a `C`. */
export const verbsOn =
  <C>() =>
  <S extends z.ZodType, A extends object>(
    schema: S,
    run: (ctx: C, request: z.output<S>) => Promise<A | Refusal>,
    creates = false,
  ): RequestVerb<C, A> => ({
    schema,
    creates,
    run: async (ctx, asked) => {
      const read = schema.safeParse(asked);
      return read.success ? run(ctx, read.data) : badRequest(read.error);
    },
  });
