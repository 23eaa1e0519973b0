/**
 * The writing side of /api/v1, and what of it only people inside may read. For every request, in this order: who sends it (the guard that
 * is handed in), whether there is such an operation, whether they may, what they ask; only then the verb runs. An address that is none
 * answers nobody differently from one that is. Answers are kept by nobody and readable by no other origin; every error is a problem
 * document. Source: reliability P14, P15, section 4.
 */
import { Hono, type Context as HonoContext } from 'hono';
import { lackWords, tokenLackWords } from '#domain/access/lack-words.ts';
import type { Permission, Role } from '#domain/access/permission.ts';
import { problem } from '#domain/problem.ts';
import { isRefusal } from '#domain/refusal.ts';
import { ANSWER_TYPE } from '#monitor/actions/answer-type.ts';
import type { Told } from '#monitor/actions/long-verb.ts';
import type { Clock } from '#monitor/clock.ts';
import { allowOf, methodsByPattern } from '../allowed-methods.ts';
import { patternOf } from '../document.ts';
import { PROBLEM_TYPE } from '../problem.ts';
import type { Asking } from '../room.ts';
import { STREAM_TYPE, streamed } from '../streamed.ts';
import { answerOfRefusal } from '../verb-routes.ts';
import type { Verbs } from '../verbs.ts';
import { API, type Operation } from './operations.ts';
import { NOT_JSON, readJson, TOO_DEEP, TOO_LARGE } from './read-json.ts';

export type Headers = readonly (readonly [name: string, value: string])[];
export interface Sorry {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly headers?: Headers;
  /** What the problem document says besides. */
  readonly more?: object;
}
/** Somebody who is known. */
export interface Admitted {
  readonly asking: Asking;
  /** `token`: how they are told what they lack. */
  readonly kind: 'person' | 'token';
  readonly role: Role;
  /** What the token was made for, whatever its owner's role reaches today; of a person: none. */
  readonly scopes: readonly string[];
  /** Seconds that they wait before they take something out of Avow; 0: go on. */
  readonly waitOfExport: () => number;
  /** Writes down that they were refused. */
  readonly refused: (operation: string, needs: Permission | null) => void;
}
export type Admit<E> = (env: E, request: Request) => Promise<Admitted | Sorry>;

export interface VerbAppDeps<E> {
  readonly operations: readonly Operation[];
  /** Null while there is no store. */
  readonly verbs: () => Verbs | null;
  readonly admit: Admit<E>;
  /** Long work waits here for its turn. */
  readonly turns: { readonly full: boolean; run<T>(work: () => Promise<T>): Promise<T> };
  /** `work`, or a fault when the store does not answer. */
  readonly inTime: <T>(work: Promise<T>) => Promise<T>;
  /** A fault that is the store's, who will be back. */
  readonly isStoreTrouble: (fault: unknown) => boolean;
  /** Headers of every answer. */
  readonly always: Headers;
  readonly clock: Clock;
  readonly onFault: (path: string, cause: unknown) => void;
}

export const isSorry = (value: Admitted | Sorry): value is Sorry => 'status' in value;
const NO_SUCH: Sorry = {
  status: 404,
  title: 'Not found',
  detail: 'The API has no such address. What there is stands in /api/v1/openapi.json.',
};
export const AWAY: Sorry = {
  status: 503,
  title: 'This cannot be done just now',
  detail: 'Avow cannot reach its store. Nothing was changed; try again in a minute.',
  headers: [['Retry-After', '30']],
};
/** What takes something out of the ledger asks a person for the password anew; a token was made after giving it. */
const GRAVE: ReadonlySet<Permission> = new Set(['ledger:adjust']);

/** `wanted`: one of them would do. */
export const sorryOfLack = ({ kind, role, scopes }: Pick<Admitted, 'kind' | 'role' | 'scopes'>, wanted: readonly Permission[]): Sorry => {
  const title = 'Not allowed';
  const [needs] = wanted;
  if (needs === undefined) return { status: 403, title, detail: 'Nobody may ask this over the network.' };
  if (kind === 'person') return { status: 403, title, detail: lackWords(role, needs), more: { needs } };
  return {
    status: 403,
    title,
    detail: tokenLackWords(role, scopes, wanted),
    headers: [['WWW-Authenticate', `Bearer error="insufficient_scope", scope="${needs}"`]],
    more: { needs, has: scopes },
  };
};

