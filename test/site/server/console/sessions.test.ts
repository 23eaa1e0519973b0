/** Sessions over the wire (P16): a cookie that was good opens nothing once its session is over, whatever ended it. */
import { beforeEach, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '#domain/time/instant.ts';
import { ask, type RawAnswer } from '../../../support/raw-http.ts';
import { VirtualClock } from '../../../support/virtual-clock.ts';
import { startWholeConsole, type WholeConsole } from '../../../support/whole-console.ts';

let clock: VirtualClock;
beforeEach(() => {
  clock = new VirtualClock(Date.UTC(2026, 10, 27, 14));
});
const SEEN = '/api/v1/private/maintenance';
const read = (rig: WholeConsole, cookie: string, path = SEEN): Promise<RawAnswer> =>
  ask(rig.port, path, { headers: { Cookie: cookie, Origin: rig.origin, 'Sec-Fetch-Site': 'same-origin' } });
const ofOps = (rig: WholeConsole): string => `sid=${rig.people.as.ops.secret}`;
const asAdmin = (rig: WholeConsole, verb: string, body: object): Promise<RawAnswer> =>
  ask(rig.port, `/api/v1/people/${verb}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${rig.people.token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });

const ENDINGS: readonly (readonly [name: string, end: (rig: WholeConsole) => Promise<unknown>])[] = [
  [
    'its owner signed out',
    (rig) => {
      const { ops } = rig.people.as;
      return ask(rig.port, '/admin/sign-out', { method: 'POST', headers: { ...ops.headers(rig.origin), 'X-Form-Token': ops.formToken() } });
    },
  ],
  ['an admin ended it', (rig) => asAdmin(rig, 'end-session', { session: rig.people.as.ops.sessionId })],
  ['an admin ended all of its owner', (rig) => asAdmin(rig, 'end-sessions', { person: rig.people.as.ops.id })],
  ['its owner has another role', (rig) => asAdmin(rig, 'role', { person: rig.people.as.ops.id, role: 'viewer' })],
  ['its owner is disabled', (rig) => asAdmin(rig, 'disable', { person: rig.people.as.ops.id })],
  ['nobody used it for twelve hours', () => clock.advance(12 * HOUR)],
  [
    'it is seven days old, however it was used',
    async (rig) => {
      for (let hours = 0; hours < 7 * 24; hours += 8) {
        expect([hours, (await read(rig, ofOps(rig))).status]).toEqual([hours, 200]);
        await rig.store.exclusive(async () => undefined);
        await clock.advance(8 * HOUR);
      }
      expect(clock.now()).toBe(Date.UTC(2026, 10, 27, 14) + 7 * DAY);
    },
  ],
];

test.each(ENDINGS)('when %s, its cookie opens nothing at the very next request', async (_name, end) => {
  await using rig = await startWholeConsole(clock);
  expect((await read(rig, ofOps(rig))).status).toBe(200);
  const done = await end(rig);
  if (done) expect([200, 201, 303]).toContain((done as RawAnswer).status);
  expect((await read(rig, ofOps(rig))).status).toBe(401);
  const page = await read(rig, ofOps(rig), '/admin/incidents');
  expect([page.status, page.headers['location']]).toEqual([303, '/admin/sign-in?next=%2Fadmin%2Fincidents']);
});

test('a cookie that means two things, is cut short, or has the name for https opens nothing', async () => {
  await using rig = await startWholeConsole(clock);
  const { ops, viewer } = rig.people.as;
  for (const cookie of [
    `sid=${viewer.secret}; sid=${ops.secret}`,
    `sid=${ops.secret.slice(0, -1)}`,
    `sid=${ops.secret}x`,
    `__Host-sid=${ops.secret}`,
    `SID=${ops.secret}`,
    `sid=${ops.sessionId}`,
    'sid=',
  ])
    expect([cookie.slice(0, 12), (await read(rig, cookie)).status]).toEqual([cookie.slice(0, 12), 401]);
  expect((await read(rig, `theme=dark; sid=${ops.secret}; x=y`)).status).toBe(200);
});

test('being used is noted once a minute, and the answer never carries the secret', async () => {
  await using rig = await startWholeConsole(clock);
  const seen = async () =>
    (await rig.store.read({ sql: 'SELECT last_seen_at_ms FROM sessions WHERE id = ?', args: [rig.people.as.ops.sessionId] })).rows[0]?.[0];
  const first = await seen();
  await clock.advance(59_000);
  await read(rig, ofOps(rig));
  await rig.store.exclusive(async () => undefined);
  expect(await seen()).toBe(first);
  await clock.advance(MINUTE);
  const answer = await read(rig, ofOps(rig), '/admin/account');
  await rig.store.exclusive(async () => undefined);
  expect(await seen()).toBe(clock.now());
  expect(String(answer.body) + JSON.stringify(answer.headers)).not.toContain(rig.people.as.ops.secret);
});
