/** Who may what on the API's writing side, over the wire, as checked in. What nobody may get in another way: forged-requests.test.ts. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { patternOf } from '#site/api/document.ts';
import { operations } from '#site/api/v1/operations.ts';
import { API_MATRIX, type MatrixRow, PRINCIPALS, type Principal } from '../../../support/api-matrix.ts';
import { ask, type RawAnswer } from '../../../support/raw-http.ts';
import { tokenOf } from '../../../support/token-of.ts';
import { VirtualClock } from '../../../support/virtual-clock.ts';
import { startWholeConsole, type WholeConsole } from '../../../support/whole-console.ts';

const clock = new VirtualClock(Date.UTC(2026, 10, 27, 14));
let rig: WholeConsole;
let scoped: string;
beforeAll(async () => {
  rig = await startWholeConsole(clock);
  scoped = await tokenOf(rig.store, clock, { id: 'tokenscoped2', personId: rig.people.as.admin.id, scopes: ['status:read'] });
});
afterAll(() => rig[Symbol.asyncDispose]());

type Headers = Readonly<Record<string, string>>;
const headersOf = (principal: Principal): Headers => {
  if (principal === 'anonymous') return { Origin: rig.origin, 'Sec-Fetch-Site': 'same-origin' };
  if (principal === 'token') return { Authorization: `Bearer ${scoped}` };
  if (principal === 'expired') return { Authorization: `Bearer ${rig.people.expiredToken}` };
  const person = rig.people.as[principal];
  return { ...person.headers(rig.origin), 'X-Form-Token': person.formToken() };
};
const asked = async (principal: Principal, { method, example }: MatrixRow, isHead = false): Promise<RawAnswer> => {
  // A second for each, so that no limit is met; and somebody who has just proved who they are.
  await clock.advance(1_000);
  await rig.store.write([{ sql: 'UPDATE sessions SET proved_at_ms = ?', args: [clock.now()] }]);
  if (method === 'GET') return ask(rig.port, example, { method: isHead ? 'HEAD' : 'GET', headers: headersOf(principal) });
  return ask(rig.port, example, { method, headers: { ...headersOf(principal), 'Content-Type': 'application/json' }, body: '{}' });
};
const named = ({ method, pattern }: { readonly method: string; readonly pattern: string }): string => `${method} ${pattern}`;

test('every operation has a row in the matrix, and every row an operation', () => {
  const known = operations.map((one) => named({ method: one.method, pattern: patternOf(one) }));
  expect(API_MATRIX.map(named).sort()).toEqual(known.sort());
  const listed = rig.front.routes.filter(({ access, pattern }) => access === 'signed in' && pattern.startsWith('/api/'));
  expect(new Set(listed.map(({ pattern }) => pattern))).toEqual(new Set(API_MATRIX.map(({ pattern }) => pattern)));
});
test('every operation says what somebody must be allowed', () => {
  expect(operations.filter(({ needs }) => needs === undefined).map(({ name }) => name)).toEqual([]);
});

describe.each(API_MATRIX)('$method $pattern', (row) => {
  test('answers everybody as decided, keeps nothing and names no other origin', async () => {
    const found: Partial<Record<Principal, number>> = {};
    for (const principal of PRINCIPALS) {
      const answer = await asked(principal, row);
      found[principal] = answer.status;
      expect([principal, answer.headers['cache-control']]).toEqual([principal, 'no-store']);
      expect(Object.keys(answer.headers).filter((name) => /^(?:access-control|set-cookie)/.test(name))).toEqual([]);
      if (row.method === 'GET') expect((await asked(principal, row, true)).status).toBe(answer.status);
    }
    expect(found).toEqual(row.answers);
  });
});
