/** What months are judged by, written by hand: components with the spans that they are given, all of them critical. */
import type { LocationState, Span } from '#domain/check/span.ts';
import type { LedgerComponent, LedgerFacts } from '#domain/ledger/ledger-facts.ts';
import type { AnnouncementFact } from '#domain/maintenance/announcement-fact.ts';
import { type Instant, instant } from '#domain/time/instant.ts';
import { instantOfIso } from '#domain/time/iso.ts';
import { policyOf } from './believable-ledger.ts';

const atOf = (when: string | number): Instant => {
  const found = typeof when === 'number' ? instant(when) : instantOfIso(when);
  if (found === null) throw new Error(`${when} is no instant`);
  return found;
};

/** `strict` reads the same. */
export const said = (start: string | number, end: string | number, state: LocationState): Span => ({
  start: atOf(start),
  end: atOf(end),
  lenient: state,
  strict: state,
  slow: false,
});

export const announcementFact = (id: string, recordedAt: string, start: string, end: string): AnnouncementFact => ({
  id,
  recordedAt: atOf(recordedAt),
  components: '*',
  imported: false,
  author: null,
  revisions: [
    {
      rev: 1,
      recordedAt: atOf(recordedAt),
      publicAt: atOf(recordedAt),
      start: atOf(start),
      end: atOf(end),
      title: `Work ${id}`,
      body: '',
      author: null,
    },
  ],
  ending: null,
  approval: null,
});

/** Spans by slug; watched since `createdAt`. */
export const ledgerOf = (
  asOf: Instant,
  spoken: Readonly<Record<string, readonly Span[]>>,
  change: Partial<LedgerFacts> = {},
  createdAt = instant(0),
): LedgerFacts => ({
  asOf,
  range: { start: instant(0), end: asOf },
  components: Object.entries(spoken).map(
    ([slug, spans]): LedgerComponent => ({
      slug,
      name: `The ${slug}`,
      createdAt,
      builtIn: false,
      versions: [{ from: createdAt, critical: true, removed: false }],
      timelines: [{ location: 'here', locationId: 1, spans, open: null }],
      panels: [{ from: instant(0), locations: [1], needed: 1 }],
      rulings: [],
    }),
  ),
  announcements: [],
  silences: [],
  policies: [policyOf()],
  agreements: [],
  adjudications: [],
  undecided: [],
  claims: [],
  incidents: [],
  ...change,
});
