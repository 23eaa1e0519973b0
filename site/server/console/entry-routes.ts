/**
 * Ways in and out of the console: signing in with a password and, where there is one, a code; signing out; the first admin; taking up an
 * invitation; proving anew who one is. A password that was typed never goes back into a page. Source: reliability P13, P16, section 4.
 */
import { COOKIE_MS } from '#domain/access/session.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { SECOND } from '#domain/time/instant.ts';
import { acceptInvitation, openInvitation } from '#monitor/actions/accept-invitation.ts';
import type { Entered } from '#monitor/actions/begin-session.ts';
import { endSession } from '#monitor/actions/end-session.ts';
import { proveAgain } from '#monitor/actions/prove-again.ts';
import { judgeSetUpToken, needsSetUp, setUpFirstAdmin } from '#monitor/actions/set-up-first-admin.ts';
import { signIn, signInWithCode } from '#monitor/actions/sign-in.ts';
import type { Identity } from '#monitor/identity/identity.ts';
import { DEVICE_MS } from '#monitor/identity/known-device.ts';
import type { InvitationView, ProveView, SetUpView, SignInView } from '#monitor/views/entry.ts';
import type { FormState } from '../prepared.ts';
import { acting, entering, statusOf } from './acting.ts';
import { CARRIED } from './carried.ts';
import { type ConsoleAnswer, type ConsoleAsk, type ConsoleRoute, type CookieWish, field, signedIn } from './console-route.ts';
import { emptyForm, refusedForm, typed } from './form.ts';
import { ownPath } from './own-path.ts';

export interface EntryParts {
  readonly identity: Identity;
  /** The first admin may be made from another machine. */
  readonly allowRemoteSetUp: boolean;
}

const HOME = '/admin';
const nextOf = (text: string | null): string => ownPath(text) ?? HOME;
const cookiesOf = ({ session, device }: Entered): readonly CookieWish[] => [
  { name: 'session', value: session.secret, maxAgeS: COOKIE_MS / SECOND },
  ...(device === null ? [] : [{ name: 'device', value: device, maxAgeS: DEVICE_MS / SECOND } as const]),
];

type Answer = Promise<ConsoleAnswer | null>;
type Route = (
  method: ConsoleRoute['method'],
  pattern: string,
  needs: ConsoleRoute['needs'],
  answer: (ask: ConsoleAsk) => Answer,
) => ConsoleRoute;
const route: Route = (method, pattern, needs, answer) => ({ method, pattern, needs, answer });

