/**
 * Every mail that ops can get, whole, as it arrives at three in the morning: read them as prose. What is down, since when, what it means, what
 * to do, where to look. A change of a word is a change here.
 */
import { expect, test } from 'vitest';
import { type ChannelKind, NOTICE_KINDS } from '#domain/notice/notice-kind.ts';
import type { NoticeRow } from '#domain/notice/notice-words.ts';
import { instant } from '#domain/time/instant.ts';
import { messageFor } from '#monitor/notify/message.ts';

const SETTING = { origin: 'https://status.example.com', consoleOrigin: 'https://ops.example.com', zone: 'America/New_York' };
const ms = (iso: string) => instant(Date.parse(iso));

const seen = new Set<string>();
const mail = (name: string, row: NoticeRow, whole: string): void => {
  seen.add(row.type);
  test(name, () => {
    const { subject, text } = JSON.parse(messageFor('mail:ops@example.com', row, SETTING)) as {
      readonly subject: string;
      readonly text: string;
    };
    // The mark of a signature ends in a blank, which editors take away.
    expect(`[Avow] ${subject}\n\n${text.replace('\n-- \n', '\n--\n')}`).toBe(whole);
  });
};

const CHECKOUT = {
  incident: 'k3v9pw2r7xqa',
  component: 'checkout',
  name: 'Checkout',
  title: 'Checkout is not answering: connection refused',
  startedAt: ms('2026-11-24T08:12:00Z'),
};
const POSTED = {
  incident: 'm7c2',
  update: 'u1',
  title: 'Cards are refused',
  status: 'identified',
  body: 'Our card processor refuses every card. We are on the phone with them.',
  startedAt: ms('2026-11-24T08:12:00Z'),
  resolvedAt: null,
};

mail(
  'an outage is confirmed',
  {
    type: 'incident.opened',
    recordedAt: ms('2026-11-24T08:13:10Z'),
    payload: { ...CHECKOUT, confirmedAt: ms('2026-11-24T08:13:00Z'), reason: 'connect_refused' },
  },
  `[Avow] Checkout is not answering: connection refused, since 03:12 UTC-5

Checkout is not answering: connection refused

Since Tue 2026-11-24 03:12 America/New_York (UTC-5), 08:12 UTC.

Console: https://ops.example.com/admin/incidents/k3v9pw2r7xqa
Status page: https://status.example.com/incidents/k3v9pw2r7xqa

The status page shows it already. From the first failing check on it counts as downtime, save what lies in announced maintenance.

The console shows what each check saw. Tell your customers what you know, there or with: avow incident update k3v9pw2r7xqa --body "…"

You are told when it is over.

--
Avow. Recorded 2026-11-24T08:13:10.000Z (incident.opened).
`,
);

mail(
  'an outage is over',
  {
    type: 'incident.resolved',
    recordedAt: ms('2026-11-24T08:31:10Z'),
    payload: { ...CHECKOUT, resolvedAt: ms('2026-11-24T08:30:40Z'), ended: 'answers' },
  },
  `[Avow] Over after 18 min 40 s: Checkout is not answering: connection refused

Over after 18 min 40 s: Checkout is not answering: connection refused

It was down from Tue 2026-11-24 03:12 to 03:30:40 America/New_York (UTC-5), which is 08:12 to 08:30:40 UTC.

Console: https://ops.example.com/admin/incidents/k3v9pw2r7xqa
Status page: https://status.example.com/incidents/k3v9pw2r7xqa

That time counts as downtime, save what lies in announced maintenance. The status page says that it is over.

Nothing is urgent any more. If customers should know the cause, post it: avow incident update k3v9pw2r7xqa --status postmortem --body "…"

--
Avow. Recorded 2026-11-24T08:31:10.000Z (incident.resolved).
`,
);

