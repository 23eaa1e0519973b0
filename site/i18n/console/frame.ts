/** What stands around every page of the console, and the words of its forms. The console speaks English. */
import type { Permission, Role } from '#domain/access/permission.ts';

export const frame = {
  title: (page: string, service: string) => `${page} · ${service} console`,
  console: 'Console',
  nav: 'Console',
  publicPage: 'Public page',
  signOut: 'Sign out',
  signedInAs: (name: string, role: string) => `${name}, ${role}`,
  account: 'Your account',
  onlyReading: (role: string) => `You read as ${role}; what changes something is not shown.`,
  roles: { viewer: 'viewer', account_manager: 'account manager', ops: 'ops', admin: 'admin' } satisfies Record<Role, string>,
  ways: {
    home: 'Now',
    maintenance: 'Maintenance',
    incidents: 'Incidents',
    releases: 'Releases',
    components: 'Checks',
    reports: 'Reports',
    notices: 'Notices',
    audit: 'Audit',
    people: 'People',
  },
  /** Two people changed one thing. */
  conflict: {
    theirs: 'Theirs',
    mine: 'Yours',
    empty: 'nothing',
    same: 'Both say the same.',
    take: 'Take theirs',
  },
  /** Above a form that came back. */
  /** What was typed is there again, after signing in, or because it was typed into another session. */
  unsent: {
    ended: 'Nothing was sent. What you typed before your session ended is here again: look at it, then send it.',
    elsewhere: 'Nothing was sent, for this was written in a session that is over. What you typed is here again: look at it, then send it.',
  },
  notYet: 'Nothing was changed yet.',
  /** By field, what is wrong with it, one thing a line; none: it is the whole that is wrong. */
  faults: (byField: Readonly<Record<string, string>>) => {
    const fields = Object.keys(byField).length;
    const things = Object.values(byField).reduce((sum, text) => sum + text.split('\n').length, 0);
    if (fields === 0) return 'This cannot be done as it stands.';
    const needs = fields === 1 ? 'One field needs another look' : `${fields} fields need another look`;
    return things > fields ? `${needs}, for ${things} reasons.` : `${needs}.`;
  },
  optional: 'optional',
} as const;

/** Each page of the navigation, and who may open it. */
export const WAYS: readonly (readonly [way: keyof typeof frame.ways, href: string, needs: Permission])[] = [
  ['home', '/admin', 'status:read'],
  ['maintenance', '/admin/maintenance', 'status:read'],
  ['incidents', '/admin/incidents', 'status:read'],
  ['releases', '/admin/releases', 'status:read'],
  ['components', '/admin/components', 'status:read'],
  ['reports', '/admin/reports', 'reports:read'],
  ['notices', '/admin/notices', 'notices:write'],
  ['audit', '/admin/audit', 'audit:read'],
  ['people', '/admin/people', 'people:write'],
];
