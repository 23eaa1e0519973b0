/**
 * The console's one door. For every request, in this order: which route, who asks, may they, did a page of ours send it, and only then
 * the route's own answer. An address that is no route answers nobody differently from one that is. Nothing here is ever kept by anybody
 * (`no-store`). Source: reliability P14, P15, P16, house.md (the front).
 */
import type { IncomingMessage } from 'node:http';
import { Hono, type Context as HonoContext } from 'hono';
import { findSession } from '#db/queries/sessions.ts';
import { lackWords } from '#domain/access/lack-words.ts';
import { NO_CUSTOMER } from '#domain/access/reach.ts';
import { isProved } from '#domain/access/session.ts';
import type { Clock } from '#monitor/clock.ts';
import type { Actor, Context, Log } from '#monitor/context.ts';
import { hashOf, isFormTokenOf } from '#monitor/identity/secret.ts';
import type { ProveView, SignInView, UnsentView } from '#monitor/views/entry.ts';
import { allowOf, methodsByPattern } from '../../api/allowed-methods.ts';
import { coded, type Plain, refusalOf } from '../answer.ts';
import { fairShares, gate } from '../gate.ts';
import { retryAfter, TEN_AN_HOUR, TOO_MUCH } from '../limits.ts';
import { MOST_BODY_BYTES } from '../listener.ts';
import { livePages } from '../live-presenter.ts';
import { isSecretAddress, loggedPath } from '../logged-path.ts';
import type { ConsoleLocals, PageLocals, Renderer } from '../prepared.ts';
import { BARE_POLICY, type HeaderPairs } from '../security-headers.ts';
import { inTime, isStoreTrouble } from '../store-trouble.ts';
import { type Asker, IN_THE_OPEN, type Known, openSentence } from './asker.ts';
import { type Form, NOT_A_FORM, readForm, TOO_LARGE } from './body.ts';
import { open, seal, withoutSecrets } from './carried.ts';
import type { ConsoleAnswer, ConsoleAsk, ConsoleRoute } from './console-route.ts';
import { cookieName, readCookie, writeCookie } from './cookies.ts';
import type { AccessRefusals } from './denials.ts';
import { emptyForm } from './form.ts';
import { isOfOurOwn, isReadByUs } from './origin-guard.ts';
import { actorOf, BAD_TOKEN, principalOf, type SignedIn } from './principal.ts';

