/**
 * Every document that the webhook sends, whole, and what docs/notices.md says of its fields. Receivers depend on it: fields are added, never
 * renamed. The sentences of what is told by mail too are in mail-wordings.test.ts.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type ChannelKind, NOTICE_KINDS, type NoticeType } from '#domain/notice/notice-kind.ts';
import { instant } from '#domain/time/instant.ts';
import { messageFor } from '#monitor/notify/message.ts';
import { treeRoot } from '../../support/planted-tree.ts';

const SETTING = { origin: 'https://status.example.com', consoleOrigin: null, zone: 'America/New_York' };
const NIGHT = Date.UTC(2026, 10, 24, 8, 12);
const LATER = Date.UTC(2026, 10, 24, 8, 30, 40);
const AT = '2026-11-24T08:12:00.000Z';
const UNTIL = '2026-11-24T08:30:40.000Z';
const sentences = expect.stringMatching(/^[A-Z]/);
const links = (path: string, console: string) => ({
  link: `https://status.example.com${path}`,
  console: `https://status.example.com/admin${console}`,
});

/** Fields as the table of docs/notices.md has them, by type. */
const documented = new Map<string, string[]>();
const sends = (name: string, type: NoticeType, payload: object, data: Readonly<Record<string, unknown>>): void => {
  documented.set(type, [...(documented.get(type) ?? []), ...Object.keys(data)]);
  test(name, () => {
    const row = { type, payload: payload as Record<string, unknown>, recordedAt: instant(NIGHT) };
    expect(JSON.parse(messageFor('webhook', row, SETTING))).toEqual({ type, timestamp: AT, data: { text: sentences, ...data } });
  });
};

const found = { incident: 'k3v9', component: 'checkout', name: 'Checkout', title: 'Checkout is not answering: timeout', startedAt: NIGHT };
const foundData = {
  incident: 'k3v9',
  component: 'checkout',
  name: 'Checkout',
  started_at: AT,
  ...links('/incidents/k3v9', '/incidents/k3v9'),
};
const posted = {
  incident: 'm7c2',
  update: 'u1',
  title: 'Cards are refused',
  status: 'identified',
  body: 'Our card processor refuses every card.',
  impact: 'major',
  components: [{ component: 'checkout', name: 'Checkout', impact: 'partial_outage' }],
  startedAt: NIGHT,
  resolvedAt: null,
};
const { startedAt: _startedAt, resolvedAt: _resolvedAt, ...post } = posted;
const postedData = { ...post, started_at: AT, resolved_at: null, ...links('/incidents/m7c2', '/incidents/m7c2') };

sends(
  'an outage that the checks found',
  'incident.opened',
  { ...found, confirmedAt: LATER, reason: 'timeout' },
  { title: 'Checkout is not answering: timeout', ...foundData, confirmed_at: UNTIL, reason: 'timeout' },
);
sends(
  'its end',
  'incident.resolved',
  { ...found, resolvedAt: LATER, ended: 'answers' },
  { title: 'Over after 18 min 40 s: Checkout is not answering: timeout', ...foundData, resolved_at: UNTIL, ended: 'answers' },
);
sends('an incident that a person opened', 'incident.opened', posted, postedData);
sends('what a person posted', 'incident.updated', posted, { ...postedData, text: 'Our card processor refuses every card.' });
sends(
  'its end by a person',
  'incident.resolved',
  { ...posted, status: 'resolved', resolvedAt: LATER },
  { ...postedData, title: 'Over after 18 min 40 s: Cards are refused', status: 'resolved', resolved_at: UNTIL },
);

const window = {
  maintenance: 'w1',
  rev: 1,
  title: 'Database upgrade',
  body: 'Checkout is read-only.',
  components: ['checkout'],
  start: '2026-11-28T15:00:00.000Z',
  end: '2026-11-28T17:00:00.000Z',
  announced_ms: 7_200_000,
  excluded_ms: 7_200_000,
};
const WHEN = 'From Sat 2026-11-28 10:00 to 12:00 America/New_York (UTC-5), which is 15:00 to 17:00 UTC.';
for (const did of ['announced', 'revised', 'completed', 'cancelled'] as const)
  sends(`maintenance is ${did}`, `maintenance.${did}`, window, {
    ...window,
    title: `Maintenance ${did}: Database upgrade`,
    text: `${WHEN} Of its 2 h 0 min, all counts as excluded from availability.`,
    ...links('/maintenance/w1', '/maintenance/w1'),
  });

const notes = { version: '4.2.0', rev: 2, title: 'Faster search', kind: 'feature', notes: '- Search', public_at: AT, amended: false };
sends('notes are public', 'release.published', notes, {
  ...notes,
  title: 'Release notes of 4.2.0 are public: Faster search',
  text: 'Customers can read what changes.',
  ...links('/releases/4.2.0', '/releases/4.2.0'),
});
const deployed = {
  version: '4.2.0',
  kind: 'feature',
  title: 'Faster search',
  deployed_at: AT,
  rollback: false,
  maintenance: null,
  outside_window: true,
  emergency: false,
};
sends('a release went to production', 'release.deployed', deployed, {
  ...deployed,
  title: 'Release 4.2.0 was deployed',
  text: 'At Tue 2026-11-24 03:12 America/New_York (UTC-5), 08:12 UTC, outside any announced window: what was down then counts as downtime, and the report says so.',
  ...links('/releases/4.2.0', '/releases/4.2.0'),
});

