/** Releases of a believable November: one coming, one late, one outside its window, one amended, one nobody wrote notes for. Now is Thursday, 26 November 2026, noon in New York. */
import type { AnnouncementFact } from '#domain/maintenance/announcement-fact.ts';
import type { ReleaseFact } from '#domain/release/release-fact.ts';
import type { ReleaseTerms } from '#domain/release/release-window.ts';
import type { Instant } from '#domain/time/instant.ts';
import { at, POLICY } from './maintenance-desk.ts';

export const SCENE_NOW = at('2026-11-26T12:00-05:00');
export const SCENE_TERMS: ReleaseTerms = { reserve: POLICY.reserve, minNoticeMs: POLICY.minNoticeMs, notesLeadMs: POLICY.notesLeadMs };

export const windowFact = (id: string, title: string, from: string, to: string, publicAt: string): AnnouncementFact => ({
  id,
  recordedAt: at(publicAt),
  components: '*',
  imported: false,
  author: 'Ann Secret',
  revisions: [
    { rev: 1, recordedAt: at(publicAt), publicAt: at(publicAt), start: at(from), end: at(to), title, body: 'Short.', author: 'Ann Secret' },
  ],
  ending: null,
  approval: null,
});

interface Told {
  readonly title?: string;
  readonly kind?: ReleaseFact['kind'];
  /** Revisions of the notes with when each is public; null: it is a draft. */
  readonly notes?: readonly (readonly [text: string, publicAt: string | null])[];
  readonly window?: string | null;
  readonly planned?: string | null;
  readonly deployments?: readonly (Partial<ReleaseFact['deployments'][number]> & { readonly deployedAt: Instant })[];
  readonly recordedAt?: string;
}
export const releaseFact = (version: string, told: Told = {}): ReleaseFact => {
  const recordedAt = at(told.recordedAt ?? '2026-11-01T12:00Z');
  const author = 'Ann Secret';
  const notes = told.notes ?? [];
  return {
    version,
    kind: told.kind ?? 'standard',
    title: told.title ?? `Release ${version}`,
    tickets: ['SECRET-1'],
    recordedAt,
    author,
    notes: notes.map(([text], i) => ({ rev: i + 1, recordedAt, notes: text, author })),
    publications: notes.flatMap(([, publicAt], i) =>
      publicAt === null ? [] : [{ rev: i + 1, recordedAt, publicAt: at(publicAt), author }],
    ),
    plans: told.window ? [{ recordedAt, announcement: told.window, plannedAt: told.planned ? at(told.planned) : null, author }] : [],
    deployments: (told.deployments ?? []).map((one) => ({
      recordedAt: one.deployedAt,
      kind: 'deploy',
      place: 'inside',
      announcement: told.window ?? null,
      reason: null,
      approvedBy: null,
      author,
      ...one,
    })),
    testedAt: null,
  };
};

export const sceneWindows: readonly AnnouncementFact[] = [
  windowFact('m-14', 'Autumn upgrade', '2026-11-14T10:00-05:00', '2026-11-14T12:00-05:00', '2026-11-10T12:00-05:00'),
  windowFact('m-28', 'Search and totals', '2026-11-28T10:00-05:00', '2026-11-28T12:30-05:00', '2026-11-24T12:00-05:00'),
];

const COMING = `Thank you to everybody who tried the preview.

### Added
- Search by **order number**, with or without dashes
- Export of a cart as [CSV](https://example.com/csv)

### Changed
- Sessions last 12 hours instead of 8

### Fixed
- Totals of carts with more than 100 items
- A \`500\` when a discount code had a trailing space

### Security
- Sign-in links can be used once`;

export const sceneReleases: readonly ReleaseFact[] = [
  releaseFact('4.1.0', {
    title: 'Faster checkout',
    notes: [
      ['### Changed\n- Checkout asks for the address once', '2026-11-12T12:00-05:00'],
      ['### Changed\n- Checkout asks for the address once\n\n### Removed\n- The old importer', '2026-11-14T10:40-05:00'],
    ],
    window: 'm-14',
    deployments: [{ deployedAt: at('2026-11-14T10:20-05:00') }],
  }),
  releaseFact('4.1.1', {
    title: 'Totals of large carts',
    kind: 'emergency',
    notes: [['### Fixed\n- Totals of carts with more than 100 items', '2026-11-17T20:00-05:00']],
    deployments: [
      { deployedAt: at('2026-11-17T20:15-05:00'), place: 'outside_window', reason: 'Wrong totals secret', approvedBy: 'Ben Secret' },
    ],
  }),
  releaseFact('4.1.2', { title: 'Secret name', deployments: [{ deployedAt: at('2026-11-19T03:00-05:00'), place: 'outside_window' }] }),
  releaseFact('4.2.0', {
    title: 'Search by order number',
    notes: [[COMING, '2026-11-25T09:00-05:00']],
    window: 'm-28',
    planned: '2026-11-28T10:30-05:00',
  }),
  releaseFact('4.2.1', {
    title: 'Invoices in the language of the reader',
    notes: [['- Invoices', '2026-11-25T10:00-05:00']],
    window: 'm-28',
  }),
  releaseFact('5.0.0', { title: 'Secret plan', notes: [['### Added\n- A secret', '2026-11-27T09:00-05:00']], window: 'm-28' }),
  releaseFact('6.0.0', { title: 'Secret draft', notes: [['### Added\n- A secret', null]] }),
];
