/** Saturdays of every sort, made by hand: what the pages of maintenance and history show in their scenes. All about one Saturday, 28 November 2026. */
import type { AnnouncementFact, RevisionFact } from '#domain/maintenance/announcement-fact.ts';
import type { ReleaseFact } from '#domain/release/release-fact.ts';
import { type Instant, instant } from '#domain/time/instant.ts';
import { at } from './maintenance-desk.ts';

/** Saturday 28 November 2026, 10:42 in New York: a window runs from 10:00 to 12:30. */
export const SATURDAY = at('2026-11-28T10:42:00-05:00');

interface Said {
  readonly at: string;
  readonly from: string;
  readonly to: string;
  readonly title?: string;
  readonly body?: string;
}
type Sort = Partial<Pick<AnnouncementFact, 'components' | 'imported'>> & {
  readonly ended?: readonly ['cancelled' | 'completed', string];
  readonly approved?: string;
  /** When an import says that it was public. */
  readonly told?: string;
};

/** Revisions one after the other; title and text stay until they are changed. */
export const announced = (id: string, said: readonly Said[], sort: Sort = {}): AnnouncementFact => {
  let [title, body] = ['Database upgrade', ''];
  const revisions = said.map((one, i): RevisionFact => {
    title = one.title ?? title;
    body = one.body ?? body;
    const recordedAt = at(one.at);
    const publicAt = sort.told ? at(sort.told) : recordedAt;
    return { rev: i + 1, recordedAt, publicAt, start: at(one.from), end: at(one.to), title, body, author: 'kanarienautor' };
  });
  const [first, ...others] = revisions;
  if (!first) throw new Error('nothing was said');
  return {
    id,
    recordedAt: first.recordedAt,
    components: sort.components ?? '*',
    imported: sort.imported ?? false,
    author: 'kanarienautor',
    revisions: [first, ...others],
    ending: sort.ended ? { kind: sort.ended[0], recordedAt: at(sort.ended[1]), author: 'kanarienautor' } : null,
    approval: sort.approved ? { recordedAt: at(sort.approved), approvedBy: 'kanarienfreigeber', evidence: 'kanarienbeleg' } : null,
  };
};

const day = (date: string, time: string): string => `${date}T${time}:00-0${date < '2026-11-01' ? 4 : 5}:00`;
const on = (date: string, from: string, to: string, announcedAt: string, more: Partial<Said> = {}): Said => ({
  at: announcedAt,
  from: day(date, from),
  to: day(date, to),
  ...more,
});

export const LONG_TEXT = `Bookings by agencies and payments stop for up to two hours.

What is done: the database servers are exchanged, one after the other. ${'<script>alert("x")</script> '.repeat(3)}
Whoever has a booking open keeps it.`;