const home = links('/', '');
const [since, past] = [{ since: NIGHT }, { since: NIGHT, until: LATER }];
sends(
  'the monitor is blind',
  'ops.monitor_blind',
  { subject: 'blindness:1', ...since },
  {
    title: 'The monitor is blind: none of its sentinels answers',
    since: AT,
    ...home,
  },
);
sends(
  'it sees again',
  'ops.monitor_sighted',
  { subject: 'blindness:1', ...past },
  {
    title: 'The monitor sees again after 18 min 40 s',
    since: AT,
    until: UNTIL,
    ...home,
  },
);
sends(
  'the disk is nearly full',
  'ops.disk_nearly_full',
  { subject: 'disk:1', ...since, percent: 91, freeMiB: 412 },
  {
    title: 'The disk of the data folder is 91 % full',
    since: AT,
    percent: 91,
    free_mib: 412,
    ...home,
  },
);
sends(
  'it has room again',
  'ops.disk_eased',
  { subject: 'disk:1', ...past, percent: 62, freeMiB: 9_120 },
  {
    title: 'The disk of the data folder has room again: 62 % are full',
    since: AT,
    until: UNTIL,
    percent: 62,
    free_mib: 9_120,
    ...home,
  },
);
const message = 'The store is damaged.';
sends(
  'the store cannot be written',
  'ops.store_trouble',
  { subject: 'store:1', ...since, lost: false, message, told: ['webhook'] },
  {
    title: 'Nothing is recorded: the store cannot be written',
    since: AT,
    lost: false,
    message,
    ...home,
  },
);
sends(
  'Avow could not start without its store',
  'ops.store_trouble',
  { subject: 'store:start:1', ...since, lost: true, atStart: true, ended: true, message },
  {
    title: 'Nothing is checked: Avow could not start without its store',
    since: AT,
    lost: true,
    at_start: true,
    ended: true,
    message,
    ...home,
  },
);
sends(
  'Avow has its store again',
  'ops.store_well',
  { subject: 'store:start:1', ...past, atStart: true },
  {
    title: 'Avow has its store again after 18 min 40 s',
    since: AT,
    until: UNTIL,
    at_start: true,
    ...home,
  },
);
sends(
  'a second start was refused',
  'ops.start_refused',
  { ...since, message, holderAnswers: true },
  {
    title: 'A second Avow was started, and ended: the first one has the store',
    since: AT,
    message,
    holder_answers: true,
    ...home,
  },
);
sends(
  'a certificate runs out',
  'ops.certificate_expiring',
  { component: 'checkout', name: 'Checkout', expiresAt: LATER, days: 7 },
  {
    title: 'The certificate of Checkout expires within 7 days',
    component: 'checkout',
    name: 'Checkout',
    expires_at: UNTIL,
    days: 7,
    ...links('/components/checkout', '/components/checkout'),
  },
);
sends(
  'an announcement is missing',
  'ops.announcement_missing',
  { version: '4.2.0', start: LATER, deadline: NIGHT, passed: true },
  {
    title: 'Release 4.2.0: the time to announce its window has passed',
    version: '4.2.0',
    start: UNTIL,
    deadline: AT,
    passed: true,
    ...links('/maintenance', '/releases/4.2.0'),
  },
);
sends(
  'the mail is disabled',
  'ops.channel_disabled',
  { except: 'mail:ops@example.com', channel: 'mail:ops@example.com', why: 'it failed' },
  {
    title: 'Nothing is sent to ops@example.com any more',
    channel: 'mail:ops@example.com',
    why: 'it failed',
    ...links('/', '/notices'),
  },
);
sends(
  'the webhook was away',
  'ops.told_late',
  { only: 'webhook', ...past, missed: [{ title: 'Search was down', since: NIGHT }] },
  {
    title: 'One thing came and went while this channel did not answer',
    since: AT,
    until: UNTIL,
    missed: [{ title: 'Search was down', since: AT }],
    ...links('/history', '/incidents'),
  },
);
sends('a test', 'ops.test', { only: 'webhook' }, { title: 'A test: this is how Avow reaches you', ...links('/', '/notices') });

test('docs/notices.md names every type and every field, and no others', () => {
  const heard = Object.entries(NOTICE_KINDS).filter(([, kind]) => (kind.heard as readonly ChannelKind[]).includes('webhook'));
  expect([...documented.keys()].sort()).toEqual(heard.map(([type]) => type).sort());
  const words = readFileSync(join(treeRoot, 'docs/notices.md'), 'utf8');
  const table = words.slice(words.indexOf('### What `data` holds')).split('\n\n')[2] ?? '';
  const rows = new Map<string, string[]>();
  for (const row of table.split('\n').slice(2)) {
    const [, types = '', fields = ''] = row.split('|');
    for (const [, type = ''] of types.matchAll(/`([a-z._]+)`/g))
      rows.set(type, [...new Set([...fields.matchAll(/`([a-z_]+)`/g)].map(([, field = '']) => field))].sort());
  }
  const every = ['title', 'text', 'link', 'console'];
  const wanted = [...documented].map(
    ([type, fields]) => [type, [...new Set(fields)].filter((field) => !every.includes(field)).sort()] as const,
  );
  expect(rows).toEqual(new Map(wanted));
});
