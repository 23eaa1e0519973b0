/**
 * People, for admins: who there is, invitations, and for each person role, standing, second factor, sessions and tokens. A link that is
 * shown once is the answer to the form that made it. Source: reliability section 4 (Roles).
 */
import { readCustomers } from '#db/queries/contracts.ts';
import { findPerson } from '#db/queries/people.ts';
import { ROLES } from '#domain/access/permission.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { assignCustomers } from '#monitor/actions/assign-customers.ts';
import { changeRole } from '#monitor/actions/change-role.ts';
import { disablePerson, enablePerson } from '#monitor/actions/disable-person.ts';
import { endSession } from '#monitor/actions/end-session.ts';
import { endSessionsOf } from '#monitor/actions/end-sessions-of.ts';
import { type InvitationMade, invitePerson, makePasswordLink } from '#monitor/actions/invite-person.ts';
import { removeSecondFactor } from '#monitor/actions/remove-second-factor.ts';
import { revokeInvitation } from '#monitor/actions/revoke-invitation.ts';
import { revokeToken } from '#monitor/actions/revoke-token.ts';
import type { Identity } from '#monitor/identity/identity.ts';
import { accountView } from '#monitor/views/account.ts';
import { peopleView } from '#monitor/views/people.ts';
import type { CustomerChoice, InvitePage, PeoplePage, PersonPage } from '#monitor/views/people-pages.ts';
import type { FormState } from '../prepared.ts';
import { asksProof, ID } from './account-routes.ts';
import { acting, statusOf } from './acting.ts';
import { type ConsoleAnswer, type ConsoleAsk, type ConsoleRoute, field, fields, PROVE, signedIn } from './console-route.ts';
import { emptyForm, refusedForm, typed } from './form.ts';
import { readCount } from './read-count.ts';

type Answer = Promise<ConsoleAnswer | null>;
const PEOPLE = '/admin/people';
const INVITE = '/admin/people/invite';
const PERSON = `/admin/people/:id${ID}`;