export const verbApp = <E extends object>(deps: VerbAppDeps<E>): Hono<{ Bindings: E }> => {
  type Asked = HonoContext<{ Bindings: E }>;
  const respond = (status: number, type: string, body: string | ReadableStream, headers: Headers = []): Response => {
    const all: Headers = [
      ...deps.always,
      ['Content-Type', type],
      ['Cache-Control', 'no-store'],
      ...(typeof body === 'string' ? [['Content-Length', String(new TextEncoder().encode(body).byteLength)] as const] : []),
      ...headers,
    ];
    return new Response(body, { status, headers: all.map(([name, value]): [string, string] => [name, value]) });
  };
  const sorry = ({ status, title, detail, headers = [], more = {} }: Sorry): Response =>
    respond(status, PROBLEM_TYPE, JSON.stringify({ ...problem(status, title, detail), ...more }), headers);

  /** Null: they may. `asked` undefined: nothing has been read yet. */
  const lacking = (operation: Operation, admitted: Admitted, asked?: { readonly value: unknown }): Sorry | null => {
    const { needs, name } = operation;
    const { refused } = admitted;
    const { permissions, proved } = admitted.asking;
    const wanted: readonly Permission[] =
      needs === undefined ? [] : typeof needs === 'string' ? [needs] : asked ? [needs.of(asked.value)] : needs.either;
    if (!wanted.some((one) => permissions.has(one))) {
      refused(name, wanted[0] ?? null);
      return sorryOfLack(admitted, wanted);
    }
    if (proved || !wanted.every((one) => GRAVE.has(one))) return null;
    return {
      status: 403,
      title: 'Not allowed',
      detail:
        'This asks for your password once more: the last time is more than ten minutes ago. Give it at /admin/prove, then do it again.',
      more: { code: 'prove_again' },
    };
  };

  const askedOf = async (c: Asked, { method, schema, mostBytes }: Operation): Promise<{ readonly value: unknown } | Sorry> => {
    if (method === 'GET') return { value: { ...c.req.query(), ...c.req.param() } };
    const type = c.req.header('content-type') ?? 'application/json';
    if (schema !== null && !/^application\/json\s*(?:;|$)/i.test(type))
      return { status: 415, title: 'Not JSON', detail: 'Send JSON, and say so: Content-Type: application/json.' };
    const read = await readJson(c.req.raw, mostBytes);
    if (read === TOO_LARGE)
      return {
        status: 413,
        title: 'Too large',
        detail: `This request may have ${mostBytes} bytes at most. Shorten the text.`,
        headers: [['Connection', 'close']],
      };
    if (schema === null) return { value: null };
    if (read === NOT_JSON) return { status: 400, title: 'Not JSON', detail: 'The body is not JSON in UTF-8.' };
    if (read === TOO_DEEP)
      return { status: 400, title: 'Too deep', detail: 'The body is nested more deeply than any request of this API.' };
    return { value: read.value };
  };

  /** Null: the command line of this version asks, which tells people of the answer itself. */
  const documentOf = (c: Asked, { shape, name }: Operation): ((answer: object) => object) | null => {
    if ((c.req.header('accept') ?? '').includes(ANSWER_TYPE)) return null;
    if (!shape) throw new Error(`nothing says what is told of ${name}`);
    return (answer) => shape.document(answer);
  };

  const longAnswer = (c: Asked, operation: Operation, work: (told: Told) => Promise<object>): Response => {
    const failed = (cause: unknown): string => {
      deps.onFault(c.req.path, cause);
      return deps.isStoreTrouble(cause) ? AWAY.detail : 'Avow could not finish. The log of the server says why.';
    };
    if (deps.turns.full)
      return sorry({
        status: 503,
        title: 'This cannot be done just now',
        detail: 'Much long work waits already. Try again in a minute.',
        headers: [['Retry-After', '60']],
      });
    const document = documentOf(c, operation) ?? undefined;
    const body = streamed((told) => deps.turns.run(() => work(told)), { failed, clock: deps.clock, document });
    return respond(200, STREAM_TYPE, body, [['X-Accel-Buffering', 'no']]);
  };

  const answer = async (c: Asked, operation: Operation, admitted: Admitted, verbs: Verbs): Promise<Response> => {
    const early = lacking(operation, admitted);
    if (early) return sorry(early);
    const asked = await askedOf(c, operation);
    if ('status' in asked) return sorry(asked);
    const late = lacking(operation, admitted, asked);
    if (late) return sorry(late);
    const wait = operation.exports ? admitted.waitOfExport() : 0;
    if (wait > 0)
      return sorry({
        status: 429,
        title: 'Too many exports',
        detail: 'Reports and the audit are taken out of Avow at most ten times an hour by one person. Wait, or take a whole month at once.',
        headers: [['Retry-After', String(wait)]],
      });
    if (operation.long)
      return longAnswer(c, operation, async (told) => {
        const made = await operation.run(verbs, admitted.asking, asked.value, told);
        if (made === null) throw new Error(`nobody does ${operation.name} here`);
        if (!isRefusal(made)) verbs.changed();
        return made;
      });
    const answered = await deps.inTime(Promise.resolve(operation.run(verbs, admitted.asking, asked.value, () => undefined)));
    if (answered === null) return sorry(NO_SUCH);
    if (isRefusal(answered)) {
      const { status, headers, body } = answerOfRefusal(answered);
      return respond(status, PROBLEM_TYPE, body, headers);
    }
    if (operation.method === 'POST') verbs.changed();
    const document = documentOf(c, operation);
    const status = operation.creates ? 201 : 200;
    if (document === null) return respond(status, ANSWER_TYPE, JSON.stringify(answered));
    return respond(status, 'application/json; charset=utf-8', JSON.stringify(document(answered)));
  };

  /** The guard first, for what is there and for what is not. */
  const handle = async (c: Asked, then: (admitted: Admitted, verbs: Verbs) => Promise<Response> | Response): Promise<Response> => {
    const admitted = await deps.inTime(deps.admit(c.env, c.req.raw));
    if (isSorry(admitted)) return sorry(admitted);
    const verbs = deps.verbs();
    return verbs ? then(admitted, verbs) : sorry(AWAY);
  };

  const app = new Hono<{ Bindings: E }>();
  const routes = deps.operations.map((operation) => ({ operation, method: operation.method, pattern: patternOf(operation) }));
  for (const { operation, method, pattern } of routes)
    app.on(method, pattern, (c) => handle(c, (admitted, verbs) => answer(c, operation, admitted, verbs)));
  for (const [pattern, methods] of methodsByPattern(routes)) {
    const { allow, sentence } = allowOf(methods);
    const refused: Sorry = { status: 405, title: 'Not this way', detail: sentence, headers: [['Allow', allow]] };
    app.all(pattern, (c) => handle(c, () => sorry(refused)));
  }
  app.notFound((c) => handle(c as Asked, () => sorry(NO_SUCH)));
  app.onError((cause, c) => {
    if (deps.isStoreTrouble(cause)) return sorry(AWAY);
    deps.onFault(c.req.path, cause);
    return sorry({
      status: 500,
      title: 'Internal error',
      detail: 'Avow could not answer. Nothing was changed; the log of the server says why.',
    });
  });
  return app;
};

/** Whether the raw URL is asked of this side of the API: every change, and what only people inside may read. */
export const isOfVerbs = (method: string, url: string): boolean => {
  if (['POST', 'PUT', 'PATCH', 'DELETE'].includes(method)) return url.startsWith(`${API}/`);
  if (method !== 'GET' && method !== 'HEAD') return false;
  return /^\/api\/v1\/(?:private(?:[/?]|$)|releases\/[^/?]+\/may-deploy(?:[/?]|$))/.test(url);
};
