/**
 * Forms that cannot be answered yet, and lose nothing by it: sent into a session that has ended, or before what asks anew who sits there.
 * The page that asks (sign-in, proof) carries the form, sealed; what comes back from it stands at this door once more, as its person now
 * is. What was typed into another session is shown again, and nothing is done with it. Source: reliability P15, style (Web).
 */
import { findSession } from '#db/queries/sessions.ts';
import type { Clock } from '#monitor/clock.ts';
import { hashOf, isFormTokenOf } from '#monitor/identity/secret.ts';
import type { ProveView, SignInView, UnsentView } from '#monitor/views/entry.ts';
import { MOST_BODY_BYTES } from '../listener.ts';
import { SIGN_IN } from './admission.ts';
import type { Asker } from './asker.ts';
import { type Form, readForm } from './body.ts';
import { open, seal, withoutSecrets } from './carried.ts';
import { type Answers, whoIs } from './console-answers.ts';
import type { ConsoleAnswer, ConsoleAsk, ConsoleRoute } from './console-route.ts';
import { cookieName } from './cookies.ts';
import { emptyForm } from './form.ts';
import { FORM_TOKEN, foreign } from './own-forms.ts';
import { BAD_TOKEN, principalOf } from './principal.ts';
import { type Env, isPerson, secretOf, type Visit } from './visit.ts';

export interface HeldForms {
  /**
   * For a form that a person sent into a session that has ended since: signing in comes first, and the page for it carries what was typed.
   * Null: it is none, or nobody knows whose.
   */
  ended(visit: Visit): Promise<Response | null>;
  /** Asks anew who sits there, before what is grave; a form is carried by the page that asks. */
  proving(visit: Visit, form: Form): Promise<Response> | Response;
  /** The form that a page of ours carried, once more at this door; null: it is not theirs, or was not sealed here. */
  resumed(visit: Visit, answer: Extract<ConsoleAnswer, { to: string }>): Promise<Response | null>;
}

export interface HeldFormsDeps {
  readonly routes: readonly ConsoleRoute[];
  readonly answers: Answers;
  readonly asker: Asker;
  readonly clock: Clock;
  /** The door itself. */
  readonly door: (request: Request, env: Env) => Response | Promise<Response>;
}

const PROVE_PAGE = '/admin/prove';

export const heldForms = ({ routes, answers, asker, clock, door }: HeldFormsDeps): HeldForms => {
  /** The page that a form of this address stood on: its own, or the one above it. */
  const pageOf = ({ pattern }: ConsoleRoute, path: string): string => {
    const isPage = (one: string) => routes.some((other) => other.method === 'GET' && other.pattern === one && !other.fragment);
    const up = (one: string) => one.replace(/\/[^/]+$/, '');
    return isPage(pattern) ? path : isPage(up(pattern)) ? up(path) : '/admin';
  };
  return {
    async ended(visit) {
      const { c, route, context, known } = visit;
      const secret = secretOf(visit);
      const isForm = route.method === 'POST' && route.needs !== 'anybody' && known.principal.kind === 'nobody' && isPerson(c);
      if (!isForm || secret === '' || foreign(visit, asker)) return null;
      const form = await readForm(c.req.raw, MOST_BODY_BYTES);
      if (typeof form === 'string' || !isFormTokenOf(secret, form.get(FORM_TOKEN)?.[0] ?? '')) return null;
      const found = await findSession(context.store, hashOf(secret));
      const carried = found && seal(secret, { person: found.person.id, path: c.req.path, form });
      if (!carried) return null;
      const view: SignInView = { form: emptyForm({ email: '', password: '' }), next: pageOf(route, c.req.path), ticket: null, carried };
      return answers.draw(c, SIGN_IN, view, null, 401);
    },
    proving(visit, form) {
      const { c, route, known } = visit;
      const { principal } = known;
      const next = pageOf(route, c.req.path);
      if (principal.kind !== 'person' || route.method === 'GET' || !isPerson(c))
        return answers.goTo(`${PROVE_PAGE}?next=${encodeURIComponent(next)}`);
      const { person } = principal;
      const carried = seal(secretOf(visit), { person: person.id, path: c.req.path, form });
      const fields = emptyForm({ password: '', code: '' });
      const view: ProveView = { next, form: fields, hasCode: person.totpConfirmedAt !== null, email: person.email, carried };
      return answers.draw(c, PROVE_PAGE, view, whoIs(principal), 403);
    },
    async resumed(visit, answer) {
      const { c, context, known } = visit;
      const old = secretOf(visit);
      const carried = answer.carried && old !== '' ? open(old, answer.carried) : null;
      const secret = answer.cookies?.find(({ name }) => name === 'session')?.value ?? old;
      const reading = { store: context.store, clock };
      const now = carried && (await principalOf(reading, { authorization: null, cookie: secret, address: known.address }));
      if (!carried || !now || now === BAD_TOKEN || now.kind !== 'person' || now.person.id !== carried.person) return null;
      const body = new URLSearchParams(
        [...carried.form].flatMap(([name, values]) => values.map((value): [string, string] => [name, value])),
      );
      body.append(FORM_TOKEN, now.formToken());
      const headers = new Headers({ Cookie: `${cookieName('session', known.reached)}=${secret}`, Accept: 'text/html' });
      headers.set('Content-Type', 'application/x-www-form-urlencoded');
      for (const name of ['host', 'origin', 'sec-fetch-site', 'accept-encoding', 'user-agent']) {
        const value = c.req.header(name);
        if (value !== undefined) headers.set(name, value);
      }
      const request = new Request(new URL(carried.path, asker.origin()), { method: 'POST', headers, body: body.toString() });
      return door(request, { incoming: c.env.incoming, resumed: known.principal.kind === 'person' ? 'sent' : 'again' });
    },
  };
};

/** What was typed and not sent: on its own page where the route has one for it, else listed on ours. */
export const unsentAnswer =
  (again: ConsoleRoute['again'], status: number) =>
  async (ask: ConsoleAsk): Promise<ConsoleAnswer> => {
    const answer = again ? await again(ask) : null;
    if (answer) return 'show' in answer ? { ...answer, status } : answer;
    const fields = [...withoutSecrets(ask.form)].flatMap(([name, values]) => values.map((value) => [name, value] as const));
    const show: UnsentView = { path: ask.path, fields };
    return { show, status, at: '/admin/unsent' };
  };
