import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Cursor, foldSamples, type Piece, type Sample, step } from '#domain/check/confirmation.ts';
import { composeLocations, type LocationTimeline } from '#domain/check/quorum.ts';
import { refold } from '#domain/check/refold.ts';
import type { Judgement, OpenSpan, Span } from '#domain/check/span.ts';
import { after, type Instant, instant, millis } from '#domain/time/instant.ts';

const seed = Number(process.env['AVOW_TEST_SEED'] ?? 20260701);
const law = (runs: number): fc.Parameters<unknown> => ({ seed, numRuns: runs });

const judged = (hold: number, confirmations: number): ((at: Instant) => Judgement) => {
  const judgement = { hold: millis(hold), confirmations };
  return () => judgement;
};
const samples = (...list: [number, Sample['outcome']][]): Sample[] => list.map(([s, outcome]) => ({ at: instant(s * 1_000), outcome }));
const shown = (pieces: readonly Piece[]): string[] =>
  pieces.map((p) => `${p.start / 1_000}-${p.end === null ? '' : p.end / 1_000} ${p.lenient}/${p.strict}${p.slow ? ' slow' : ''}`);

describe('a location as its samples tell it', () => {
  const fold = (list: Sample[], hold = 150_000, n = 2) => shown(foldSamples(list, judged(hold, n)).pieces);

  test('two failures in a row are down from the first of them until the first good sample', () => {
    expect(fold(samples([0, 'ok'], [60, 'fail'], [120, 'fail'], [180, 'ok']))).toEqual(['0-60 up/up', '60-180 down/down', '180- up/up']);
  });
  test('one failure refuted within the hold is a blip', () => {
    expect(fold(samples([0, 'ok'], [60, 'fail'], [70, 'ok']))).toEqual(['0-60 up/up', '60-70 blip/blip', '70- up/up']);
  });
  test('one failure and then silence is unknown, and so is the silence', () => {
    expect(fold(samples([0, 'ok'], [60, 'fail'], [900, 'ok']))).toEqual(['0-60 up/up', '60-900 unknown/unknown', '900- up/up']);
  });
  test('a failure not yet confirmed nor refuted is pending', () => {
    expect(fold(samples([0, 'ok'], [60, 'fail']))).toEqual(['0-60 up/up', '60- pending/pending']);
  });
  test('a gap equal to the hold is covered; one millisecond more is one millisecond unknown', () => {
    expect(fold(samples([0, 'ok'], [150, 'ok']))).toEqual(['0- up/up']);
    expect(fold(samples([0, 'ok'], [150.001, 'ok']))).toEqual(['0-150 up/up', '150-150.001 unknown/unknown', '150.001- up/up']);
  });
  test('an outage cannot be confirmed through silence', () => {
    expect(fold(samples([0, 'fail'], [200, 'fail'], [260, 'ok']))).toEqual(['0-200 unknown/unknown', '200-260 blip/blip', '260- up/up']);
  });
  test('slow is good in the lenient reading and bad in the strict one', () => {
    expect(fold(samples([0, 'ok'], [60, 'slow'], [120, 'fail'], [180, 'ok']))).toEqual([
      '0-60 up/up',
      '60-120 up/down slow',
      '120-180 blip/down',
      '180- up/up',
    ]);
  });
  test('with N = 1 the first failure is down', () => {
    expect(fold(samples([0, 'ok'], [60, 'fail'], [70, 'ok']), 150_000, 1)).toEqual(['0-60 up/up', '60-70 down/down', '70- up/up']);
  });
  test('a sample is judged by the version in force at its instant', () => {
    const versions = (at: Instant): Judgement =>
      at < 100_000 ? { hold: millis(150_000), confirmations: 3 } : { hold: millis(30_000), confirmations: 2 };
    expect(shown(foldSamples(samples([0, 'fail'], [60, 'fail'], [120, 'fail'], [151, 'ok']), versions).pieces)).toEqual([
      '0-150 down/down',
      '150-151 unknown/unknown',
      '151- up/up',
    ]);
  });
  test('a sample out of order is refused', () => {
    const { cursor } = step(null, { at: instant(10), outcome: 'ok' }, { hold: millis(10), confirmations: 2 });
    expect(() => step(cursor, { at: instant(10), outcome: 'ok' }, { hold: millis(10), confirmations: 2 })).toThrow('not newer');
  });
});