mail(
  'an outage is over that began on another day, in UTC and here',
  {
    type: 'incident.resolved',
    recordedAt: ms('2026-11-25T05:31:10Z'),
    payload: { ...CHECKOUT, startedAt: ms('2026-11-25T03:50:00Z'), resolvedAt: ms('2026-11-25T05:30:00Z'), ended: 'answers' },
  },
  `[Avow] Over after 1 h 40 min: Checkout is not answering: connection refused

Over after 1 h 40 min: Checkout is not answering: connection refused

It was down from Tue 2026-11-24 22:50 to Wed 2026-11-25 00:30 America/New_York (UTC-5), which is Wed 2026-11-25 03:50 to 05:30 UTC.

Console: https://ops.example.com/admin/incidents/k3v9pw2r7xqa
Status page: https://status.example.com/incidents/k3v9pw2r7xqa

That time counts as downtime, save what lies in announced maintenance. The status page says that it is over.

Nothing is urgent any more. If customers should know the cause, post it: avow incident update k3v9pw2r7xqa --status postmortem --body "…"

--
Avow. Recorded 2026-11-25T05:31:10.000Z (incident.resolved).
`,
);

mail(
  'late results show that it was none',
  {
    type: 'incident.resolved',
    recordedAt: ms('2026-11-24T08:31:10Z'),
    payload: { ...CHECKOUT, resolvedAt: ms('2026-11-24T08:30:40Z'), ended: 'never_was' },
  },
  `[Avow] Withdrawn: Checkout is not answering: connection refused

Withdrawn: Checkout is not answering: connection refused

It was told as down since Tue 2026-11-24 03:12 America/New_York (UTC-5), 08:12 UTC.

Console: https://ops.example.com/admin/incidents/k3v9pw2r7xqa
Status page: https://status.example.com/incidents/k3v9pw2r7xqa

Results that arrived late show that this was no confirmed outage. It does not count as downtime, and the status page says so.

If you told customers of it elsewhere, take it back there.

--
Avow. Recorded 2026-11-24T08:31:10.000Z (incident.resolved).
`,
);

mail(
  'the component was taken out while it was down',
  {
    type: 'incident.resolved',
    recordedAt: ms('2026-11-24T08:31:10Z'),
    payload: { ...CHECKOUT, resolvedAt: ms('2026-11-24T08:30:40Z'), ended: 'removed' },
  },
  `[Avow] No longer watched: Checkout is not answering: connection refused

No longer watched: Checkout is not answering: connection refused

The component was taken out while it was down, from Tue 2026-11-24 03:12 to 03:30:40 America/New_York (UTC-5), which is 08:12 to 08:30:40 UTC.

Console: https://ops.example.com/admin/incidents/k3v9pw2r7xqa
Status page: https://status.example.com/incidents/k3v9pw2r7xqa

The time up to then counts as downtime, save what lies in announced maintenance. Whether it answers now nobody measures; its incident is closed.

If it was not meant to be taken out, put it back; its checks begin anew.

--
Avow. Recorded 2026-11-24T08:31:10.000Z (incident.resolved).
`,
);

mail(
  'a person opens an incident',
  { type: 'incident.opened', recordedAt: ms('2026-11-24T08:13:10Z'), payload: POSTED },
  `[Avow] Cards are refused, since 03:12 UTC-5

Cards are refused

Since Tue 2026-11-24 03:12 America/New_York (UTC-5), 08:12 UTC.

Console: https://ops.example.com/admin/incidents/m7c2
Status page: https://status.example.com/incidents/m7c2

A person opened it, not the checks. The status page shows it.

It says: Our card processor refuses every card. We are on the phone with them.

The post changes no figure: downtime is what the checks saw, and what somebody records as an override.

Post what changes, in the console or with: avow incident update m7c2 --body "…"

--
Avow. Recorded 2026-11-24T08:13:10.000Z (incident.opened).
`,
);

mail(
  'a person resolves an incident',
  {
    type: 'incident.resolved',
    recordedAt: ms('2026-11-24T08:31:10Z'),
    payload: {
      ...POSTED,
      update: 'u2',
      status: 'resolved',
      body: 'The card processor takes cards again.',
      resolvedAt: ms('2026-11-24T08:30:40Z'),
    },
  },
  `[Avow] Over after 18 min 40 s: Cards are refused

Over after 18 min 40 s: Cards are refused

A person resolved it; it was open from Tue 2026-11-24 03:12 to 03:30:40 America/New_York (UTC-5), which is 08:12 to 08:30:40 UTC.

Console: https://ops.example.com/admin/incidents/m7c2
Status page: https://status.example.com/incidents/m7c2

It says: The card processor takes cards again.

The post changes no figure: downtime is what the checks saw, and what somebody records as an override.

Nothing is urgent any more. If customers should know the cause, post it: avow incident update m7c2 --status postmortem --body "…"

--
Avow. Recorded 2026-11-24T08:31:10.000Z (incident.resolved).
`,
);

