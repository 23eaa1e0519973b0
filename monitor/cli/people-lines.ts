/** People, their links, sessions and tokens in lines of text; instants as the other verbs say them, in UTC. */
import { ROLE_WORDS, type Role } from '#domain/access/permission.ts';
import { utcWords } from '#domain/maintenance/words.ts';
import { instant } from '#domain/time/instant.ts';
import type { StandingChanged } from '#monitor/actions/change-standing.ts';
import type { EndedSessions } from '#monitor/actions/end-session.ts';
import type { TokenMade } from '#monitor/actions/make-token.ts';
import type { LinkAnswer, SessionsAnswer } from '#monitor/actions/people-requests.ts';
import type { PeopleView } from '#monitor/views/people.ts';

const at = (ms: number): string => utcWords(instant(ms));

/** Columns as wide as their widest cell. */
const columns = (rows: readonly (readonly string[])[]): string[] => {
  const widths = (rows[0] ?? []).map((_, place) => Math.max(...rows.map((row) => [...(row[place] ?? '')].length)));
  return rows.map((row) =>
    row
      .map((cell, place) => cell + ' '.repeat(Math.max(0, (widths[place] ?? 0) - [...cell].length)))
      .join('  ')
      .trimEnd(),
  );
};

const ofCustomers = (role: Role, customers: readonly string[]): string =>
  role === 'account_manager' ? (customers.length === 0 ? ' without customers' : ` of ${customers.join(', ')}`) : '';

export const peopleLines = ({ people, invitations }: PeopleView): string[] => {
  if (people.length === 0 && invitations.length === 0)
    return ['Nobody can sign in yet. Make the link for the first admin: avow user set-up-link'];
  const standing = people.map(({ id, name, email, role, disabledAt, hasSecondFactor, lastSeenAt, customers }) => [
    id,
    name,
    email,
    `${ROLE_WORDS[role]}${ofCustomers(role, customers)}${disabledAt === null ? '' : ', disabled'}`,
    hasSecondFactor ? 'second factor' : 'password alone',
    lastSeenAt === null ? 'never seen' : `seen ${at(lastSeenAt)}`,
  ]);
  const open = invitations.map(({ id, email, role, personId, invitedBy, customers, expiresAt }) => [
    id,
    email,
    personId === null ? `invited as ${ROLE_WORDS[role]}${ofCustomers(role, customers)}` : 'a new password',
    `by ${invitedBy}`,
    `until ${at(expiresAt)}`,
  ]);
  return [...columns(standing), ...(open.length > 0 ? ['', 'Links that let somebody in, once:', ...columns(open)] : [])];
};

export const linkLines = ({ email, personId, link, expiresAt }: LinkAnswer): string[] => [
  `${personId === null ? `This link invites ${email}` : `This link lets ${email} set a new password`}, once, until ${at(expiresAt)}. It is not shown again:`,
  link.startsWith('/') ? `${link}   (below the address of your console)` : link,
];

export const standingLines = ({ person: { name, email, role, disabledAt, customers } }: StandingChanged): string[] => [
  `${name} (${email}) is ${ROLE_WORDS[role]}${ofCustomers(role, customers)}${disabledAt === null ? '' : ', and shut out'} now.`,
];

export const endedLines = ({ person, ended }: EndedSessions): string[] => [
  `${ended === 1 ? 'One session' : `${ended} sessions`} of ${person.name} ${ended === 1 ? 'has' : 'have'} ended.`,
];

export const sessionLines = ({ person, sessions }: SessionsAnswer): string[] =>
  sessions.length === 0
    ? [`${person.name} has no session open.`]
    : columns(
        sessions.map(({ id, address, createdAt, lastSeenAt, agent }) => [
          id,
          address,
          `begun ${at(createdAt)}`,
          `seen ${at(lastSeenAt)}`,
          agent.slice(0, 60),
        ]),
      );

export const tokenLines = ({ tokens }: PeopleView): string[] =>
  tokens.length === 0
    ? ['There is no token.']
    : columns(
        tokens.map(({ id, name, owner, scopes, cidr, expiresAt, lastUsedAt, isOver }) => [
          id,
          name,
          owner,
          scopes.join(','),
          cidr ?? 'anywhere',
          isOver ? 'over' : `until ${at(expiresAt)}`,
          lastUsedAt === null ? 'never used' : `used ${at(lastUsedAt)}`,
        ]),
      );
export const tokenMadeLines = ({ token, owner, text }: TokenMade): string[] => [
  `The token ${token.name} of ${owner.name} is good until ${at(token.expiresAt)}. It is not shown again:`,
  text,
];
