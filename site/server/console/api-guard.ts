/**
 * Whether a request to the writing side of the API comes in, and as whom: a token in the `Authorization` header, with which every cookie
 * is ignored, or a session, which must be asked by a page of ours with the session's own token in `X-Form-Token`. Nobody else comes in.
 * Source: reliability P14, P15, P16, section 4 (API tokens).
 */
import type { IncomingMessage } from 'node:http';
import { isProved } from '#domain/access/session.ts';
import type { Clock } from '#monitor/clock.ts';
import type { Context } from '#monitor/context.ts';
import { type Admit, AWAY, type Sorry } from '../../api/v1/verb-app.ts';
import { retryAfter, TOO_MUCH } from '../limits.ts';
import { type Asker, IN_THE_OPEN, type Known, openSentence } from './asker.ts';
import type { AccessRefusals } from './denials.ts';
import { isOfOurOwn, isReadByUs } from './origin-guard.ts';
import { actorOf, BAD_TOKEN } from './principal.ts';

export interface ApiGuardDeps {
  readonly asker: Asker;
  readonly context: () => Context | null;
  readonly refusals: AccessRefusals;
  readonly clock: Clock;
}

const refused = (detail: string): Sorry => ({ status: 403, title: 'Not allowed', detail });
const nobody = (detail: string, challenge: string): Sorry => ({
  status: 401,
  title: 'Sign in first',
  detail,
  headers: [['WWW-Authenticate', challenge]],
});
const tooMany = (wait: number): Sorry => ({
  status: 429,
  title: 'Too many requests',
  detail: TOO_MUCH,
  headers: [retryAfter(wait)],
});
const isChange = ({ method }: Request): boolean => method !== 'GET' && method !== 'HEAD';

/** Whether a page of ours sent it, in this session; null: yes, or it needs none. */
const foreign = (request: Request, { principal }: Known, own: ReadonlySet<string>): Sorry | null => {
  if (principal.kind !== 'person') return null;
  const sent = { origin: request.headers.get('origin'), site: request.headers.get('sec-fetch-site') };
  if (!isChange(request)) return isReadByUs(sent, own) ? null : refused('Only pages of Avow read this in a session; programs use a token.');
  if (!isOfOurOwn(sent, own)) return refused('This was not sent by a page of this console. Programs use a token.');
  if (principal.isFormToken(request.headers.get('x-form-token') ?? '')) return null;
  return refused('The header X-Form-Token is not of this session. Open the page of the console again, then try again.');
};

export const apiGuard =
  ({ asker, context, refusals, clock }: ApiGuardDeps): Admit<{ readonly incoming: IncomingMessage }> =>
  async ({ incoming }, request) => {
    const at = context();
    if (!at) return AWAY;
    const known = await asker.knownOf(incoming, (name) => request.headers.get(name), at.store);
    if (known === IN_THE_OPEN) return refused(openSentence(asker.origin()));
    if (known === BAD_TOKEN) {
      const wait = asker.waitOfStranger(incoming);
      if (wait > 0) return tooMany(wait);
      const detail = 'This token opens nothing: it is unknown, expired, revoked or sent from elsewhere. Make a new one at /admin/account.';
      return nobody(detail, 'Bearer error="invalid_token"');
    }
    const wait = asker.wait(known, isChange(request) ? 'change' : 'read');
    if (wait > 0) return tooMany(wait);
    const { principal } = known;
    if (principal.kind === 'nobody')
      return nobody('Nobody has signed in. Send a token: Authorization: Bearer sp_… (made at /admin/account).', 'Bearer');
    const no = foreign(request, known, asker.ownOrigins());
    if (no) return no;
    const actor = actorOf(principal, known.address, known.requestId);
    return {
      asking: { actor, permissions: principal.permissions, proved: principal.kind === 'token' || isProved(principal.session, clock.now()) },
      kind: principal.kind,
      role: principal.person.role,
      scopes: principal.kind === 'token' ? principal.token.scopes : [],
      waitOfExport: () => asker.waitOfExport(known),
      refused: (operation, needs) => refusals.note({ store: at.store, clock, actor }, { operation, needs }),
    };
  };
