/**
 * What may be done, and who may do it. A permission is also the scope of a token; the role of its owner is the ceiling. Deny by
 * default: what is not named here for a role, the role may not. Source: reliability section 4 (Roles, API tokens).
 */

/** Each with the words that the console and `avow token` say it in. */
export const PERMISSIONS = {
  'status:read': 'read the private status: checks and their history; incidents, announcements and releases with their authors',
  'incidents:write': 'open, update and resolve incidents; record a time as down',
  'maintenance:write': 'announce, change and end maintenance',
  'releases:write': 'draft, publish and schedule releases',
  'releases:deploy': 'ask whether a release may be deployed, and record that it was',
  'components:write': 'pause, test, add and change checks; plan a configuration',
  'configuration:write': 'read and apply a configuration: with it contracts, money, where ops are told, ranges that checks may reach',
  'notices:write': 'test and repeat notices to ops',
  'reports:read': 'read contracts and reports, and export them',
  'reports:approve': 'close months, record claims, settle what is undecided, share a report',
  'ledger:adjust': 'take recorded downtime away, or approve that another does',
  'audit:read': 'read who changed what',
  'people:write': 'invite people, change their roles, end their sessions and tokens',
  'store:backup': 'make a backup, examine the store',
} as const;
export type Permission = keyof typeof PERMISSIONS;
export const ALL_PERMISSIONS = Object.keys(PERMISSIONS) as readonly Permission[];

export const ROLES = ['viewer', 'account_manager', 'ops', 'admin'] as const;
export type Role = (typeof ROLES)[number];
export const ROLE_WORDS: Readonly<Record<Role, string>> = {
  viewer: 'viewer',
  account_manager: 'account manager',
  ops: 'ops',
  admin: 'admin',
};

const VIEWER: readonly Permission[] = ['status:read'];
const OPS: readonly Permission[] = [
  ...VIEWER,
  'incidents:write',
  'maintenance:write',
  'releases:write',
  'releases:deploy',
  'components:write',
  'notices:write',
  'audit:read',
  'store:backup',
];
const OF_ROLE: Readonly<Record<Role, ReadonlySet<Permission>>> = {
  viewer: new Set(VIEWER),
  account_manager: new Set([...VIEWER, 'reports:read', 'reports:approve']),
  ops: new Set(OPS),
  admin: new Set(ALL_PERMISSIONS),
};

export const isRole = (text: string): text is Role => (ROLES as readonly string[]).includes(text);
export const isPermission = (text: string): text is Permission => Object.hasOwn(PERMISSIONS, text);
export const permissionsOf = (role: Role): ReadonlySet<Permission> => OF_ROLE[role];
/** What a token may: its scopes, as far as its owner's role goes today. */
export const permissionsOfToken = (role: Role, scopes: readonly string[]): ReadonlySet<Permission> =>
  new Set(scopes.filter(isPermission).filter((scope) => OF_ROLE[role].has(scope)));
/** The least of the roles that may, for a sentence that says who to ask. */
export const leastRoleFor = (permission: Permission): Role => ROLES.find((role) => OF_ROLE[role].has(permission)) ?? 'admin';
