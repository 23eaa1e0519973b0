/** Roles and what they may: laws that hold whatever is added. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ALL_PERMISSIONS,
  isPermission,
  leastRoleFor,
  type Permission,
  permissionsOf,
  permissionsOfToken,
  ROLES,
  type Role,
} from '#domain/access/permission.ts';
import { readScopes, tokenExpiry } from '#domain/access/scopes.ts';
import { isRefusal } from '#domain/refusal.ts';
import { DAY, instant } from '#domain/time/instant.ts';

const role = fc.constantFrom<Role>(...ROLES);
const scopes = fc.array(fc.oneof(fc.constantFrom<string>(...ALL_PERMISSIONS), fc.string(), fc.constantFrom('__proto__', 'toString', '*')));
const may = (one: Role, permission: Permission): boolean => permissionsOf(one).has(permission);

describe('roles', () => {
  it('an admin may everything, a viewer reads and nothing else', () => {
    expect([...permissionsOf('admin')].sort()).toEqual([...ALL_PERMISSIONS].sort());
    expect([...permissionsOf('viewer')]).toEqual(['status:read']);
  });
  it('every role may what a viewer may, and no role more than an admin', () => {
    for (const one of ROLES) {
      for (const permission of permissionsOf('viewer')) expect(may(one, permission)).toBe(true);
      for (const permission of permissionsOf(one)) expect(may('admin', permission)).toBe(true);
    }
  });
  it('people, downtime taken away, and what contracts and the gateway say are for admins alone', () => {
    for (const permission of ['people:write', 'ledger:adjust', 'configuration:write'] as const)
      expect(ROLES.filter((one) => may(one, permission))).toEqual(['admin']);
  });
  it('ops decide no money, and account managers change nothing that is measured', () => {
    for (const permission of ['reports:read', 'reports:approve'] as const) expect(may('ops', permission)).toBe(false);
    const ofManagers = ALL_PERMISSIONS.filter((permission) => may('account_manager', permission));
    expect(ofManagers.filter((permission) => permission.endsWith(':write') || permission.startsWith('store:'))).toEqual([]);
  });
  it('the role that a refusal names may do it, and none before it may', () => {
    for (const permission of ALL_PERMISSIONS) {
      const least = leastRoleFor(permission);
      expect(may(least, permission)).toBe(true);
      expect(ROLES.slice(0, ROLES.indexOf(least)).some((one) => may(one, permission))).toBe(false);
    }
  });
});

describe('tokens', () => {
  it('a token never reaches further than its owner does today, nor further than its scopes', () => {
    fc.assert(
      fc.property(role, scopes, (owner, given) => {
        for (const permission of permissionsOfToken(owner, given)) {
          expect(may(owner, permission)).toBe(true);
          expect(given).toContain(permission);
        }
      }),
    );
  });
  it('what a person may give to a token is exactly what they may themselves', () => {
    fc.assert(
      fc.property(role, scopes, (owner, given) => {
        const read = readScopes(given, owner);
        const good = given.length > 0 && given.every((scope) => isPermission(scope) && may(owner, scope));
        expect(isRefusal(read)).toBe(!good);
        if (!isRefusal(read)) expect(read).toEqual([...new Set(given)].sort());
      }),
    );
  });
  it('a token lives at least a day and at most a year', () => {
    fc.assert(
      fc.property(fc.oneof(fc.integer(), fc.double(), fc.constant(null)), (days) => {
        const expiry = tokenExpiry(instant(0), days);
        const good = days === null || (Number.isInteger(days) && days >= 1 && days <= 365);
        expect(isRefusal(expiry)).toBe(!good);
        if (!isRefusal(expiry)) expect(expiry).toBe((days ?? 90) * DAY);
      }),
    );
  });
});