mail(
  'the monitor is blind',
  {
    type: 'ops.monitor_blind',
    recordedAt: ms('2026-11-24T08:12:05Z'),
    payload: { subject: 'blindness:1', since: ms('2026-11-24T08:12:00Z') },
  },
  `[Avow] The monitor is blind: none of its sentinels answers, since 03:12 UTC-5

The monitor is blind: none of its sentinels answers

Since Tue 2026-11-24 03:12 America/New_York (UTC-5), 08:12 UTC.

Console: https://ops.example.com/admin
Status page: https://status.example.com/

Your service may be up or down: Avow cannot see it. Until a sentinel answers again failures are no evidence, no outage is declared, and that time becomes unknown in every figure, neither up nor down.

Its own network is probably cut off. Look at the network of the machine that runs Avow, then at the addresses under "sentinels" in its configuration; look at your service from elsewhere. You are told when Avow sees again.

--
Avow. Recorded 2026-11-24T08:12:05.000Z (ops.monitor_blind).
`,
);

mail(
  'the monitor sees again',
  {
    type: 'ops.monitor_sighted',
    recordedAt: ms('2026-11-24T08:30:45Z'),
    payload: { subject: 'blindness:1', since: ms('2026-11-24T08:12:00Z'), until: ms('2026-11-24T08:30:40Z') },
  },
  `[Avow] The monitor sees again after 18 min 40 s

The monitor sees again after 18 min 40 s

It was blind from Tue 2026-11-24 03:12 to 03:30:40 America/New_York (UTC-5), which is 08:12 to 08:30:40 UTC.

Console: https://ops.example.com/admin
Status page: https://status.example.com/

That time is unknown in every figure, neither up nor down. What is down now is told by a message of its own.

Nothing needs to be done.

--
Avow. Recorded 2026-11-24T08:30:45.000Z (ops.monitor_sighted).
`,
);

mail(
  'the disk is nearly full',
  {
    type: 'ops.disk_nearly_full',
    recordedAt: ms('2026-11-24T08:12:00Z'),
    payload: { subject: 'disk:1', since: ms('2026-11-24T08:12:00Z'), percent: 91, freeMiB: 412 },
  },
  `[Avow] The disk of the data folder is 91 % full

The disk of the data folder is 91 % full

Seen at Tue 2026-11-24 03:12 America/New_York (UTC-5), 08:12 UTC; 412 MiB are free.

Console: https://ops.example.com/admin
Status page: https://status.example.com/

Nothing is lost yet. When nothing is free any more, Avow keeps checking but cannot write results down, and that time becomes unknown in every figure, neither up nor down.

Free space on that disk, or make it larger. Nothing of Avow needs to be deleted for it. You are told when it is below 85 %.

--
Avow. Recorded 2026-11-24T08:12:00.000Z (ops.disk_nearly_full).
`,
);

mail(
  'the disk has room again',
  {
    type: 'ops.disk_eased',
    recordedAt: ms('2026-11-24T08:30:40Z'),
    payload: { subject: 'disk:1', since: ms('2026-11-24T08:12:00Z'), until: ms('2026-11-24T08:30:40Z'), percent: 62, freeMiB: 9120 },
  },
  `[Avow] The disk of the data folder has room again: 62 % are full

The disk of the data folder has room again: 62 % are full

It was nearly full from Tue 2026-11-24 03:12 to 03:30:40 America/New_York (UTC-5), which is 08:12 to 08:30:40 UTC.

Console: https://ops.example.com/admin
Status page: https://status.example.com/

Nothing needs to be done.

--
Avow. Recorded 2026-11-24T08:30:40.000Z (ops.disk_eased).
`,
);