export const entryRoutes = ({ identity, allowRemoteSetUp }: EntryParts): readonly ConsoleRoute[] => {
  const visitor = ({ address, addressKey, agent, device }: ConsoleAsk) => ({ address, addressKey, agent, device });

  const carriedOf = (ask: ConsoleAsk): string | null => field(ask, CARRIED) || null;
  const signInPage = (ask: ConsoleAsk, next: string, form: FormState, ticket: string | null = null, status = 200): ConsoleAnswer => {
    const view: SignInView = { form, next, ticket, carried: carriedOf(ask) };
    return { show: view, status, at: '/admin/sign-in' };
  };
  const openSignIn = async (ask: ConsoleAsk): Answer => {
    const next = nextOf(ask.query.get('next'));
    if (ask.principal.kind === 'person') return { to: next };
    return (await needsSetUp(ask.context)) && (allowRemoteSetUp || ask.local)
      ? { to: '/admin/set-up' }
      : signInPage(ask, next, emptyForm({ email: '', password: '' }));
  };
  /** Whoever signs in anew leaves no session behind that nobody holds the cookie of. */
  const entered = async (ask: ConsoleAsk, next: string, answer: Entered): Answer => {
    if (ask.principal.kind === 'person') await endSession(acting(ask, identity), { session: ask.principal.session.id });
    return { to: next, cookies: cookiesOf(answer), carried: field(ask, CARRIED) };
  };
  const postSignIn = async (ask: ConsoleAsk): Answer => {
    const next = nextOf(field(ask, 'next'));
    const [email, password] = [field(ask, 'email'), field(ask, 'password')];
    const answer = await signIn(entering(ask, identity), { ...visitor(ask), email, password, code: null });
    if (!isRefusal(answer)) return entered(ask, next, answer);
    const { ticket } = answer.facts;
    if (answer.code === 'code_needed' && typeof ticket === 'string') return signInPage(ask, next, emptyForm({ code: '' }), ticket);
    return signInPage(ask, next, refusedForm({ email, password: '' }, answer), null, statusOf(answer));
  };
  const postCode = async (ask: ConsoleAsk): Answer => {
    const next = nextOf(field(ask, 'next'));
    const [ticket, code] = [field(ask, 'ticket'), field(ask, 'code')];
    const answer = await signInWithCode(entering(ask, identity), { ...visitor(ask), ticket, code });
    if (!isRefusal(answer)) return entered(ask, next, answer);
    const mayTryAgain = answer.code !== 'wrong';
    return mayTryAgain
      ? signInPage(ask, next, refusedForm({ code: '' }, answer), ticket, statusOf(answer))
      : signInPage(ask, next, refusedForm({ email: '', password: '' }, answer), null, statusOf(answer));
  };
  const signOut = async (ask: ConsoleAsk): Answer => {
    await endSession(acting(ask, identity), { session: signedIn(ask).session.id });
    return { to: '/admin/sign-in?said=signed-out', cookies: [{ name: 'session', value: '', maxAgeS: 0 }] };
  };

  const setUpPage = (view: SetUpView, status = 200): ConsoleAnswer => ({ show: view, status, at: '/admin/set-up' });
  const SET_UP_FIELDS = ['email', 'name'] as const;
  const openSetUp = async (ask: ConsoleAsk): Answer => {
    if (!(await needsSetUp(ask.context))) return null;
    const token = ask.query.get('token');
    const bad = token === null ? null : judgeSetUpToken(entering(ask, identity), { token, addressKey: ask.addressKey });
    if (bad?.code === 'limited') return setUpPage({ token: null, form: refusedForm({}, bad) }, statusOf(bad));
    return setUpPage({ token: bad ? null : token, form: emptyForm({ email: '', name: '', password: '' }) });
  };
  const postSetUp = async (ask: ConsoleAsk): Answer => {
    const [token, password] = [field(ask, 'token'), field(ask, 'password')];
    const given = typed(ask, SET_UP_FIELDS);
    const answer = await setUpFirstAdmin(entering(ask, identity), { ...visitor(ask), ...given, token, password });
    if (!isRefusal(answer)) return { to: HOME, cookies: cookiesOf(answer) };
    const isGood = !['limited', 'bad_link', 'already_set_up'].includes(answer.code);
    return setUpPage({ token: isGood ? token : null, form: refusedForm({ ...given, password: '' }, answer) }, statusOf(answer));
  };
  const setUp = (method: 'GET' | 'POST', answer: (ask: ConsoleAsk) => Answer): ConsoleRoute => ({
    ...route(method, '/admin/set-up', 'anybody', answer),
    ...(allowRemoteSetUp ? {} : { onlyHere: true as const }),
  });

  const INVITATION = '/admin/invitations/:secret{[\\w-]{43}}';
  const invitationPage = async (ask: ConsoleAsk, form: FormState, refusal: Refusal | null = null): Answer => {
    const found = await openInvitation(ask.context, ask.params['secret'] ?? '', ask.context.clock.now());
    const view: InvitationView = {
      secret: ask.params['secret'] ?? '',
      open: found && { email: found.email, role: found.role, isNew: found.personId === null, expiresAt: found.expiresAt },
      form,
    };
    return { show: view, status: refusal ? statusOf(refusal) : found ? 200 : 404, at: '/admin/invitations/any' };
  };
  const postInvitation = async (ask: ConsoleAsk): Answer => {
    const [name, password] = [field(ask, 'name'), field(ask, 'password')];
    const answer = await acceptInvitation(entering(ask, identity), { ...visitor(ask), secret: ask.params['secret'] ?? '', name, password });
    if (isRefusal(answer)) return invitationPage(ask, refusedForm({ name, password: '' }, answer), answer);
    return answer.entered === null ? { to: '/admin/sign-in?said=password-set' } : { to: HOME, cookies: cookiesOf(answer.entered) };
  };

  const provePage = (ask: ConsoleAsk, next: string, form: FormState, status = 200): ConsoleAnswer => {
    const { person } = signedIn(ask);
    const view: ProveView = { next, form, hasCode: person.totpConfirmedAt !== null, email: person.email, carried: carriedOf(ask) };
    return { show: view, status, at: '/admin/prove' };
  };
  const postProve = async (ask: ConsoleAsk): Answer => {
    const next = nextOf(field(ask, 'next'));
    const [password, code] = [field(ask, 'password'), field(ask, 'code')];
    const { session } = signedIn(ask);
    const answer = await proveAgain(acting(ask, identity), { session: session.id, password, code });
    if (isRefusal(answer)) return provePage(ask, next, refusedForm({ password: '', code: '' }, answer), statusOf(answer));
    return { to: next, carried: field(ask, CARRIED) };
  };

  return [
    route('GET', '/admin/sign-in', 'anybody', openSignIn),
    route('POST', '/admin/sign-in', 'anybody', postSignIn),
    route('POST', '/admin/sign-in/code', 'anybody', postCode),
    // Whoever signs out of a session that is over has what they wanted.
    { ...route('POST', '/admin/sign-out', 'anyone signed in', signOut), again: async () => ({ to: HOME }) },
    setUp('GET', openSetUp),
    setUp('POST', postSetUp),
    route('GET', INVITATION, 'anybody', (ask) => invitationPage(ask, emptyForm({ name: '', password: '' }))),
    route('POST', INVITATION, 'anybody', postInvitation),
    route('GET', '/admin/prove', 'anyone signed in', async (ask) =>
      provePage(ask, nextOf(ask.query.get('next')), emptyForm({ password: '', code: '' })),
    ),
    route('POST', '/admin/prove', 'anyone signed in', postProve),
  ];
};
