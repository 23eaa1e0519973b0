/**
 * What a new token may, from where, and for how long: permissions that its owner's role has, a range of addresses or none, 1 to 365 days.
 * Refuses what is no permission naming what there is, and what lies beyond the role naming it. Source: reliability section 4 (API tokens).
 */
import { type Refusal, refuse } from '../refusal.ts';
import { after, DAY, type Instant, millis } from '../time/instant.ts';
import { TOKEN_DEFAULT_MS, TOKEN_MOST_MS } from './api-token.ts';
import { isPermission, type Permission, permissionsOf, ROLE_WORDS, type Role } from './permission.ts';

/** Sorted, each once. */
export const readScopes = (given: readonly string[], role: Role): readonly Permission[] | Refusal => {
  const allowed = permissionsOf(role);
  const known = [...allowed].sort().join(', ');
  if (given.length === 0) return refuse('bad_scopes', `A token needs at least one scope. There are: ${known}.`, { field: 'scopes' });
  const stranger = given.find((scope) => !isPermission(scope));
  if (stranger !== undefined)
    return refuse('bad_scopes', `"${stranger.slice(0, 60)}" is no scope. There are: ${known}.`, { field: 'scopes' });
  const scopes = [...new Set(given.filter(isPermission))].sort();
  const beyond = scopes.filter((scope) => !allowed.has(scope));
  return beyond.length === 0
    ? scopes
    : refuse(
        'bad_scopes',
        `A token may not do more than its owner, and the role ${ROLE_WORDS[role]} has no ${beyond.join(', ')}. Leave it out.`,
        {
          field: 'scopes',
          beyond,
        },
      );
};

/** `days`: null takes the default. */
export const tokenExpiry = (now: Instant, days: number | null): Instant | Refusal => {
  const length = days === null ? TOKEN_DEFAULT_MS : days * DAY;
  return Number.isSafeInteger(length) && length >= DAY && length <= TOKEN_MOST_MS
    ? after(now, millis(length))
    : refuse('bad_days', `A token is good for 1 to ${TOKEN_MOST_MS / DAY} whole days. Without a number it is ${TOKEN_DEFAULT_MS / DAY}.`, {
        field: 'days',
      });
};

/** 192.0.2.0/24, 2001:db8::/32, or one address; `canonical` reads an address, null for what is none. Null: from anywhere. */
export const readRange = (given: string | null, canonical: (text: string) => string | null): string | null | Refusal => {
  const text = given?.trim() ?? '';
  if (text === '') return null;
  const [written = '', bits, more] = text.split('/');
  const address = canonical(written);
  const most = address?.includes(':') ? 128 : 32;
  const isRange = address !== null && more === undefined && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most));
  return isRange
    ? `${address}/${bits === undefined ? most : Number(bits)}`
    : refuse('bad_range', `"${text.slice(0, 60)}" is no range of addresses. Write it as 192.0.2.0/24 or 2001:db8::/32.`, { field: 'cidr' });
};
