/**
 * One request at the console's door as the guard knows it (how it came, for which route, from whom), what becomes of it for the route's
 * own answer, and why it may go no further.
 */
import type { IncomingMessage } from 'node:http';
import type { Context as HonoContext } from 'hono';
import { NO_CUSTOMER } from '#domain/access/reach.ts';
import type { Actor, Context } from '#monitor/context.ts';
import type { HeaderPairs } from '../security-headers.ts';
import type { Known } from './asker.ts';
import type { Form } from './body.ts';
import type { ConsoleAsk, ConsoleRoute } from './console-route.ts';
import { cookieName, readCookie } from './cookies.ts';
import { actorOf } from './principal.ts';

/**
 * `resumed`: the form comes from a page of ours that carried it. `again`: its page is shown with it, for it was typed into a session that
 * had ended. `sent`: it goes on, for it was held up by the proof alone.
 */
export interface Env {
  readonly incoming: IncomingMessage;
  readonly resumed?: 'again' | 'sent';
}
export type Bindings = { Bindings: Env };
export type Asked = HonoContext<Bindings>;

export interface Visit {
  readonly c: Asked;
  readonly route: ConsoleRoute;
  readonly context: Context;
  readonly known: Known;
}

/** A refusal in one sentence. */
export interface Sorry {
  readonly status: number;
  readonly sentence: string;
  readonly headers?: HeaderPairs;
}
/** Our own path to go to first. */
export interface Elsewhere {
  readonly to: string;
}
export const NO_SUCH_PAGE: Sorry = { status: 404, sentence: 'There is no such page in the console.' };

/** Whether a person looks at the answer, not a script or a program. */
export const isPerson = (c: HonoContext): boolean => (c.req.header('accept') ?? '').includes('text/html');

/** The secret of the session, ended or not; "": none was sent. */
export const secretOf = ({ c, known }: Visit): string =>
  readCookie(c.req.header('cookie') ?? null, cookieName('session', known.reached)) ?? '';

export const askOf = ({ c, context, known }: Visit, form: Form): ConsoleAsk => {
  const { principal, address, addressKey, requestId, local, reached } = known;
  return {
    path: decodeURI(c.req.path),
    params: c.req.param() as Readonly<Record<string, string>>,
    query: new URL(c.req.url).searchParams,
    form,
    principal,
    actor: principal.kind === 'nobody' ? stranger(known) : actorOf(principal, address, requestId),
    address,
    addressKey,
    agent: (c.req.header('user-agent') ?? '').slice(0, 300),
    device: readCookie(c.req.header('cookie') ?? null, cookieName('device', reached)),
    local,
    gone: c.req.raw.signal,
    context,
    isHead: c.req.method === 'HEAD',
  };
};

const stranger = ({ address, requestId }: Known): Actor => ({
  kind: 'system',
  id: null,
  name: 'somebody not signed in',
  from: address,
  requestId,
  reach: NO_CUSTOMER,
});