mail(
  'the store cannot be written',
  {
    type: 'ops.store_trouble',
    recordedAt: ms('2026-11-24T08:12:10Z'),
    payload: {
      subject: 'store:1',
      since: ms('2026-11-24T08:12:00Z'),
      lost: false,
      message:
        'The store /var/lib/avow/avow.db cannot grow: the disk is full. Free some space; Avow keeps what it measured meanwhile and tries again (database or disk is full).',
    },
  },
  `[Avow] Nothing is recorded: the store cannot be written, since 03:12 UTC-5

Nothing is recorded: the store cannot be written

Since Tue 2026-11-24 03:12 America/New_York (UTC-5), 08:12 UTC: The store /var/lib/avow/avow.db cannot grow: the disk is full. Free some space; Avow keeps what it measured meanwhile and tries again (database or disk is full).

Console: https://ops.example.com/admin
Status page: https://status.example.com/

Checks go on. Their results wait in memory and are written down when the store takes them again; what does not fit there is lost, and that time becomes unknown in every figure, neither up nor down. Outages are neither declared nor ended meanwhile.

Look at the disk and the rights of the data folder on the machine that runs Avow. Do not start Avow anew before that: what waits is in its memory alone. You are told when the store takes it.

--
Avow. Recorded 2026-11-24T08:12:10.000Z (ops.store_trouble).
`,
);

mail(
  'the store is written again',
  {
    type: 'ops.store_well',
    recordedAt: ms('2026-11-24T08:30:40Z'),
    payload: { subject: 'store:1', since: ms('2026-11-24T08:12:00Z'), until: ms('2026-11-24T08:30:40Z') },
  },
  `[Avow] Results are recorded again after 18 min 40 s

Results are recorded again after 18 min 40 s

The store could not be written from Tue 2026-11-24 03:12 to 03:30:40 America/New_York (UTC-5), which is 08:12 to 08:30:40 UTC.

Console: https://ops.example.com/admin
Status page: https://status.example.com/

What waited in memory is written down; what did not fit there is unknown in every figure, neither up nor down.

Nothing needs to be done.

--
Avow. Recorded 2026-11-24T08:30:40.000Z (ops.store_well).
`,
);

mail(
  'the store is lost',
  {
    type: 'ops.store_trouble',
    recordedAt: ms('2026-11-24T08:12:00Z'),
    payload: {
      subject: 'store:1',
      since: ms('2026-11-24T08:12:00Z'),
      lost: true,
      message:
        'The store /var/lib/avow/avow.db is damaged or no SQLite file. Nothing more is written: move it away and restore a backup, then restart Avow (file is not a database).',
    },
  },
  `[Avow] Nothing is recorded: Avow has lost its store, since 03:12 UTC-5

Nothing is recorded: Avow has lost its store

Since Tue 2026-11-24 03:12 America/New_York (UTC-5), 08:12 UTC: The store /var/lib/avow/avow.db is damaged or no SQLite file. Nothing more is written: move it away and restore a backup, then restart Avow (file is not a database).

Console: https://ops.example.com/admin
Status page: https://status.example.com/

Nothing is recorded any more; that time becomes unknown in every figure, neither up nor down. Customers see the last pages, with a banner that says how old they are.

Look at the data folder on the machine that runs Avow, then start Avow again. avow doctor tells what is damaged; avow restore FILE --replace puts a backup in its place.

--
Avow. Recorded 2026-11-24T08:12:00.000Z (ops.store_trouble).
`,
);

