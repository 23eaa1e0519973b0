/**
 * One's own account: password, second factor, sessions, tokens. What is shown once (recovery codes, a token) is the answer to the form that
 * made it and has no address of its own. Source: reliability section 4.
 */
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { SECOND } from '#domain/time/instant.ts';
import { beginSecondFactor, shownSecondFactor } from '#monitor/actions/begin-second-factor.ts';
import { changePassword } from '#monitor/actions/change-password.ts';
import { confirmSecondFactor } from '#monitor/actions/confirm-second-factor.ts';
import { endSession } from '#monitor/actions/end-session.ts';
import { endSessionsOf } from '#monitor/actions/end-sessions-of.ts';
import { makeToken } from '#monitor/actions/make-token.ts';
import { removeSecondFactor } from '#monitor/actions/remove-second-factor.ts';
import { revokeToken } from '#monitor/actions/revoke-token.ts';
import type { Identity } from '#monitor/identity/identity.ts';
import { DEVICE_MS } from '#monitor/identity/known-device.ts';
import { accountView, scopeChoices } from '#monitor/views/account.ts';
import type { AccountPage, FactorPage, RecoveryPage, TokenPage } from '#monitor/views/people-pages.ts';
import type { FormState } from '../prepared.ts';
import { acting, statusOf } from './acting.ts';
import { type ConsoleAnswer, type ConsoleAsk, type ConsoleRoute, field, fields, PROVE, signedIn } from './console-route.ts';
import { emptyForm, refusedForm, typed } from './form.ts';
import { readCount } from './read-count.ts';

type Answer = Promise<ConsoleAnswer | null>;
const ACCOUNT = '/admin/account';
const FACTOR = '/admin/account/second-factor';
const TOKEN = '/admin/account/token';
export const ID = '{[a-z2-9]{12}}';

/** Whether the verb asks anew who sits there; then the route answers `PROVE`. */
export const asksProof = (refusal: Refusal | null): boolean => refusal?.code === 'prove_again';

