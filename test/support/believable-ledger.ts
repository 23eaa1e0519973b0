/**
 * What months are judged by, for the components of believable facts: their last ninety days as they are, the months before in
 * the same manner, and Saturdays of all sorts: announced in time, late, edited, cancelled, done early, forgotten. Seeded.
 */
import type { Span } from '#domain/check/span.ts';
import type { LedgerComponent, LedgerFacts, PolicyVersion } from '#domain/ledger/ledger-facts.ts';
import type { AnnouncementFact, EndingFact, RevisionFact } from '#domain/maintenance/announcement-fact.ts';
import { slotsBetween } from '#domain/sla/reserve.ts';
import type { Terms } from '#domain/sla/terms.ts';
import { DAY, HOUR, type Instant, instant, MINUTE, millis } from '#domain/time/instant.ts';
import type { Interval } from '#domain/time/interval.ts';
import { seeded } from '#monitor/demo/seeded.ts';
import type { Believable } from './believable-facts.ts';

export const SAMPLE_TERMS: Terms = {
  reserve: { weekday: 'SAT', start: '10:00', durationMin: 300, zone: 'America/New_York' },
  minNoticeMs: millis(0),
  targetPpm: 995_000,
  unknownPolicy: 'exclude',
  countDegraded: false,
};
export const policyOf = (terms: Partial<Terms> = {}): PolicyVersion => ({
  from: instant(0),
  terms: { ...SAMPLE_TERMS, ...terms },
  zone: 'America/New_York',
  sha256: '0'.repeat(64),
  sentinels: 0,
});

const said = (start: number, end: number, lenient: Span['lenient']): Span => ({
  start: instant(start),
  end: instant(end),
  lenient,
  strict: lenient,
  slow: false,
});

/** From `from` to `until`: up, with a trouble every month or so. */
const earlier = (from: number, until: number, random: () => number): Span[] => {
  const spans: Span[] = [];
  let at = from;
  while (at < until) {
    const trouble = Math.min(until, at + (8 + random() * 40) * DAY);
    spans.push(said(at, Math.floor(trouble), 'up'));
    const length = Math.round(5 + random() ** 3 * 240) * MINUTE;
    const end = Math.min(until, Math.floor(trouble) + length);
    if (end > trouble) spans.push(said(Math.floor(trouble), end, random() < 0.75 ? 'down' : random() < 0.5 ? 'unknown' : 'blip'));
    at = Math.max(end, Math.floor(trouble));
  }
  return spans.filter(({ start, end }) => start < end);
};

const TITLES = ['Database upgrade', 'New release of the storefront', 'Move to new hardware', 'Certificate renewal', 'Search index rebuilt'];

const announcementOf = (slot: Interval, n: number): AnnouncementFact | null => {
  const kind = n % 7;
  if (kind === 3) return null;
  const recordedAt = instant(kind === 5 ? slot.start + 20 * MINUTE : slot.start - 3 * DAY);
  const start = instant(slot.start + (n % 3) * 30 * MINUTE);
  const revision: RevisionFact = {
    rev: 1,
    recordedAt,
    publicAt: recordedAt,
    start,
    end: instant(start + (1 + (n % 3)) * HOUR),
    title: TITLES[n % TITLES.length] ?? '',
    body: '',
    author: 'ann',
  };
  const edited: RevisionFact = {
    ...revision,
    rev: 2,
    recordedAt: instant(slot.start + HOUR),
    publicAt: instant(slot.start + HOUR),
    end: instant(revision.end + HOUR),
  };
  const ending: EndingFact | null = kind === 2 ? { kind: 'completed', recordedAt: instant(start + 40 * MINUTE), author: 'ann' } : null;
  return {
    id: `m${n}`,
    recordedAt,
    components: '*',
    imported: false,
    author: 'ann',
    revisions: kind === 1 ? [revision, edited] : [revision],
    ending,
    approval: null,
  };
};

const announcementsIn = (range: Interval): AnnouncementFact[] =>
  slotsBetween(SAMPLE_TERMS.reserve, range.start, range.end).flatMap((slot, n) => announcementOf(slot, n) ?? []);

/** Thirteen months and a bit, as of `asOf`; `change` replaces what a test is about. */
export const believableLedger = (facts: Believable, asOf: Instant, change: Partial<LedgerFacts> = {}, seed = 3): LedgerFacts => {
  const random = seeded(seed);
  const range = { start: instant(asOf - 400 * DAY), end: instant(asOf + 8 * DAY) };
  const components = facts.components.map(({ id, slug, name, createdAt, critical, panels }): LedgerComponent => {
    const spoken = facts.spans.filter((spans) => spans.componentId === id);
    return {
      slug,
      name,
      createdAt,
      builtIn: false,
      versions: [{ from: createdAt, critical, removed: false }],
      panels,
      rulings: [],
      timelines: spoken.map(({ locationId, spans, open }) => {
        const first = spans[0]?.start ?? open?.start ?? asOf;
        return { location: 'Frankfurt', locationId, spans: [...earlier(createdAt, first, random), ...spans], open };
      }),
    };
  });
  return {
    asOf,
    range,
    components,
    announcements: announcementsIn(range),
    silences: [],
    policies: [policyOf()],
    agreements: [],
    adjudications: [],
    undecided: [],
    claims: [],
    incidents: facts.incidents.map(({ id, title, startedAt, resolvedAt, componentIds }) => ({
      id,
      title,
      start: startedAt,
      end: resolvedAt ?? range.end,
      components: facts.components.filter((component) => componentIds.includes(component.id)).map(({ slug }) => slug),
    })),
    ...change,
  };
};

/** For tests in which nobody else waits for a turn. */
export const noTurn = async (): Promise<void> => undefined;