mail(
  'Avow has started without its store',
  {
    type: 'ops.store_trouble',
    recordedAt: ms('2026-11-24T08:12:00Z'),
    payload: {
      subject: 'store:start:1',
      since: ms('2026-11-24T08:12:00Z'),
      lost: true,
      atStart: true,
      message:
        'The store /var/lib/avow/avow.db is damaged or no SQLite file. Nothing more is written: move it away and restore a backup, then restart Avow (file is not a database).',
    },
  },
  `[Avow] Nothing is checked: Avow has started without its store, since 03:12 UTC-5

Nothing is checked: Avow has started without its store

Since Tue 2026-11-24 03:12 America/New_York (UTC-5), 08:12 UTC: The store /var/lib/avow/avow.db is damaged or no SQLite file. Nothing more is written: move it away and restore a backup, then restart Avow (file is not a database).

Console: https://ops.example.com/admin
Status page: https://status.example.com/

Nothing is checked and nothing is recorded; that time becomes unknown in every figure, neither up nor down. Customers see the last pages, with a banner that says how old they are.

Do what the reason says, or put a backup in its place (avow restore FILE --replace), then start Avow again. You are told when it has its store.

--
Avow. Recorded 2026-11-24T08:12:00.000Z (ops.store_trouble).
`,
);

mail(
  'Avow could not start without its store',
  {
    type: 'ops.store_trouble',
    recordedAt: ms('2026-11-24T08:12:00Z'),
    payload: {
      subject: 'store:start:1',
      since: ms('2026-11-24T08:12:00Z'),
      lost: true,
      atStart: true,
      ended: true,
      message:
        'The store /var/lib/avow/avow.db cannot be used: /var/lib/avow is read-only for this user. Make it writable, or use --data for another folder.',
    },
  },
  `[Avow] Nothing is checked: Avow could not start without its store, since 03:12 UTC-5

Nothing is checked: Avow could not start without its store

Since Tue 2026-11-24 03:12 America/New_York (UTC-5), 08:12 UTC: The store /var/lib/avow/avow.db cannot be used: /var/lib/avow is read-only for this user. Make it writable, or use --data for another folder.

Console: https://ops.example.com/admin
Status page: https://status.example.com/

The start has ended: nothing is checked, and no page is served.

Do what the reason says, or put a backup in its place (avow restore FILE --replace), then start Avow again. You are told when it has its store.

--
Avow. Recorded 2026-11-24T08:12:00.000Z (ops.store_trouble).
`,
);

mail(
  'Avow has its store again',
  {
    type: 'ops.store_well',
    recordedAt: ms('2026-11-24T08:30:40Z'),
    payload: { subject: 'store:start:1', since: ms('2026-11-24T08:12:00Z'), until: ms('2026-11-24T08:30:40Z'), atStart: true },
  },
  `[Avow] Avow has its store again after 18 min 40 s

Avow has its store again after 18 min 40 s

It was without it from Tue 2026-11-24 03:12 to 03:30:40 America/New_York (UTC-5), which is 08:12 to 08:30:40 UTC.

Console: https://ops.example.com/admin
Status page: https://status.example.com/

Nothing was checked in that time: it is unknown in every figure, neither up nor down.

Nothing needs to be done.

--
Avow. Recorded 2026-11-24T08:30:40.000Z (ops.store_well).
`,
);

mail(
  'a second Avow was started, and the first answers',
  {
    type: 'ops.start_refused',
    recordedAt: ms('2026-11-24T08:12:00Z'),
    payload: {
      since: ms('2026-11-24T08:12:00Z'),
      message:
        'The store /var/lib/avow/avow.db is held by process 4711 (started 2026-11-20 06:40:00 UTC). Stop it first, or use --data for another folder.',
      holderAnswers: true,
    },
  },
  `[Avow] A second Avow was started, and ended: the first one has the store

A second Avow was started, and ended: the first one has the store

At Tue 2026-11-24 03:12 America/New_York (UTC-5), 08:12 UTC: The store /var/lib/avow/avow.db is held by process 4711 (started 2026-11-20 06:40:00 UTC). Stop it first, or use --data for another folder.

Console: https://ops.example.com/admin
Status page: https://status.example.com/

The Avow that has the store answers: it checks, and customers see its page. Nothing is lost.

Find out what starts a second one (another service, a container with the same folder, a person), and stop that. You are not told again while the same process has the store.

--
Avow. Recorded 2026-11-24T08:12:00.000Z (ops.start_refused).
`,
);