/** The definition of semantics A3 asked tick by tick; nothing of the fold is used. */
const askTick = (list: readonly Sample[], t: number, judgementAt: (at: Instant) => Judgement, strict: boolean): string => {
  const bad = (s: Sample): boolean => s.outcome === 'fail' || (strict && s.outcome === 'slow');
  const joined = (i: number): boolean => {
    const a = list[i];
    const b = list[i + 1];
    return !!a && !!b && b.at - a.at <= judgementAt(a.at).hold;
  };
  const i = list.findLastIndex((s) => s.at <= t);
  const here = list[i];
  if (!here || t >= here.at + judgementAt(here.at).hold) return 'unknown';
  if (!bad(here)) return 'up';
  let lo = i;
  while (lo > 0 && joined(lo - 1) && bad(list[lo - 1] as Sample)) lo--;
  let hi = i;
  while (joined(hi) && bad(list[hi + 1] as Sample)) hi++;
  for (let k = lo; k <= hi; k++) if (k - lo + 1 >= judgementAt((list[k] as Sample).at).confirmations) return 'down';
  if (joined(hi)) return 'blip';
  return hi === list.length - 1 ? 'pending' : 'unknown';
};

const arbitraryHistory = fc.record({
  samples: fc.uniqueArray(
    fc.record({ at: fc.integer({ min: 0, max: 120 }), outcome: fc.constantFrom('ok', 'ok', 'slow', 'fail', 'fail') }),
    {
      selector: (s) => s.at,
      maxLength: 40,
      size: 'max',
    },
  ),
  versionAt: fc.integer({ min: 0, max: 120 }),
  first: fc.record({ hold: fc.integer({ min: 1, max: 9 }), confirmations: fc.integer({ min: 1, max: 4 }) }),
  second: fc.record({ hold: fc.integer({ min: 1, max: 9 }), confirmations: fc.integer({ min: 1, max: 4 }) }),
});
type History = {
  samples: { at: number; outcome: string }[];
  versionAt: number;
  first: { hold: number; confirmations: number };
  second: { hold: number; confirmations: number };
};
const ordered = (history: History): Sample[] =>
  [...history.samples].sort((a, b) => a.at - b.at).map((s) => ({ at: instant(s.at), outcome: s.outcome as Sample['outcome'] }));
const versionsOf =
  (history: History) =>
  (at: Instant): Judgement =>
    (at < history.versionAt ? history.first : history.second) as unknown as Judgement;

/** A table of spans kept only through the changes the fold answers, as the store keeps it. */
class Table {
  readonly rows = new Map<number, Piece>();
  apply({ removed, put }: { removed: readonly Instant[]; put: readonly Piece[] }): void {
    for (const start of removed) this.rows.delete(start);
    for (const piece of put) this.rows.set(piece.start, piece);
  }
  get list(): Piece[] {
    return [...this.rows.values()].sort((a, b) => a.start - b.start);
  }
}

describe('laws of the fold', () => {
  test('every tick says what the definition says of it', () => {
    fc.assert(
      fc.property(arbitraryHistory, (history) => {
        const list = ordered(history);
        const versions = versionsOf(history);
        const { pieces, cursor } = foldSamples(list, versions);
        const end = cursor ? after(cursor.lastAt, cursor.hold) : 0;
        for (let t = 0; t <= 130; t++) {
          const piece = pieces.find((p) => p.start <= t && t < (p.end ?? end));
          expect(piece?.lenient ?? 'unknown').toBe(askTick(list, t, versions, false));
          expect(piece?.strict ?? 'unknown').toBe(askTick(list, t, versions, true));
        }
      }),
      law(1500),
    );
  });
  test('spans are disjoint, in order, without holes, and no two neighbours are alike', () => {
    fc.assert(
      fc.property(arbitraryHistory, (history) => {
        const { pieces } = foldSamples(ordered(history), versionsOf(history));
        pieces.forEach((piece, i) => {
          const next = pieces[i + 1];
          expect(piece.end).toBe(next ? next.start : null);
          if (next) expect(shown([{ ...piece, start: next.start, end: next.end }])).not.toEqual(shown([next]));
        });
      }),
      law(500),
    );
  });
  test('one sample at a time leaves the same spans as all at once', () => {
    fc.assert(
      fc.property(arbitraryHistory, (history) => {
        const table = new Table();
        let cursor: Cursor | null = null;
        for (const sample of ordered(history)) {
          const next = step(cursor, sample, versionsOf(history)(sample.at));
          table.apply(next.changes);
          cursor = next.cursor;
        }
        expect(table.list).toEqual(foldSamples(ordered(history), versionsOf(history)).pieces);
      }),
      law(1000),
    );
  });
  test('a refold from the plain ok before to the plain ok after late samples equals the full fold', () => {
    fc.assert(
      fc.property(arbitraryHistory, fc.array(fc.nat(39), { minLength: 1, maxLength: 5 }), (history, picks) => {
        const all = ordered(history);
        if (all.length === 0) return;
        const late = new Set(picks.map((pick) => all[pick % all.length] as Sample));
        const before = all.filter((sample) => !late.has(sample));
        const table = new Table();
        table.apply({ removed: [], put: foldSamples(before, versionsOf(history)).pieces });
        const firstLate = Math.min(...[...late].map((s) => s.at));
        const lastLate = Math.max(...[...late].map((s) => s.at));
        const from = before.filter((s) => s.outcome === 'ok' && s.at < firstLate).at(-1)?.at ?? Number.NEGATIVE_INFINITY;
        const to = before.find((s) => s.outcome === 'ok' && s.at > lastLate)?.at;
        const stretch = all.filter((s) => s.at >= from && s.at <= (to ?? Number.POSITIVE_INFINITY));
        const [first, last] = [stretch[0] as Sample, stretch.at(-1) as Sample];
        const stored = table.list.filter((p) => (p.end === null || p.end >= first.at) && p.start <= last.at);
        table.apply(refold({ samples: stretch, closedByOk: to !== undefined }, stored, versionsOf(history)));
        expect(table.list).toEqual(foldSamples(all, versionsOf(history)).pieces);
      }),
      law(2000),
    );
  });
});