export const peopleRoutes = (identity: Identity): readonly ConsoleRoute[] => {
  const listPage = async (ask: ConsoleAsk): Answer => {
    const view: PeoplePage = { ...(await peopleView(ask.context)), own: signedIn(ask).person.id };
    return { show: view, at: PEOPLE };
  };

  /** `chosen`: ids. */
  const customersOf = async ({ context }: ConsoleAsk, chosen: readonly string[]): Promise<CustomerChoice[]> =>
    (await readCustomers(context.store)).map((one) => ({ ...one, chosen: chosen.includes(one.id) }));

  const INVITE_FIELDS = ['email', 'role', 'hours'] as const;
  const invitePage = async (ask: ConsoleAsk, more: Partial<InvitePage> = {}, refusal: Refusal | null = null): Promise<ConsoleAnswer> => {
    if (asksProof(refusal)) return PROVE;
    const form = emptyForm({ email: '', role: 'viewer', hours: '72', customers: '' });
    const customers = await customersOf(ask, fields(ask, 'customer'));
    const view: InvitePage = { roles: ROLES, customers, form, made: null, ...more };
    return { show: view, at: INVITE, status: refusal ? statusOf(refusal) : 200 };
  };
  const madePage = (ask: ConsoleAsk, { path, email, personId, expiresAt }: InvitationMade): Promise<ConsoleAnswer> =>
    invitePage(ask, { made: { link: `${identity.origins?.console() ?? ''}${path}`, email, isNew: personId === null, expiresAt } });
  const postInvite = async (ask: ConsoleAsk): Answer => {
    const given = typed(ask, INVITE_FIELDS);
    const { email, role } = given;
    const customers = fields(ask, 'customer');
    const answer = await invitePerson(acting(ask, identity), { email, role, hours: readCount(given.hours), customers });
    if (!isRefusal(answer)) return madePage(ask, answer);
    return invitePage(ask, { form: refusedForm({ ...given, customers: '' }, answer) }, answer);
  };
  const postRevokeInvitation = async (ask: ConsoleAsk): Answer => {
    const answer = await revokeInvitation(acting(ask, identity), { invitation: field(ask, 'invitation') });
    if (!isRefusal(answer)) return { to: `${PEOPLE}?said=invitation-revoked` };
    return asksProof(answer) ? PROVE : { to: `${PEOPLE}?said=gone` };
  };

  /** `ticked`: the customers as sent; null: those that are stored. */
  const personPage = async (
    ask: ConsoleAsk,
    form: FormState = emptyForm(),
    refusal: Refusal | null = null,
    ticked: readonly string[] | null = null,
  ): Answer => {
    if (asksProof(refusal)) return PROVE;
    const id = ask.params['id'] ?? '';
    const person = await findPerson(ask.context.store, id);
    if (!person) return null;
    const own = signedIn(ask);
    const account = await accountView(ask.context, person, own.session.id);
    const customers = await customersOf(ask, ticked ?? person.customers);
    const view: PersonPage = { account, roles: ROLES, customers, isOwn: own.person.id === id, form };
    return { show: view, at: `${PEOPLE}/any`, status: refusal ? statusOf(refusal) : 200 };
  };
  type Act = (ctx: ReturnType<typeof acting>, ask: ConsoleAsk, id: string) => Promise<object | Refusal>;
  /** What changes a person goes back to their page, or says there why not. */
  const change = (part: string, said: string, act: Act): ConsoleRoute => ({
    method: 'POST',
    pattern: `${PERSON}/${part}`,
    needs: 'people:write',
    answer: async (ask) => {
      const id = ask.params['id'] ?? '';
      const answer = await act(acting(ask, identity), ask, id);
      const ticked = part === 'customers' ? fields(ask, 'customer') : null;
      if (isRefusal(answer)) return personPage(ask, refusedForm({ role: field(ask, 'role'), customers: '' }, answer), answer, ticked);
      // Whoever changes their own standing has no session any more.
      return { to: `${PEOPLE}/${id}?said=${said}` };
    },
  });
  const postPasswordLink = async (ask: ConsoleAsk): Answer => {
    const answer = await makePasswordLink(acting(ask, identity), { person: ask.params['id'] ?? '', hours: null });
    return isRefusal(answer) ? personPage(ask, refusedForm({}, answer), answer) : madePage(ask, answer);
  };
  const seen = (ask: ConsoleAsk): number | null => readCount(field(ask, 'version'));

  const route = (method: ConsoleRoute['method'], pattern: string, answer: (ask: ConsoleAsk) => Answer, grave?: true): ConsoleRoute => ({
    method,
    pattern,
    needs: 'people:write',
    answer,
    ...(grave && { grave }),
  });
  return [
    route('GET', PEOPLE, listPage),
    route('GET', INVITE, (ask) => invitePage(ask), true),
    { ...route('POST', INVITE, postInvite), again: (ask) => invitePage(ask, { form: emptyForm(typed(ask, INVITE_FIELDS)) }) },
    route('POST', `${PEOPLE}/revoke-invitation`, postRevokeInvitation),
    route('GET', PERSON, (ask) => personPage(ask), true),
    change('role', 'role', (ctx, ask, id) => changeRole(ctx, { person: id, role: field(ask, 'role'), version: seen(ask) })),
    change('customers', 'customers', (ctx, ask, id) =>
      assignCustomers(ctx, { person: id, customers: fields(ask, 'customer'), version: seen(ask) }),
    ),
    change('disable', 'disabled', (ctx, ask, id) => disablePerson(ctx, { person: id, version: seen(ask) })),
    change('enable', 'enabled', (ctx, ask, id) => enablePerson(ctx, { person: id, version: seen(ask) })),
    change('remove-second-factor', 'factor-removed', (ctx, _, id) => removeSecondFactor(ctx, { person: id, session: null })),
    change('end-sessions', 'sessions-ended', (ctx, _, id) => endSessionsOf(ctx, { person: id, but: null })),
    change('end-session', 'session-ended', (ctx, ask) => endSession(ctx, { session: field(ask, 'session') })),
    change('revoke-token', 'token-revoked', (ctx, ask) => revokeToken(ctx, { token: field(ask, 'token') })),
    route('POST', `${PERSON}/password-link`, postPasswordLink),
  ];
};