export interface ConsoleDeps {
  readonly routes: readonly ConsoleRoute[];
  /** Null while the store cannot be opened. */
  readonly context: () => Context | null;
  /** Null: the pages were not built. */
  readonly renderer: Renderer | null;
  readonly chrome: (path: string) => PageLocals['chrome'];
  /** Headers of every answer. */
  readonly always: HeaderPairs;
  /** Who asks, and how much they may ask. */
  readonly asker: Asker;
  readonly refusals: AccessRefusals;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * `resumed`: the form comes from a page of ours that carried it. `again`: its page is shown with it, for it was typed into a session that
 * had ended. `sent`: it goes on, for it was held up by the proof alone.
 */
type Env = { readonly incoming: IncomingMessage; readonly resumed?: 'again' | 'sent' };
type Bindings = { Bindings: Env };
export type ConsoleApp = Hono<Bindings>;

const AT_ONCE = 4;
const MOST_WAITING = 64;
/** Of one person or address, so that nobody takes all places and a flood of theirs waits in a row of its own. */
const OWN_AT_ONCE = 2;
const OWN_WAITING = 8;
export const DEADLINE_MS = 30_000;
export const FORM_TOKEN = 'form_token';
/** Of 64 bytes as base64url. */
const FORM_TOKEN_LENGTH = 86;
const SIGN_IN = '/admin/sign-in';
/** No page of another origin may so much as hold an answer in its process. */
export const OF_THIS_ORIGIN = ['Cross-Origin-Resource-Policy', 'same-origin'] as const;

export const consoleApp = (deps: ConsoleDeps): ConsoleApp => {
  const { asker, clock, log } = deps;
  const pages = livePages(deps.renderer, deps.chrome);
  const turns = gate(AT_ONCE, MOST_WAITING);
  const shares = fairShares(OWN_AT_ONCE, OWN_WAITING);

  const respond = (plain: Plain, cookies: readonly string[] = []): Response => {
    const headers = new Headers([...deps.always, OF_THIS_ORIGIN].map(([name, value]): [string, string] => [name, value]));
    if (plain.status !== 303) headers.set('Content-Type', plain.type);
    headers.set('Content-Security-Policy', plain.policy ?? BARE_POLICY);
    headers.set('Cache-Control', 'no-store');
    if (plain.status !== 204) headers.set('Content-Length', String(Buffer.byteLength(plain.body)));
    for (const [name, value] of plain.headers ?? []) headers.set(name, value);
    for (const cookie of cookies) headers.append('Set-Cookie', cookie);
    return new Response(plain.status === 204 ? null : (plain.body as string | Uint8Array<ArrayBuffer>), { status: plain.status, headers });
  };
  const sorry = (c: HonoContext, status: number, sentence: string, headers: HeaderPairs = []): Response =>
    respond({ ...refusalOf(status, sentence, c.req.header('accept') ?? null), headers });
  const tooMuch = (c: HonoContext, wait: number): Response => sorry(c, 429, TOO_MUCH, [retryAfter(wait)]);
  const elsewhere = (to: string, cookies: readonly string[] = []): Response =>
    respond({ status: 303, body: '', type: 'text/plain; charset=utf-8', headers: [['Location', to]] }, cookies);

  const knownOf = async (c: HonoContext<Bindings>, context: Context): Promise<Known | Response> => {
    const known = await asker.knownOf(c.env.incoming, (name) => c.req.header(name) ?? null, context.store);
    if (known === IN_THE_OPEN) return sorry(c, 403, openSentence(asker.origin()));
    if (known === BAD_TOKEN) {
      const wait = asker.waitOfStranger(c.env.incoming);
      if (wait > 0) return tooMuch(c, wait);
      return sorry(c, 401, 'This token opens nothing: it is unknown, expired, revoked or sent from elsewhere.');
    }
    if (known.principal.kind === 'token') return sorry(c, 403, 'Pages of the console are for people; a token is taken under /api/v1.');
    return known;
  };

  /** Null: welcome. */
  const kept = (c: HonoContext<Bindings>, route: ConsoleRoute, context: Context, known: Known): Response | null => {
    const { principal } = known;
    const { needs, fragment } = route;
    const path = c.req.path;
    if (needs !== 'anybody' && principal.kind === 'nobody') {
      if (['GET', 'HEAD'].includes(c.req.method) && !fragment) return elsewhere(`${SIGN_IN}?next=${encodeURIComponent(path)}`);
      return sorry(c, 401, 'Your session has ended, or nobody has signed in. Sign in, then try again.');
    }
    if (needs !== 'anybody' && needs !== 'anyone signed in' && !principal.permissions.has(needs)) {
      if (principal.kind !== 'nobody') {
        const actor = actorOf(principal, known.address, known.requestId);
        deps.refusals.note({ store: context.store, clock, actor }, { operation: `${route.method} ${route.pattern}`, needs });
      }
      return sorry(c, 403, lackWords(principal.kind === 'nobody' ? null : principal.person.role, needs));
    }
    return null;
  };

  /** Whether a page of ours sent it, which is known before a body is read; null: yes. */
  const foreign = (c: HonoContext<Bindings>, route: ConsoleRoute): Response | null => {
    const own = asker.ownOrigins();
    const said = c.req.header('origin') ?? null;
    // A page that tells nobody its address (`no-referrer`) says `null` of its origin too: `Sec-Fetch-Site` alone speaks for it.
    const origin = said === 'null' && isSecretAddress(c.req.path) ? null : said;
    const sent = { origin, site: c.req.header('sec-fetch-site') ?? null };
    if (route.method === 'GET') return route.fragment && !isReadByUs(sent, own) ? sorry(c, 403, 'Only pages of Avow read this.') : null;
    if (isOfOurOwn(sent, own)) return null;
    return sorry(c, 403, 'The form was not sent by a page of this console. Open the page here, then try again.');
  };
  /** Whether the form was made in this session; null: yes, or nobody has one. */
  const strange = (c: HonoContext<Bindings>, route: ConsoleRoute, { principal }: Known, form: ConsoleAsk['form']): Response | null => {
    if (route.method === 'GET' || route.needs === 'anybody') return null;
    const token = form.get(FORM_TOKEN)?.[0] ?? c.req.header('x-form-token') ?? '';
    if (principal.kind === 'person' && principal.isFormToken(token)) return null;
    return sorry(c, 403, 'The form belongs to another session. Open the page again; what you typed can be copied from here by going back.');
  };

  const limited = (c: HonoContext<Bindings>, route: ConsoleRoute, known: Known): Response | null => {
    const wait = asker.wait(known, route.method === 'POST' ? 'change' : 'look');
    return wait > 0 ? tooMuch(c, wait) : null;
  };

  const secretOf = (c: HonoContext<Bindings>, { reached }: Known): string =>
    readCookie(c.req.header('cookie') ?? null, cookieName('session', reached)) ?? '';
  /** The page that a form of this address stood on: its own, or the one above it. */
  const pageOf = ({ pattern }: ConsoleRoute, path: string): string => {
    const isPage = (one: string) => deps.routes.some((other) => other.method === 'GET' && other.pattern === one && !other.fragment);
    const up = (one: string) => one.replace(/\/[^/]+$/, '');
    return isPage(pattern) ? path : isPage(up(pattern)) ? up(path) : '/admin';
  };
  const drawn = async (c: HonoContext<Bindings>, path: string, view: object, who: ConsoleLocals['who'], status: number) => {
    const page = await pages.show(path, '', view, { who, said: null, unsent: null });
    if (!page) throw new Error(`there is no page ${path}`);
    return respond(await coded({ ...page, status }, c.req.header('accept-encoding') ?? null));
  };

  /**
   * A form that a person sent into a session that has ended since: signing in comes first, and the page for it carries what was typed.
   * Null: it is none, or nobody knows whose.
   */
  const endedUnsent = async (c: HonoContext<Bindings>, route: ConsoleRoute, context: Context, known: Known): Promise<Response | null> => {
    const secret = secretOf(c, known);
    const isForm = route.method === 'POST' && route.needs !== 'anybody' && known.principal.kind === 'nobody' && isPerson(c);
    if (!isForm || secret === '' || foreign(c, route)) return null;
    const form = await readForm(c.req.raw, MOST_BODY_BYTES);
    if (typeof form === 'string' || !isFormTokenOf(secret, form.get(FORM_TOKEN)?.[0] ?? '')) return null;
    const found = await findSession(context.store, hashOf(secret));
    const carried = found && seal(secret, { person: found.person.id, path: c.req.path, form });
    if (!carried) return null;
    const view: SignInView = { form: emptyForm({ email: '', password: '' }), next: pageOf(route, c.req.path), ticket: null, carried };
    return drawn(c, SIGN_IN, view, null, 401);
  };
  /** Asks anew who sits there, before what is grave; a form is carried by the page that asks. */
  const proving = (c: HonoContext<Bindings>, route: ConsoleRoute, known: Known, form: Form): Promise<Response> | Response => {
    const { principal } = known;
    const next = pageOf(route, c.req.path);
    if (principal.kind !== 'person' || route.method === 'GET' || !isPerson(c))
      return elsewhere(`/admin/prove?next=${encodeURIComponent(next)}`);
    const { person } = principal;
    const carried = seal(secretOf(c, known), { person: person.id, path: c.req.path, form });
    const fields = emptyForm({ password: '', code: '' });
    const view: ProveView = { next, form: fields, hasCode: person.totpConfirmedAt !== null, email: person.email, carried };
    return drawn(c, '/admin/prove', view, whoIs(principal), 403);
  };
  /** The form that a page of ours carried, once more at this door as its person now is; null: it is not theirs, or was not sealed here. */
  const resumed = async (
    c: HonoContext<Bindings>,
    { context, principal: before }: ConsoleAsk,
    answer: Extract<ConsoleAnswer, { to: string }>,
    known: Known,
  ): Promise<Response | null> => {
    const old = secretOf(c, known);
    const carried = answer.carried && old !== '' ? open(old, answer.carried) : null;
    const secret = answer.cookies?.find(({ name }) => name === 'session')?.value ?? old;
    const { store } = context;
    const now = carried && (await principalOf({ store, clock }, { authorization: null, cookie: secret, address: known.address }));
    if (!carried || !now || now === BAD_TOKEN || now.kind !== 'person' || now.person.id !== carried.person) return null;
    const body = new URLSearchParams([...carried.form].flatMap(([name, values]) => values.map((value): [string, string] => [name, value])));
    body.append(FORM_TOKEN, now.formToken());
    const headers = new Headers({ Cookie: `${cookieName('session', known.reached)}=${secret}`, Accept: 'text/html' });
    headers.set('Content-Type', 'application/x-www-form-urlencoded');
    for (const name of ['host', 'origin', 'sec-fetch-site', 'accept-encoding', 'user-agent']) {
      const value = c.req.header(name);
      if (value !== undefined) headers.set(name, value);
    }
    const request = new Request(new URL(carried.path, asker.origin()), { method: 'POST', headers, body: body.toString() });
    return app.fetch(request, { incoming: c.env.incoming, resumed: before.kind === 'person' ? 'sent' : 'again' });
  };

  const shown = async (
    ask: ConsoleAsk,
    answer: Extract<ConsoleAnswer, { show: object }>,
    unsent: ConsoleLocals['unsent'],
  ): Promise<Plain | null> => {
    const { principal } = ask;
    const locals: ConsoleLocals = { who: principal.kind === 'person' ? whoIs(principal) : null, said: saidOf(ask.query), unsent };
    const page = await pages.show(answer.at ?? ask.path, ask.query.toString(), answer.show, locals);
    return page && { ...page, status: answer.status ?? 200, headers: [...(page.headers ?? []), ...(answer.headers ?? [])] };
  };

  const written = async (
    c: HonoContext<Bindings>,
    route: ConsoleRoute,
    ask: ConsoleAsk,
    answer: ConsoleAnswer | null,
    known: Known,
    unsent: ConsoleLocals['unsent'],
  ): Promise<Response> => {
    if (answer === null) return sorry(c, 404, 'There is no such page in the console.');
    if ('prove' in answer) return proving(c, route, known, ask.form);
    if ('to' in answer) {
      const cookies = (answer.cookies ?? []).map(({ name, value, maxAgeS }) => writeCookie(name, value, maxAgeS, known.reached));
      const response = await resumed(c, ask, answer, known);
      if (!response) return elsewhere(answer.to, cookies);
      for (const cookie of cookies) response.headers.append('Set-Cookie', cookie);
      return response;
    }
    if ('json' in answer)
      return respond({ status: answer.status ?? 200, body: JSON.stringify(answer.json), type: 'application/json; charset=utf-8' });
    const coding = c.req.header('accept-encoding') ?? null;
    if ('plain' in answer) return respond(await coded(answer.plain, coding));
    if ('events' in answer) {
      const response = respond({ status: 200, body: '', type: 'text/event-stream; charset=utf-8', headers: [['X-Accel-Buffering', 'no']] });
      response.headers.delete('Content-Length');
      return new Response(answer.events, { status: 200, headers: response.headers });
    }
    const page = await shown(ask, answer, unsent);
    return page ? respond(await coded(page, coding)) : sorry(c, 404, 'There is no such page in the console.');
  };

  const handle = async (c: HonoContext<Bindings>, route: ConsoleRoute): Promise<Response> => {
    const context = deps.context();
    if (!context) return sorry(c, 503, 'Avow cannot reach its store, and the console shows nothing else.', [['Retry-After', '30']]);
    const known = await knownOf(c, context);
    if (known instanceof Response) return known;
    if (route.onlyHere && !known.local) return sorry(c, 404, 'There is no such page in the console.');
    const much = limited(c, route, known);
    if (much) return much;
    const no = kept(c, route, context, known) ?? foreign(c, route);
    if (no) return (await endedUnsent(c, route, context, known)) ?? no;
    const form = route.method === 'POST' ? await readForm(c.req.raw, MOST_BODY_BYTES) : new Map<string, string[]>();
    if (form === TOO_LARGE) return sorry(c, 413, 'A form may carry at most 256 KiB. Shorten the text.');
    if (form === NOT_A_FORM) return sorry(c, 400, 'What was sent cannot be read as a form. Open the page again.');
    const other = strange(c, route, known, form);
    // A page of ours sent it, from another session: nothing is done with it, and nothing of it is lost.
    const isStrange = other !== null && isPerson(c) && (form.get(FORM_TOKEN)?.[0] ?? '').length === FORM_TOKEN_LENGTH;
    if (other && !isStrange) return other;
    const unsent = isStrange ? 'elsewhere' : c.env.resumed === 'again' ? 'ended' : null;
    const { principal } = known;
    const isOpen = !route.grave || (principal.kind === 'person' && isProved(principal.session, clock.now()));
    if (!isOpen && unsent === null) return proving(c, route, known, form);
    const ask: ConsoleAsk = {
      path: decodeURI(c.req.path),
      params: c.req.param() as Readonly<Record<string, string>>,
      query: new URL(c.req.url).searchParams,
      form,
      principal,
      actor: principal.kind === 'nobody' ? stranger(known) : actorOf(principal, known.address, known.requestId),
      address: known.address,
      addressKey: known.addressKey,
      agent: (c.req.header('user-agent') ?? '').slice(0, 300),
      device: readCookie(c.req.header('cookie') ?? null, cookieName('device', known.reached)),
      local: known.local,
      gone: c.req.raw.signal,
      context,
      isHead: c.req.method === 'HEAD',
    };
    if (turns.full) return sorry(c, 503, 'Many pages are being made just now. Try again in a moment.', [['Retry-After', '5']]);
    if (route.exports && !ask.isHead) {
      const wait = asker.waitOfExport(known);
      if (wait > 0) return sorry(c, 429, TEN_AN_HOUR, [retryAfter(wait)]);
    }
    const share = shares.of(principal.kind === 'nobody' ? `address ${known.addressKey}` : `person ${principal.person.id}`);
    if (share.full) return tooMuch(c, 5);
    const work = unsent === null ? route.answer : unsentAnswer(isOpen ? route.again : undefined, isStrange ? 403 : 200);
    // A place is held until the work is over, however long the client was told to wait no more; what has not begun by then never does.
    const late = new AbortController();
    const made = share.run(() => turns.run(() => work(ask), { givenUp: late.signal }), { givenUp: late.signal });
    const answer = await inTime(clock, DEADLINE_MS, made).finally(() => late.abort());
    return written(c, route, ask, answer, known, unsent);
  };

  const app: ConsoleApp = new Hono<Bindings>();
  // Whatever is answered, a refusal and a fault too.
  app.use('*', async (c, next) => {
    await next();
    if (isSecretAddress(c.req.path)) c.res.headers.set('Referrer-Policy', 'no-referrer');
  });
  for (const route of deps.routes) app.on(route.method, route.pattern, (c) => handle(c, route));
  for (const [pattern, methods] of methodsByPattern(deps.routes)) {
    const { allow, sentence } = allowOf(methods);
    app.all(pattern, (c) => sorry(c, 405, sentence, [['Allow', allow]]));
  }
  // What is no route is shut like what is one: whoever has not signed in learns nothing of what there is.
  const noRoute: ConsoleRoute = { method: 'GET', pattern: '*', needs: 'anyone signed in', answer: async () => null };
  app.notFound((c) => handle(c as HonoContext<Bindings>, noRoute));
  app.onError((cause, c) => {
    if (isStoreTrouble(cause))
      return sorry(c, 503, 'Avow cannot reach its store just now. Nothing was changed; try again in a minute.', [['Retry-After', '30']]);
    log.error('The console could not answer.', { path: loggedPath(c.req.path), cause: cause.stack ?? cause.message });
    return sorry(c, 500, 'Avow could not answer. Nothing was changed; the log of the server says why.');
  });
  return app;
};

/** Whether a person looks at the answer, not a script or a program. */
const isPerson = (c: HonoContext): boolean => (c.req.header('accept') ?? '').includes('text/html');

/** What was typed and not sent: on its own page where the route has one for it, else listed on ours. */
const unsentAnswer =
  (again: ConsoleRoute['again'], status: number) =>
  async (ask: ConsoleAsk): Promise<ConsoleAnswer> => {
    const answer = again ? await again(ask) : null;
    if (answer) return 'show' in answer ? { ...answer, status } : answer;
    const fields = [...withoutSecrets(ask.form)].flatMap(([name, values]) => values.map((value) => [name, value] as const));
    const show: UnsentView = { path: ask.path, fields };
    return { show, status, at: '/admin/unsent' };
  };

/** A key of a page's sentences; what every object has is none. */
const saidOf = (query: URLSearchParams): string | null => {
  const key = query.get('said');
  return key === null || key in Object.prototype ? null : key;
};

const stranger = ({ address, requestId }: Known): Actor => ({
  kind: 'system',
  id: null,
  name: 'somebody not signed in',
  from: address,
  requestId,
  reach: NO_CUSTOMER,
});

const whoIs = ({ person, permissions, formToken }: SignedIn): NonNullable<ConsoleLocals['who']> => ({
  id: person.id,
  name: person.name,
  role: person.role,
  permissions: [...permissions],
  formToken: formToken(),
});