const folder = new URL('../../oracle/availability/', import.meta.url);
interface ProbeEntry {
  at?: string;
  from?: string;
  to?: string;
  every_ms?: number;
  outcome: string;
}
const ms = (text: string): number => Date.parse(text);
const samplesOf = (entries: readonly ProbeEntry[]): Sample[] => {
  const found = new Map<number, string>();
  for (const entry of entries) {
    if (entry.at) found.set(ms(entry.at), entry.outcome);
    else for (let t = ms(entry.from ?? ''); t < ms(entry.to ?? ''); t += entry.every_ms ?? 60_000) found.set(t, entry.outcome);
  }
  return [...found]
    .filter(([, outcome]) => outcome !== 'error')
    .sort(([a], [b]) => a - b)
    .map(([at, outcome]) => ({ at: instant(at), outcome: outcome as Sample['outcome'] }));
};
const timelineOf = (list: Sample[], judgementAt: (at: Instant) => Judgement): LocationTimeline => {
  const { pieces, cursor } = foldSamples(list, judgementAt);
  const open = pieces.at(-1);
  return {
    spans: pieces.slice(0, -1) as Span[],
    open: open && cursor ? ({ ...open, coveredUntil: after(cursor.lastAt, cursor.hold) } as OpenSpan) : null,
  };
};

describe('the oracle cases that carry probes', () => {
  const cases = readdirSync(folder)
    .map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')))
    .filter((c) => c.components?.length === 1 && c.components[0].probes && c.period.start);

  test('at least the probe cases c25 to c31 and c38 are among them', () => {
    expect(cases.map((c) => c.name.slice(0, 3)).filter((id: string) => /c2[5789]|c3[018]/.test(id)).length).toBeGreaterThanOrEqual(7);
  });
  test.each(cases.map((c) => [c.name, c] as const))('%s', (_name, c) => {
    const [component] = c.components;
    const judgementAt = judged(c.rules?.hold_ms ?? 150_000, c.rules?.confirm_failures ?? 2);
    const lanes = Object.values(component.probes as Record<string, ProbeEntry[]>).map((entries) =>
      timelineOf(samplesOf(entries), judgementAt),
    );
    const over = { start: instant(ms(c.period.start)), end: instant(ms(c.period.end)) };
    const quorum = { locations: lanes.length, needed: component.quorum ?? Math.floor(lanes.length / 2) + 1 };
    const reading = c.rules?.count_degraded ? 'strict' : 'lenient';
    const sum = { up: 0, down: 0, unknown: 0 };
    for (const part of composeLocations(lanes, quorum, reading, over, instant(over.end + 86_400_000)))
      sum[part.state] += part.end - part.start;
    expect({ down: sum.down, unknown: sum.unknown, up: sum.up }).toEqual({
      down: c.expected.downtime_ms,
      unknown: c.expected.unknown_ms,
      up: c.expected.up_ms ?? sum.up,
    });
  });
});
