/**
 * Who may use the console: people, what they prove themselves with, their sessions, invitations and tokens. Rows change (a role, a
 * revocation); what they were before stands in `audit`. Of every secret only a hash is stored, or, where it is needed again (TOTP), a
 * sealed text. Source: reliability section 4, P13, P16, P33.
 */

import { instantColumn } from '../columns.ts';
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from '../drizzle.ts';

const role = () => text('role', { enum: ['viewer', 'account_manager', 'ops', 'admin'] }).notNull();

/** `name_key`: the name as two names are compared (text-rules.ts), so that two rows are two people. */
export const people = sqliteTable(
  'people',
  {
    id: text('id').primaryKey(),
    recordedAt: instantColumn('recorded_at_ms').notNull(),
    /** As typed at sign-in, in lower case. */
    email: text('email').notNull(),
    name: text('name').notNull(),
    nameKey: text('name_key').notNull(),
    role: role(),
    /** PHC string; null: signs in another way only. */
    passwordHash: text('password_hash'),
    passwordChangedAt: instantColumn('password_changed_at_ms'),
    /** Sealed (identity/secret-box.ts); null: no second factor. */
    totpSealed: text('totp_sealed'),
    /** Null: shown, not yet proved. */
    totpConfirmedAt: instantColumn('totp_confirmed_at_ms'),
    /** The last time step a code was taken for: a code is taken once. */
    totpStep: integer('totp_step'),
    disabledAt: instantColumn('disabled_at_ms'),
    /** Raised with every change; an edit names the one it saw. */
    version: integer('version').notNull(),
  },
  (table) => [uniqueIndex('one_person_per_email').on(table.email), uniqueIndex('one_person_per_name').on(table.nameKey)],
);
/** Accounts at another identity provider (OpenID Connect, later): who it is there, and here. */
export const identities = sqliteTable(
  'identities',
  {
    issuer: text('issuer').notNull(),
    subject: text('subject').notNull(),
    personId: text('person_id')
      .notNull()
      .references(() => people.id),
    recordedAt: instantColumn('recorded_at_ms').notNull(),
  },
  (table) => [primaryKey({ columns: [table.issuer, table.subject] })],
);
export const recoveryCodes = sqliteTable(
  'recovery_codes',
  {
    personId: text('person_id')
      .notNull()
      .references(() => people.id),
    codeHash: text('code_hash').notNull(),
    usedAt: instantColumn('used_at_ms'),
  },
  (table) => [primaryKey({ columns: [table.personId, table.codeHash] })],
);
export const sessions = sqliteTable(
  'sessions',
  {
    /** Shown in lists; says nothing of the secret. */
    id: text('id').primaryKey(),
    secretHash: text('secret_hash').notNull(),
    personId: text('person_id')
      .notNull()
      .references(() => people.id),
    createdAt: instantColumn('created_at_ms').notNull(),
    /** At most a minute behind. */
    lastSeenAt: instantColumn('last_seen_at_ms').notNull(),
    /** When the person last proved who they are: what is grave asks for it anew after ten minutes. */
    provedAt: instantColumn('proved_at_ms').notNull(),
    address: text('address').notNull(),
    agent: text('agent').notNull(),
    endedAt: instantColumn('ended_at_ms'),
    endedBecause: text('ended_because', { enum: ['signed_out', 'revoked', 'password', 'role', 'disabled', 'second_factor'] }),
  },
  (table) => [uniqueIndex('one_session_per_secret').on(table.secretHash), index('sessions_by_person').on(table.personId, table.endedAt)],
);
export const invitations = sqliteTable(
  'invitations',
  {
    id: text('id').primaryKey(),
    secretHash: text('secret_hash').notNull(),
    recordedAt: instantColumn('recorded_at_ms').notNull(),
    expiresAt: instantColumn('expires_at_ms').notNull(),
    /** An invitation, or a new password for somebody who is known (`person_id`). */
    personId: text('person_id').references(() => people.id),
    email: text('email').notNull(),
    role: role(),
    invitedBy: text('invited_by').notNull(),
    usedAt: instantColumn('used_at_ms'),
    revokedAt: instantColumn('revoked_at_ms'),
  },
  (table) => [uniqueIndex('one_invitation_per_secret').on(table.secretHash), index('invitations_by_expiry').on(table.expiresAt)],
);
/** Whose contracts and reports an account manager reads and decides about: ids of customers, as contracts name them. */
export const personCustomers = sqliteTable(
  'person_customers',
  {
    personId: text('person_id')
      .notNull()
      .references(() => people.id),
    customer: text('customer').notNull(),
    recordedAt: instantColumn('recorded_at_ms').notNull(),
  },
  (table) => [primaryKey({ columns: [table.personId, table.customer] })],
);
/** The same, of whoever takes the invitation up. */
export const invitationCustomers = sqliteTable(
  'invitation_customers',
  {
    invitationId: text('invitation_id')
      .notNull()
      .references(() => invitations.id),
    customer: text('customer').notNull(),
  },
  (table) => [primaryKey({ columns: [table.invitationId, table.customer] })],
);
export const apiTokens = sqliteTable(
  'api_tokens',
  {
    /** Part of the token itself: `sp_<id>_<secret>`. */
    id: text('id').primaryKey(),
    secretHash: text('secret_hash').notNull(),
    personId: text('person_id')
      .notNull()
      .references(() => people.id),
    name: text('name').notNull(),
    /** JSON: permissions, sorted. The owner's role is the ceiling. */
    scopes: text('scopes_json').notNull(),
    /** Range of addresses it is taken from; null: any. */
    cidr: text('cidr'),
    recordedAt: instantColumn('recorded_at_ms').notNull(),
    expiresAt: instantColumn('expires_at_ms').notNull(),
    /** At most a minute behind. */
    lastUsedAt: instantColumn('last_used_at_ms'),
    revokedAt: instantColumn('revoked_at_ms'),
  },
  (table) => [index('api_tokens_by_person').on(table.personId)],
);
/** One report for somebody who does not sign in. */
export const shareLinks = sqliteTable(
  'share_links',
  {
    id: text('id').primaryKey(),
    secretHash: text('secret_hash').notNull(),
    recordedAt: instantColumn('recorded_at_ms').notNull(),
    expiresAt: instantColumn('expires_at_ms').notNull(),
    contractId: text('contract_id').notNull(),
    month: text('month').notNull(),
    author: text('author').notNull(),
    revokedAt: instantColumn('revoked_at_ms'),
    /** How often it was opened, at most a minute behind. */
    lastUsedAt: instantColumn('last_used_at_ms'),
  },
  (table) => [uniqueIndex('one_share_link_per_secret').on(table.secretHash), index('share_links_by_month').on(table.month)],
);
/** What somebody has begun to write and nobody else sees in public. `subject`: what it is about, such as an incident. */
export const drafts = sqliteTable(
  'drafts',
  {
    id: text('id').primaryKey(),
    kind: text('kind', { enum: ['incident_update', 'incident', 'announcement', 'release_notes'] }).notNull(),
    subject: text('subject').notNull(),
    document: text('document_json').notNull(),
    author: text('author').notNull(),
    recordedAt: instantColumn('recorded_at_ms').notNull(),
    version: integer('version').notNull(),
  },
  (table) => [uniqueIndex('one_draft_per_subject').on(table.kind, table.subject)],
);
