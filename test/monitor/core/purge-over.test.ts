/** What is over goes after its term, slice by slice; what the audit, the outbox, a report or the order of telling needs stays. */
import { expect, test } from 'vitest';
import type { OutboxMessage } from '#db/queries/outbox.ts';
import { lastSeen } from '#db/queries/sessions.ts';
import { insertShareLink, revokeShareLink, touchShareLink } from '#db/queries/share-links.ts';
import type { Store } from '#db/store.ts';
import { DAY, HOUR, type Instant, instant } from '#domain/time/instant.ts';
import { endSession } from '#monitor/actions/end-session.ts';
import { invitePerson } from '#monitor/actions/invite-person.ts';
import { makeToken } from '#monitor/actions/make-token.ts';
import { revokeInvitation } from '#monitor/actions/revoke-invitation.ts';
import { revokeToken } from '#monitor/actions/revoke-token.ts';
import { systemClock } from '#monitor/clock.ts';
import { compact } from '#monitor/core/compaction.ts';
import { purgeOver } from '#monitor/core/retention/purge-over.ts';
import { noticeDesk } from '../../support/notice-desk.ts';
import { peopleDesk, taken } from '../../support/people-desk.ts';
import { openTempStore } from '../../support/temp-store.ts';

const purgeAt = (store: Store, now: number) => compact({ store, clock: systemClock, config: { evidenceDays: 400 } }, instant(now));
const idsOf = async (store: Store, sql: string): Promise<string[]> => (await store.read({ sql })).rows.map(([id]) => String(id));
const auditRows = (store: Store) => idsOf(store, 'SELECT row_hash FROM audit ORDER BY seq');

test('sessions go 30 days after they ended or expired; the last one of each person stays and says when they were here', async () => {
  await using desk = await peopleDesk();
  const { store, clock } = desk;
  const start = clock.now();
  const first = await desk.setUp();
  clock.jumpWall(HOUR);
  const ended = taken(await desk.signIn('ada@example.com'));
  await endSession(await desk.as('ada@example.com'), { session: ended.session.id });
  clock.jumpWall(HOUR);
  const last = taken(await desk.signIn('ada@example.com'));
  const sessions = () => idsOf(store, 'SELECT id FROM sessions ORDER BY created_at_ms');
  const audit = await auditRows(store);
  const here = await lastSeen(store);

  // The one that was ended an hour after the start goes first; the first was never used again, and expired 12 hours after it began.
  expect(await purgeAt(store, start + HOUR + 30 * DAY)).toMatchObject({ purgedAccess: 0 });
  expect(await purgeAt(store, start + HOUR + 30 * DAY + 1)).toMatchObject({ purgedAccess: 1 });
  expect(await sessions()).toEqual([first.session.id, last.session.id]);
  expect(await purgeAt(store, start + 12 * HOUR + 30 * DAY)).toMatchObject({ purgedAccess: 0 });
  expect(await purgeAt(store, start + 12 * HOUR + 30 * DAY + 1)).toMatchObject({ purgedAccess: 1 });
  expect(await purgeAt(store, start + 4_000 * DAY)).toMatchObject({ purgedAccess: 0 });
  expect(await sessions()).toEqual([last.session.id]);
  expect(await lastSeen(store)).toEqual(here);
  expect(await auditRows(store)).toEqual(audit);
});

test('invitations and links to passwords go 30 days after they were used, taken back or over; open ones stay', async () => {
  await using desk = await peopleDesk();
  const { store, clock, owner } = desk;
  const invite = async (email: string, hours: number | null = null) => taken(await invitePerson(owner, { email, role: 'ops', hours }));
  const start = clock.now();
  await desk.join('used@example.com', 'ops');
  const { id } = await invite('back@example.com');
  taken(await revokeInvitation(owner, { invitation: id }));
  await invite('over@example.com', 24);
  const left = () => idsOf(store, 'SELECT email FROM invitations ORDER BY email');
  const audit = await auditRows(store);
  clock.jumpWall(29 * DAY);
  await invite('open@example.com', 7 * 24);

  await purgeAt(store, start + 30 * DAY);
  expect(await left()).toEqual(['back@example.com', 'open@example.com', 'over@example.com', 'used@example.com']);
  await purgeAt(store, start + 30 * DAY + 1);
  expect(await left()).toEqual(['open@example.com', 'over@example.com']);
  await purgeAt(store, start + 31 * DAY + 1);
  expect(await left()).toEqual(['open@example.com']);
  expect((await auditRows(store)).slice(0, audit.length)).toEqual(audit);
});

test('links to reports go 30 days after they were shut or over, with their secrets', async () => {
  await using store = await openTempStore();
  const start = instant(Date.UTC(2026, 9, 1));
  const at = (days: number): Instant => instant(start + days * DAY);
  const link = { recordedAt: start, contract: 'acme', month: '2026-09', author: 'Ada', revokedAt: null, lastUsedAt: null };
  await store.write([
    insertShareLink({ ...link, id: 'over', expiresAt: at(14) }, 'hash of over'),
    insertShareLink({ ...link, id: 'shut', expiresAt: at(90) }, 'hash of shut'),
    insertShareLink({ ...link, id: 'open', expiresAt: at(90) }, 'hash of open'),
    revokeShareLink('shut', at(2)),
    touchShareLink('open', at(40)),
  ]);
  const left = () => idsOf(store, 'SELECT id FROM share_links ORDER BY id');
  await purgeAt(store, at(32));
  expect(await left()).toEqual(['open', 'over', 'shut']);
  await purgeAt(store, at(32) + 1);
  expect(await left()).toEqual(['open', 'over']);
  await purgeAt(store, at(44) + 1);
  expect(await left()).toEqual(['open']);
});

