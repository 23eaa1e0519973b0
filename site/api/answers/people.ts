/** What is answered about people, their links, sessions and tokens. */
import { ROLES } from '#domain/access/permission.ts';
import type { EndedSessions } from '#monitor/actions/end-session.ts';
import type { FactorRemoved } from '#monitor/actions/remove-second-factor.ts';
import type { InvitationRevoked } from '#monitor/actions/revoke-invitation.ts';
import type { TokenRevoked } from '#monitor/actions/revoke-token.ts';
import type { SecretsRotated } from '#monitor/actions/rotate-secrets.ts';
import {
  accessDocument,
  linkDocument,
  peopleDocument,
  sessionsDocument,
  setUpLinkDocument,
  standingDocument,
  tokenMadeDocument,
  tokensDocument,
} from '#monitor/views/people-document.ts';
import { asItIs, count, shape, text, time, z } from './shape.ts';

const role = z.enum(ROLES);
const named = z.strictObject({ id: text, name: text });
/** Of an account manager: ids. */
const customers = z.array(text);
const standing = { id: text, name: text, email: text, role, disabled_at: time.nullable(), customers, version: z.number().int() };
const people = {
  people: z.array(z.strictObject({ ...standing, second_factor: z.boolean(), last_seen_at: time.nullable() })),
  invitations: z.array(
    z.strictObject({ id: text, email: text, role, person: text.nullable(), invited_by: text, customers, expires_at: time }),
  ),
};
const token = { id: text, name: text, owner: text, scopes: z.array(text), cidr: text.nullable(), expires_at: time };
const tokens = { tokens: z.array(z.strictObject({ ...token, created_at: time, last_used_at: time.nullable() })) };

export const accessShape = shape(z.strictObject({ ...people, ...tokens }).openapi('Access'), accessDocument);
/** Of the command line, which shows the two apart. */
export const peopleShape = shape(z.strictObject(people), peopleDocument);
export const tokensShape = shape(z.strictObject(tokens), tokensDocument);

export const linkShape = shape(
  z.strictObject({ id: text, email: text, role, person: text.nullable(), link: text, expires_at: time }).openapi('Link'),
  linkDocument,
);
export const setUpLinkShape = shape(z.strictObject({ link: text, expires_at: time }), setUpLinkDocument);
export const standingShape = shape(z.strictObject(standing).openapi('Standing'), standingDocument);
export const sessionsShape = shape(
  z
    .strictObject({
      person: text,
      sessions: z.array(z.strictObject({ id: text, address: text, agent: text, created_at: time, last_seen_at: time })),
    })
    .openapi('Sessions'),
  sessionsDocument,
);
export const endedShape = asItIs<EndedSessions>(z.strictObject({ person: named, ended: count }).openapi('EndedSessions'));
export const factorRemovedShape = asItIs<FactorRemoved>(z.strictObject({ person: named }).openapi('FactorRemoved'));
export const invitationRevokedShape = asItIs<InvitationRevoked>(z.strictObject({ id: text, email: text }).openapi('InvitationRevoked'));
export const tokenMadeShape = shape(
  z.strictObject({ ...token, token: text.openapi({ description: 'Shown this once.' }) }).openapi('TokenMade'),
  tokenMadeDocument,
);
export const tokenRevokedShape = asItIs<TokenRevoked>(z.strictObject({ id: text, name: text, owner: named }).openapi('TokenRevoked'));
/** Of the machine itself alone. */
export const secretsRotatedShape = asItIs<SecretsRotated>(z.strictObject({ before: text, key: text, secrets: count }));