/** In time, running, at SATURDAY. */
export const RUNNING = announced(
  'running',
  [
    on('2026-11-28', '10:00', '12:00', day('2026-11-24', '09:00'), { title: 'New database servers', body: LONG_TEXT }),
    on('2026-11-28', '10:00', '12:30', day('2026-11-26', '16:20'), {
      title: 'New database servers, and new disks',
      body: `${LONG_TEXT}\nAnd disks.`,
    }),
  ],
  { components: ['checkout-api', 'card-payments'] },
);
export const SATURDAYS: readonly AnnouncementFact[] = [
  RUNNING,
  announced('upcoming', [on('2026-12-12', '10:00', '15:00', day('2026-11-20', '12:00'), { title: 'Move to the second data centre' })]),
  announced('outside', [on('2026-12-14', '02:00', '02:30', day('2026-11-23', '12:00'), { title: 'Router exchange' })], {
    components: ['search'],
  }),
  announced('withdrawn', [on('2026-12-05', '10:00', '11:00', day('2026-11-20', '12:00'), { title: 'Certificate renewal' })], {
    ended: ['cancelled', day('2026-11-25', '10:00')],
  }),
  announced('in-time', [on('2026-11-21', '10:00', '12:00', day('2026-11-17', '12:00'), { title: 'Search index rebuilt' })]),
  announced('late', [on('2026-11-14', '10:30', '12:00', day('2026-11-14', '10:20'), { title: 'Urgent restart' })]),
  announced('shortened', [
    on('2026-11-07', '10:00', '14:00', day('2026-11-03', '12:00'), { title: 'Storage works' }),
    on('2026-11-07', '10:00', '12:00', day('2026-11-07', '10:45')),
  ]),
  announced('cancelled', [on('2026-10-31', '10:00', '14:00', day('2026-10-27', '12:00'), { title: 'Router exchange' })], {
    ended: ['cancelled', day('2026-10-31', '11:30')],
  }),
  announced('completed', [on('2026-10-24', '10:00', '15:00', day('2026-10-20', '12:00'), { title: 'Storage works' })], {
    ended: ['completed', day('2026-10-24', '11:40')],
  }),
  announced('import', [on('2026-10-17', '10:00', '12:00', day('2026-10-19', '12:00'), { title: 'Works at the ramp' })], {
    imported: true,
    told: day('2026-10-14', '12:00'),
    approved: day('2026-10-20', '12:00'),
  }),
  announced('unapproved', [on('2026-10-10', '10:00', '12:00', day('2026-10-19', '12:00'), { title: 'Payment terminals' })], {
    imported: true,
    told: day('2026-10-07', '12:00'),
  }),
  announced('minor', [on('2026-10-03', '10:00', '12:00', day('2026-09-30', '12:00'), { title: 'Export moves' })], {
    components: ['nightly-export'],
  }),
];

const release = (version: string, more: Partial<ReleaseFact>): ReleaseFact => ({
  version,
  kind: 'standard',
  title: `What ${version} brings`,
  tickets: [],
  recordedAt: at('2026-11-01T12:00:00Z'),
  author: 'kanarienautor',
  notes: [{ rev: 1, recordedAt: at('2026-11-01T12:00:00Z'), notes: 'kanarienentwurf', author: 'kanarienautor' }],
  publications: [],
  plans: [],
  deployments: [],
  testedAt: null,
  ...more,
});
const published = (publicAt: Instant): Pick<ReleaseFact, 'publications'> => ({
  publications: [{ rev: 1, recordedAt: publicAt, publicAt, author: 'kanarienautor' }],
});
const planned = (announcement: string | null): Pick<ReleaseFact, 'plans'> => ({
  plans: [{ recordedAt: at('2026-11-20T12:00:00Z'), announcement, plannedAt: null, author: 'kanarienautor' }],
});
const deployed = (deployedAt: Instant, place: 'inside' | 'outside_window' = 'inside'): Pick<ReleaseFact, 'deployments'> => ({
  deployments: [
    {
      recordedAt: deployedAt,
      deployedAt,
      kind: 'deploy',
      place,
      announcement: null,
      reason: 'kanariengrund',
      approvedBy: 'kanarienfreigeber',
      author: 'kanarienautor',
    },
  ],
});
const NOTED = at('2026-11-18T12:00:00Z');
export const RELEASES: readonly ReleaseFact[] = [
  release('4.0.0', { title: 'kanariengeheimnis', ...planned('running') }),
  release('3.9.0', { title: 'Faster search, and seats by the window', ...published(NOTED), ...planned('running') }),
  release('4.1.0', { title: 'Group bookings', ...published(NOTED), ...planned('upcoming') }),
  release('4.2.0', { title: 'Later', ...published(instant(SATURDAY + 1)), ...planned('upcoming') }),
  release('3.8.1', { kind: 'hotfix', title: 'Receipts print again', ...deployed(at('2026-11-12T15:00:00-05:00'), 'outside_window') }),
  release('3.8.0', { title: 'Receipts by mail', ...published(at('2026-11-04T12:00:00Z')), ...deployed(at('2026-11-07T10:20:00-05:00')) }),
];