test('tokens of programs go 30 days after they were revoked or over; one that is good stays, and so does what the audit tells of them', async () => {
  await using desk = await peopleDesk();
  const { store, clock } = desk;
  await desk.setUp();
  const ada = await desk.as('ada@example.com');
  const make = async (name: string, days: number) =>
    taken(await makeToken(ada, { owner: null, name, scopes: ['status:read'], cidr: null, days })).token.id;
  const start = clock.now();
  const [, , revoked] = [await make('over', 2), await make('good', 365), await make('revoked', 365)];
  taken(await revokeToken(ada, { token: revoked }));
  const audit = await auditRows(store);
  const left = () => idsOf(store, 'SELECT name FROM api_tokens ORDER BY name');
  await purgeAt(store, start + 30 * DAY);
  expect(await left()).toEqual(['good', 'over', 'revoked']);
  await purgeAt(store, start + 30 * DAY + 1);
  expect(await left()).toEqual(['good', 'over']);
  await purgeAt(store, start + 32 * DAY);
  expect(await left()).toEqual(['good', 'over']);
  await purgeAt(store, start + 32 * DAY + 1);
  expect(await left()).toEqual(['good']);
  expect(await auditRows(store)).toEqual(audit);
  expect(await idsOf(store, `SELECT verb FROM audit WHERE subject LIKE 'token/%' ORDER BY seq`)).toEqual([
    ...Array.from({ length: 3 }, () => 'token.make'),
    'token.revoke',
  ]);
});

const said = (type: OutboxMessage['type'], key: string, incident: string): OutboxMessage => ({
  key,
  type,
  payload: {
    incident,
    title: 'Checkout',
    components: ['checkout'],
    at: '2026-11-24T12:00:00Z',
    url: `/incidents/${incident}`,
    status: 'x',
  },
});
const tells = (type: OutboxMessage['type'], key: string): OutboxMessage => ({
  key,
  type,
  payload: { channels: ['webhook'], component: 'Checkout' },
});

test('messages go 90 days after they were told, beginning and end of a story 400 days after its end, and nobody is told anything twice', async () => {
  await using desk = await noticeDesk();
  const { store, clock } = desk;
  const left = () => idsOf(store, 'SELECT key FROM outbox WHERE id IN (SELECT outbox_id FROM notice_deliveries) ORDER BY id');
  const outbox = () => idsOf(store, 'SELECT key FROM outbox ORDER BY id');
  await desk.say(tells('ops.test', 'test'), said('incident.opened', 'long', 'long'), said('incident.opened', 'open', 'short'));
  await desk.say(said('incident.updated', 'update', 'short'), said('incident.resolved', 'close', 'short'));
  await desk.round();
  desk.receiver = () => ({ delivered: false, permanent: true, why: 'no' }) as never;
  await desk.say(tells('ops.certificate_expiring', 'dead'));
  await desk.round();
  desk.receiver = () => ({ delivered: true });
  const start = clock.now();
  const all = await outbox();

  await purgeAt(store, start + 90 * DAY);
  expect(await left()).toEqual(all);
  await purgeAt(store, start + 90 * DAY + 1);
  expect(await left()).toEqual(['long', 'open', 'close', 'dead']);

  // A post long after the end of it is still told to whoever heard the beginning, and the end of the other story is too.
  clock.jumpWall(300 * DAY);
  const before = desk.sent.length;
  await desk.say(said('incident.updated', 'review', 'short'));
  await desk.round();
  expect(desk.sent.slice(before).map(({ type }) => type)).toEqual(['incident.updated']);
  await purgeAt(store, start + 400 * DAY);
  expect(await left()).toEqual(['long', 'open', 'close', 'dead']);
  await purgeAt(store, start + 400 * DAY + 1);
  expect(await left()).toEqual(['long']);
  clock.jumpWall(1_000 * DAY);
  await desk.say(said('incident.resolved', 'long end', 'long'));
  await desk.restart();
  await desk.round();
  expect(desk.sent.slice(before).map(({ type }) => type)).toEqual(['incident.updated', 'incident.resolved']);
  expect(await outbox()).toEqual([...all, 'review', 'long end']);
});

test('a round takes slices with a turn for others after each, stops when told to, and takes at most 2 000 rows of a table', async () => {
  await using store = await openTempStore();
  const start = instant(Date.UTC(2026, 0, 1));
  const link = {
    recordedAt: start,
    expiresAt: instant(start + DAY),
    contract: 'acme',
    month: '2026-01',
    author: 'Ada',
    revokedAt: null,
    lastUsedAt: null,
  };
  await store.write(Array.from({ length: 2_500 }, (_, i) => insertShareLink({ ...link, id: `l${i}` }, `h${i}`)));
  const now = instant(start + 60 * DAY);
  let turns = 0;
  const round = (stopAfter: number) =>
    purgeOver({ store, clock: systemClock, config: { evidenceDays: 400 } }, { now, pairs: [], turn: async () => ++turns < stopAfter });
  expect(await round(3)).toEqual({ purgedAccess: 300, purgedNotices: 0 });
  expect(await round(Number.POSITIVE_INFINITY)).toEqual({ purgedAccess: 2_000, purgedNotices: 0 });
  expect(await round(Number.POSITIVE_INFINITY)).toEqual({ purgedAccess: 200, purgedNotices: 0 });
});
