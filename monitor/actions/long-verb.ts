/**
 * Verbs that take a while and tell how far they are: what the socket streams and the command line waits for. The stream holds any
 * number of `progress` lines and then one `report` (an answer), one `refused` (a problem document) or one `failed`.
 */
import type { z } from 'zod';
import type { RefusalProblem } from '#domain/problem.ts';
import type { Refusal } from '#domain/refusal.ts';

export interface LongProgress {
  readonly message: string;
  readonly done: number;
  readonly total: number;
}
export type Told = (progress: LongProgress) => void;

/** `asked`: plain JSON, judged by the verb itself. */
export interface LongVerb<C, A extends object = object> {
  readonly schema: z.ZodType;
  run(ctx: C, asked: unknown, told: Told): Promise<A | Refusal>;
}

export type LongLine =
  | { readonly type: 'progress'; readonly progress: LongProgress }
  | { readonly type: 'report'; readonly report: unknown }
  | { readonly type: 'refused'; readonly problem: RefusalProblem }
  | { readonly type: 'failed'; readonly message: string };