mail(
  'Avow could not start, and who has its store does not answer',
  {
    type: 'ops.start_refused',
    recordedAt: ms('2026-11-24T08:12:00Z'),
    payload: {
      since: ms('2026-11-24T08:12:00Z'),
      message:
        'The store /var/lib/avow/avow.db is held by process 4711 (started 2026-11-20 06:40:00 UTC). Stop it first, or use --data for another folder.',
      holderAnswers: false,
    },
  },
  `[Avow] Avow could not start: another process holds its store, and does not answer

Avow could not start: another process holds its store, and does not answer

At Tue 2026-11-24 03:12 America/New_York (UTC-5), 08:12 UTC: The store /var/lib/avow/avow.db is held by process 4711 (started 2026-11-20 06:40:00 UTC). Stop it first, or use --data for another folder.

Console: https://ops.example.com/admin
Status page: https://status.example.com/

No Avow answers there: either it hangs, or that process is another program, such as a database tool. Either way nothing may be checked, and customers may see no page.

See whether the status page answers. If it does not, end the process that is named, then start Avow again. You are not told again while the same process has the store.

--
Avow. Recorded 2026-11-24T08:12:00.000Z (ops.start_refused).
`,
);

mail(
  'a certificate expires in a week',
  {
    type: 'ops.certificate_expiring',
    recordedAt: ms('2026-11-24T08:12:00Z'),
    payload: { component: 'checkout', name: 'Checkout', expiresAt: ms('2026-12-01T08:11:59Z'), days: 7 },
  },
  `[Avow] The certificate of Checkout expires within 7 days

The certificate of Checkout expires within 7 days

It, or one in its chain, is valid until Tue 2026-12-01 03:11:59 America/New_York (UTC-5), 08:11:59 UTC.

Console: https://ops.example.com/admin/components/checkout
Status page: https://status.example.com/components/checkout

From then on visitors see a warning instead of your service, the check fails, and that counts as downtime.

Renew it, and see that the server presents the new one: the next check says so on the page of the component.

--
Avow. Recorded 2026-11-24T08:12:00.000Z (ops.certificate_expiring).
`,
);

mail(
  'a certificate expires in a day',
  {
    type: 'ops.certificate_expiring',
    recordedAt: ms('2026-11-30T08:12:00Z'),
    payload: { component: 'checkout', name: 'Checkout', expiresAt: ms('2026-12-01T08:11:59Z'), days: 1 },
  },
  `[Avow] The certificate of Checkout expires within a day

The certificate of Checkout expires within a day

It, or one in its chain, is valid until Tue 2026-12-01 03:11:59 America/New_York (UTC-5), 08:11:59 UTC.

Console: https://ops.example.com/admin/components/checkout
Status page: https://status.example.com/components/checkout

From then on visitors see a warning instead of your service, the check fails, and that counts as downtime.

Renew it, and see that the server presents the new one: the next check says so on the page of the component.

--
Avow. Recorded 2026-11-30T08:12:00.000Z (ops.certificate_expiring).
`,
);

mail(
  'a release is planned where nothing is announced',
  {
    type: 'ops.announcement_missing',
    recordedAt: ms('2026-11-24T15:00:00Z'),
    payload: { version: '4.2.0', start: ms('2026-11-28T15:00:00Z'), deadline: ms('2026-11-25T15:00:00Z'), passed: false },
  },
  `[Avow] Release 4.2.0 is planned, and its window is not announced

Release 4.2.0 is planned, and its window is not announced

It is planned for Sat 2026-11-28 10:00 America/New_York (UTC-5), 15:00 UTC, and no announced maintenance holds that time.

Console: https://ops.example.com/admin/releases/4.2.0
Status page: https://status.example.com/maintenance

Announce it by Wed 2026-11-25 10:00 America/New_York (UTC-5), 15:00 UTC, or what is down then is not excluded and counts as downtime.

Announce it in the console or with avow maintenance announce, or take the release out of the window: avow release unschedule 4.2.0

--
Avow. Recorded 2026-11-24T15:00:00.000Z (ops.announcement_missing).
`,
);