export const accountRoutes = (identity: Identity): readonly ConsoleRoute[] => {
  const issuer = (ask: ConsoleAsk): string => ask.context.config.page.name;

  const accountPage = async (ask: ConsoleAsk, form: FormState = emptyForm(), refusal: Refusal | null = null): Answer => {
    if (asksProof(refusal)) return PROVE;
    const { person, session } = signedIn(ask);
    const view: AccountPage = { account: await accountView(ask.context, person, session.id), form };
    return { show: view, at: ACCOUNT, status: refusal ? statusOf(refusal) : 200 };
  };
  const done = (said: string): ConsoleAnswer => ({ to: `${ACCOUNT}?said=${said}` });
  const orRefused = (ask: ConsoleAsk, answer: object | Refusal, said: string): Answer =>
    isRefusal(answer) ? accountPage(ask, refusedForm({}, answer), answer) : Promise.resolve(done(said));

  const postPassword = async (ask: ConsoleAsk): Answer => {
    const { session } = signedIn(ask);
    const [current, password] = [field(ask, 'current'), field(ask, 'password')];
    const answer = await changePassword(acting(ask, identity), { session: session.id, current, password });
    if (isRefusal(answer)) return accountPage(ask, refusedForm({ current: '', password: '' }, answer), answer);
    const cookies = answer.device === null ? [] : [{ name: 'device', value: answer.device, maxAgeS: DEVICE_MS / SECOND } as const];
    return { ...done('password'), cookies } as ConsoleAnswer;
  };
  const beginFactor = async (ask: ConsoleAsk): Answer => {
    const answer = await beginSecondFactor(acting(ask, identity), { issuer: issuer(ask) });
    return isRefusal(answer) ? accountPage(ask, refusedForm({}, answer), answer) : { to: FACTOR };
  };
  const factorPage = async (ask: ConsoleAsk, form: FormState = emptyForm({ code: '' }), refusal: Refusal | null = null): Answer => {
    if (asksProof(refusal)) return PROVE;
    const shown = await shownSecondFactor(acting(ask, identity), issuer(ask));
    if (!shown) return { to: ACCOUNT };
    const view: FactorPage = { ...shown, form };
    return { show: view, at: FACTOR, status: refusal ? statusOf(refusal) : 200 };
  };
  const confirmFactor = async (ask: ConsoleAsk): Answer => {
    const { session } = signedIn(ask);
    const answer = await confirmSecondFactor(acting(ask, identity), { session: session.id, code: field(ask, 'code') });
    if (isRefusal(answer))
      return answer.code === 'wrong_code'
        ? factorPage(ask, refusedForm({ code: '' }, answer), answer)
        : accountPage(ask, refusedForm({}, answer), answer);
    const view: RecoveryPage = { codes: answer.recoveryCodes };
    return { show: view, at: '/admin/account/recovery-codes' };
  };
  const removeFactor = async (ask: ConsoleAsk): Answer => {
    const { person, session } = signedIn(ask);
    return orRefused(ask, await removeSecondFactor(acting(ask, identity), { person: person.id, session: session.id }), 'factor-removed');
  };
  const postSession = async (ask: ConsoleAsk): Answer =>
    orRefused(ask, await endSession(acting(ask, identity), { session: field(ask, 'session') }), 'session-ended');
  const postOthers = async (ask: ConsoleAsk): Answer => {
    const { person, session } = signedIn(ask);
    return orRefused(ask, await endSessionsOf(acting(ask, identity), { person: person.id, but: session.id }), 'sessions-ended');
  };

  const TOKEN_FIELDS = ['name', 'cidr', 'days'] as const;
  const tokenPage = (ask: ConsoleAsk, more: Partial<TokenPage>, refusal: Refusal | null = null): ConsoleAnswer => {
    if (asksProof(refusal)) return PROVE;
    const { person } = signedIn(ask);
    const view: TokenPage = {
      choices: scopeChoices(person.role),
      chosen: ['status:read'],
      form: emptyForm({ name: '', cidr: '', days: '90', scopes: '' }),
      made: null,
      ...more,
    };
    return { show: view, at: TOKEN, status: refusal ? statusOf(refusal) : 200 };
  };
  const postToken = async (ask: ConsoleAsk): Answer => {
    const given = typed(ask, TOKEN_FIELDS);
    const chosen = fields(ask, 'scopes');
    const request = { owner: null, name: given.name, scopes: chosen, cidr: given.cidr, days: readCount(given.days) };
    const answer = await makeToken(acting(ask, identity), request);
    if (isRefusal(answer)) return tokenPage(ask, { form: refusedForm({ ...given, scopes: '' }, answer), chosen }, answer);
    const { token, text } = answer;
    return tokenPage(ask, { made: { text, name: token.name, expiresAt: token.expiresAt } });
  };
  const postRevoke = async (ask: ConsoleAsk): Answer =>
    orRefused(ask, await revokeToken(acting(ask, identity), { token: field(ask, 'token') }), 'token-revoked');

  const tokenAgain = async (ask: ConsoleAsk): Answer =>
    tokenPage(ask, { form: emptyForm({ ...typed(ask, TOKEN_FIELDS), scopes: '' }), chosen: fields(ask, 'scopes') });

  const route = (method: ConsoleRoute['method'], pattern: string, answer: (ask: ConsoleAsk) => Answer, grave?: true): ConsoleRoute => ({
    method,
    pattern,
    needs: 'anyone signed in',
    answer,
    ...(grave && { grave }),
  });
  return [
    route('GET', ACCOUNT, (ask) => accountPage(ask)),
    { ...route('POST', `${ACCOUNT}/password`, postPassword), again: (ask) => accountPage(ask) },
    route('POST', FACTOR, beginFactor),
    route('GET', FACTOR, (ask) => factorPage(ask), true),
    { ...route('POST', `${FACTOR}/confirm`, confirmFactor), again: (ask) => factorPage(ask) },
    route('POST', `${FACTOR}/remove`, removeFactor),
    route('POST', `${ACCOUNT}/session`, postSession),
    route('POST', `${ACCOUNT}/other-sessions`, postOthers),
    route('GET', TOKEN, async (ask) => tokenPage(ask, {}), true),
    { ...route('POST', TOKEN, postToken), again: tokenAgain },
    route('POST', `${TOKEN}/revoke`, postRevoke),
  ];
};
