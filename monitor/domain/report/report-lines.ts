/**
 * The lines of a statement in the form of the report: with the checks that stand behind them, how far their edges may be off, and
 * the incidents of that time. Units: integer ms, instants as ISO text. Source: semantics A3, D5.
 */
import type { Line } from '../sla/statement-lines.ts';
import { overlaps } from '../time/interval.ts';
import { isoOf } from '../time/iso.ts';
import type { ReportDocument, ReportDowntime, ReportLine, ReportSample, ReportSlot, ReportWitness } from './report-document.ts';
import type { IncidentMark, ReportFacts, SlotUse, Witness, WitnessedSample } from './report-facts.ts';
import { atOf } from './report-times.ts';

/** In the order of UTF-16, each once. */
export const inOrder = (texts: readonly string[]): string[] => [...new Set(texts)].sort();
/** In the order of a text of theirs; of several with one text the last counts. */
export const byText = <T>(ones: readonly T[], textOf: (one: T) => string): T[] => {
  const told = new Map(ones.map((one) => [textOf(one), one]));
  return inOrder([...told.keys()]).flatMap((text) => told.get(text) ?? []);
};

export const lineOf = ({ id, start, end, ms }: Line): ReportLine => ({ id, start: isoOf(start), end: isoOf(end), ms });

const sampleOf = (sample: WitnessedSample | null): ReportSample | null =>
  sample && {
    at: isoOf(sample.at),
    outcome: sample.outcome,
    reason: sample.reason,
    http_status: sample.httpStatus,
    detail: sample.detail,
  };

const witnessOf = (witness: Witness): ReportWitness => ({
  location: witness.location,
  kept: witness.kept,
  failures: witness.failures,
  last_good_before: sampleOf(witness.lastGoodBefore),
  first_bad: sampleOf(witness.firstBad),
  last_bad: sampleOf(witness.lastBad),
  first_good_after: sampleOf(witness.firstGoodAfter),
});

/** The longest of the gaps `[from, to)`; null when there is none, or one of them is not known. */
const widest = (gaps: readonly (readonly [ReportSample | null, ReportSample | null])[]): number | null => {
  const lengths = gaps.map(([from, to]) => (from && to ? atOf(to.at) - atOf(from.at) : null));
  return lengths.reduce<number | null>(
    (most, length) => (most === null || length === null ? null : Math.max(most, length)),
    lengths[0] ?? null,
  );
};

/**
 * How far the true edges may lie from those of a line, over the locations whose check drew them: with a quorum the others had failed
 * before, or recovered later. Null where a window, the month, silence or a person drew the edge, or a check is not known.
 */
export const edgesOf = (
  { start, end }: Pick<ReportLine, 'start' | 'end'>,
  witnesses: readonly ReportWitness[],
): Pick<ReportDowntime, 'start_uncertainty_ms' | 'end_uncertainty_ms'> => {
  const began = witnesses.filter(({ first_bad }) => first_bad?.at === start);
  const ended = witnesses.filter(({ failures, first_good_after }) => failures > 0 && first_good_after?.at === end);
  return {
    start_uncertainty_ms: widest(began.map(({ last_good_before, first_bad }) => [last_good_before, first_bad])),
    end_uncertainty_ms: widest(ended.map(({ last_bad, first_good_after }) => [last_bad, first_good_after])),
  };
};

const incidentsOf = (line: Line & { readonly component: string }, incidents: readonly IncidentMark[]): string[] =>
  inOrder(incidents.filter((mark) => overlaps(mark, line) && mark.components.includes(line.component)).map(({ id }) => id));

const downtimeOf = ({ statement, witnesses, incidents }: ReportFacts): ReportDowntime[] =>
  statement.downtime.map((line) => {
    const bare = lineOf(line);
    const seen = byText((witnesses.get(line.id) ?? []).map(witnessOf), ({ location }) => location);
    return {
      ...bare,
      component: line.component,
      source: line.override === null ? 'probe' : 'override',
      override: line.override,
      witnesses: seen,
      ...edgesOf(bare, seen),
      incidents: incidentsOf(line, incidents),
    };
  });

/** Everything that is a line, in the statement's order. */
export const linesOf = (facts: ReportFacts): Pick<ReportDocument, 'downtime' | 'exclusions' | 'refused' | 'unknown' | 'blips'> => {
  const { exclusions, refused, unknown, blips } = facts.statement;
  return {
    downtime: downtimeOf(facts),
    exclusions: exclusions.map((line) => ({
      ...lineOf(line),
      components: line.components,
      announcements: line.announcements.map(({ id, rev, announcedAt }) => ({ id, rev, announced_at: isoOf(announcedAt) })),
    })),
    refused: refused.map((line) => ({ ...lineOf(line), announcement: line.announcement, reason: line.reason })),
    unknown: unknown.map((line) => ({ ...lineOf(line), components: line.components.map(({ id, cause }) => ({ id, cause })) })),
    blips: blips.map((line) => ({ ...lineOf(line), component: line.component, location: line.location, counted: line.counted })),
  };
};

export const slotsOf = (slots: readonly SlotUse[]): ReportSlot[] =>
  byText(
    slots.map(({ start, end, reservedMs, announcedMs, excludedMs, usedMs }) => ({
      start: isoOf(start),
      end: isoOf(end),
      reserved_ms: reservedMs,
      announced_ms: announcedMs,
      excluded_ms: excludedMs,
      used_ms: usedMs,
    })),
    ({ start }) => start,
  );
