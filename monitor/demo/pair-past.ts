/**
 * The past of one component at one location, as recorder and compaction would have left it: packs of the days that ended two
 * days ago, hot rows of the others, spans and daily rollups. All of it goes through the product's own fold, pack and rollup.
 */
import { insertChecks, type Pair } from '#db/queries/checks.ts';
import { insertDaily } from '#db/queries/daily.ts';
import { type ComponentHistory, versionAt } from '#db/queries/definitions.ts';
import { closedSpans } from '#db/queries/facts.ts';
import type { CheckRow } from '#db/queries/pack.ts';
import { replacePack } from '#db/queries/packs.ts';
import type { Statement } from '#db/store.ts';
import { OUTCOMES } from '#domain/check/check-result.ts';
import { type Cursor, foldOn, type Piece, type Sample } from '#domain/check/confirmation.ts';
import { type DaySample, dayInterval, rollUpDay, spansOfDay } from '#domain/check/day-rollup.ts';
import { after, HOUR, type Instant, instant, MINUTE } from '#domain/time/instant.ts';
import { dayOf } from '#domain/time/zone.ts';
import { checkDays, type Watch } from './check-days.ts';
import type { Dated } from './dated.ts';
import type { Random } from './seeded.ts';

export interface PairPast extends Pair {
  readonly pieces: readonly Piece[];
  /** Checks that failed, in order. */
  readonly failures: readonly CheckRow[];
  readonly dated: readonly Dated[];
  readonly checks: number;
  readonly packedDays: number;
}

/** As core/compaction.ts does it. */
const HOT_FOR = 48 * HOUR;
const PHASE_DAYS = 7;
/** A day counts as over this long after its end, so that its last samples speak no more. */
const ROLLED_AFTER = 10 * MINUTE;
const ROWS_PER_STATEMENT = 1_000;
const FAIL = OUTCOMES.indexOf('fail');

/** The first day whose good checks keep their phases, `until` being now. */
export const phasesFrom = (until: Instant): number => dayOf(until) - PHASE_DAYS;

const sampleOf = ({ at, outcome, latencyUs }: CheckRow): DaySample => ({
  at: at as Instant,
  outcome: OUTCOMES[outcome] ?? 'error',
  latencyUs,
});
const isEvidence = (sample: DaySample): sample is DaySample & Sample => sample.outcome !== 'error';

const hotRows = (pair: Pair, rows: readonly CheckRow[]): Statement[] => {
  const statements: Statement[] = [];
  for (let i = 0; i < rows.length; i += ROWS_PER_STATEMENT)
    statements.push(insertChecks(rows.slice(i, i + ROWS_PER_STATEMENT).map((row) => ({ ...pair, row }))));
  return statements;
};

/** `until`: now; the store is as it would be then. */
export const pairPast = (pair: Pair, versions: ComponentHistory['versions'], watch: Watch, until: Instant, random: Random): PairPast => {
  const lastPacked = dayOf(instant(until - HOT_FOR)) - 1;
  const lastRolled = dayOf(instant(until - ROLLED_AFTER)) - 1;
  const dated: Dated[] = [];
  const done: Piece[] = [];
  const failures: CheckRow[] = [];
  let cursor: Cursor | null = null;
  let [checks, packedDays] = [0, 0];
  let waiting: { readonly day: number; readonly samples: readonly DaySample[] } | null = null;

  const pieces = (): Piece[] => (cursor ? [...done, ...cursor.tail] : done);
  /** One day late: only then nothing in it can change any more. */
  const rollUp = (): void => {
    if (!waiting || !cursor || waiting.day > lastRolled) return;
    const { day, samples } = waiting;
    const spans = closedSpans(pieces(), after(cursor.lastAt, cursor.hold));
    if (spans[0] && dayOf(spans[0].start) <= day)
      dated.push({
        at: dayInterval(day + 1).end,
        statements: [insertDaily(pair, day, rollUpDay(day, samples, spansOfDay(spans, day)))],
      });
  };
  for (const { day, rows } of checkDays(watch, random)) {
    const { end } = dayInterval(day);
    const packed = day <= lastPacked;
    if (rows.length > 0)
      dated.push({ at: end, statements: packed ? replacePack(pair, day, rows, ({ phases }) => phases !== null) : hotRows(pair, rows) });
    checks += rows.length;
    if (packed && rows.length > 0) packedDays++;
    for (const row of rows) if (row.outcome === FAIL) failures.push(row);
    const samples = rows.map(sampleOf);
    const folded = foldOn(cursor, samples.filter(isEvidence), (at) => versionAt(versions, at));
    for (const piece of folded.done) done.push(piece);
    cursor = folded.cursor;
    rollUp();
    waiting = { day, samples };
  }
  rollUp();
  return { ...pair, pieces: pieces(), failures, dated, checks, packedDays };
};

/** The spans as the recorder would have left them by `at`. */
export const piecesBy = (pieces: readonly Piece[], at: Instant): Piece[] =>
  pieces.filter(({ start }) => start < at).map((piece) => (piece.end !== null && piece.end > at ? { ...piece, end: null } : piece));