mail(
  'the time to announce the window of a release has passed',
  {
    type: 'ops.announcement_missing',
    recordedAt: ms('2026-11-25T15:00:01Z'),
    payload: { version: '4.2.0', start: ms('2026-11-28T15:00:00Z'), deadline: ms('2026-11-25T15:00:00Z'), passed: true },
  },
  `[Avow] Release 4.2.0: the time to announce its window has passed

Release 4.2.0: the time to announce its window has passed

It is planned for Sat 2026-11-28 10:00 America/New_York (UTC-5), 15:00 UTC, and no announced maintenance holds that time.

Console: https://ops.example.com/admin/releases/4.2.0
Status page: https://status.example.com/maintenance

It had to be announced by Wed 2026-11-25 10:00 America/New_York (UTC-5), 15:00 UTC to be excluded. What is announced now is excluded in part or not at all; the rest counts as downtime.

Announce it in the console or with avow maintenance announce, or take the release out of the window: avow release unschedule 4.2.0

--
Avow. Recorded 2026-11-25T15:00:01.000Z (ops.announcement_missing).
`,
);

mail(
  'the other channel is disabled',
  {
    type: 'ops.channel_disabled',
    recordedAt: ms('2026-11-24T08:12:00Z'),
    payload: { except: 'webhook', why: 'the receiver answered 410 Gone: it wants no more messages' },
  },
  `[Avow] Nothing is sent to the webhook any more

Nothing is sent to the webhook any more

It is disabled since Tue 2026-11-24 03:12 America/New_York (UTC-5), 08:12 UTC, because the receiver answered 410 Gone: it wants no more messages.

Console: https://ops.example.com/admin/notices
Status page: https://status.example.com/

Whoever listens there hears of no outage any more. What waited for it is among the dead letters (avow notices list).

Put the receiver right, then send a test, in the console or with avow notices test. The first one that arrives enables it again.

--
Avow. Recorded 2026-11-24T08:12:00.000Z (ops.channel_disabled).
`,
);

mail(
  'this channel did not answer for hours',
  {
    type: 'ops.told_late',
    recordedAt: ms('2026-11-24T14:12:00Z'),
    payload: {
      only: 'mail:ops@example.com',
      since: ms('2026-11-24T08:12:00Z'),
      until: ms('2026-11-24T14:12:00Z'),
      missed: [
        { title: 'Checkout is not answering: connection refused, since 03:12 UTC-5', since: ms('2026-11-24T08:13:10Z') },
        { title: 'Search is not answering as it should: status 502, since 04:00 UTC-5', since: ms('2026-11-24T09:02:00Z') },
      ],
    },
  },
  `[Avow] 2 things came and went while this channel did not answer

2 things came and went while this channel did not answer

Nothing that was sent here was taken from Tue 2026-11-24 03:12 to 09:12 America/New_York (UTC-5), which is 08:12 to 14:12 UTC.

Console: https://ops.example.com/admin/incidents
Status page: https://status.example.com/history

Meanwhile these began and ended:

- Checkout is not answering: connection refused, since 03:12 UTC-5 (told at Tue 2026-11-24 03:13:10 America/New_York (UTC-5), 08:13:10 UTC)

- Search is not answering as it should: status 502, since 04:00 UTC-5 (told at Tue 2026-11-24 04:02 America/New_York (UTC-5), 09:02 UTC)

What still goes on is told by a message of its own. Nothing needs to be done but to read the history.

--
Avow. Recorded 2026-11-24T14:12:00.000Z (ops.told_late).
`,
);

mail(
  'a test',
  { type: 'ops.test', recordedAt: ms('2026-11-24T08:12:00Z'), payload: {} },
  `[Avow] A test: this is how Avow reaches you

A test: this is how Avow reaches you

Sent at Tue 2026-11-24 03:12 America/New_York (UTC-5), 08:12 UTC because somebody asked for it. If you read this, the way to you works. Nothing needs to be done.

Console: https://ops.example.com/admin/notices
Status page: https://status.example.com/

--
Avow. Recorded 2026-11-24T08:12:00.000Z (ops.test).
`,
);

test('no kind of mail is missing here', () => {
  const told = Object.entries(NOTICE_KINDS).flatMap(([type, { heard }]) =>
    (heard as readonly ChannelKind[]).includes('mail') ? [type] : [],
  );
  expect([...seen].sort()).toEqual(told.sort());
});
