/**
 * The bounds of a report from its month, its dates and its zone. They hang on the time zone database: a report made with another one
 * may rightly have other bounds, and keeps them. Source: semantics B1, B3, D4, D5.
 */
import { claimDeadline } from '../sla/claim.ts';
import { contractMonth } from '../sla/contract-month.ts';
import { CLOSE_AFTER } from '../sla/month-statement.ts';
import { type ReserveRule, slotsBetween, WEEKDAYS } from '../sla/reserve.ts';
import { after, DAY } from '../time/instant.ts';
import { covered, intersect, lengthOf } from '../time/interval.ts';
import { isoOf } from '../time/iso.ts';
import type { ReportDocument, ReportSlot } from './report-document.ts';
import { mismatch, mismatches, type ReportFault, unless } from './report-fault.ts';
import { atOf, localText, stretchOf } from './report-times.ts';

/** No month is longer, nor a slot. Whatever says otherwise is not counted through. */
const LONGEST_PERIOD_MS = 32 * DAY;
const LONGEST_SLOT_MIN = 7 * 1_440;
/** One a week begins, and one may have begun before the period. */
const MOST_SLOTS = 6;

export const reserveOf = ({ policy: { reserve } }: ReportDocument): ReserveRule => {
  const weekday = WEEKDAYS.find((name) => name === reserve.weekday);
  if (!weekday) throw new RangeError(`"${reserve.weekday}" is no day of the week`);
  if (!(reserve.duration_min > 0 && reserve.duration_min <= LONGEST_SLOT_MIN))
    throw new RangeError(`no slot lasts ${reserve.duration_min} min`);
  return { weekday, start: reserve.start, durationMin: reserve.duration_min, zone: reserve.zone };
};

/** What other time zones would make different. */
export const checkBounds = (report: ReportDocument): ReportFault[] => {
  const { contract, period, as_of, month, claim } = report;
  const dates = { startDate: contract.start_date, endDate: contract.end_date, reportZone: contract.report_zone };
  const found = contractMonth(month, dates, atOf(as_of));
  const { start, end } = stretchOf(period);
  return [
    ...mismatches('period', period, {
      month_start: isoOf(found.month.start),
      month_end: isoOf(found.month.end),
      start: isoOf(found.period.start),
      end: isoOf(found.period.end),
      local_start: localText(period.zone, start),
      local_end: localText(period.zone, end),
    }),
    ...(claim.deadline === null
      ? []
      : mismatch('claim.deadline', claim.deadline, isoOf(claimDeadline(month, contract.report_zone, contract.claim.days)))),
  ];
};

/** What holds with any time zones. */
export const checkPeriod = (report: ReportDocument): ReportFault[] => {
  const { period, contract, state, as_of, figures, adjudication } = report;
  const [{ start, end }, monthStart, monthEnd, known] = [stretchOf(period), atOf(period.month_start), atOf(period.month_end), atOf(as_of)];
  const decided = figures.verdict !== 'indeterminate' || adjudication !== null;
  return [
    ...mismatch('id', report.id, `${contract.id}/${report.month}/${report.revision}`),
    ...mismatch('period.zone', period.zone, contract.report_zone),
    ...unless(monthStart <= start || start === end, 'period.start', period.start, 'the month begins later'),
    ...unless(start <= end, 'period.end', period.end, `it starts at ${period.start}`),
    ...unless(end <= monthEnd || start === end, 'period.end', period.end, `the month ends at ${period.month_end}`),
    ...unless(end <= known || start === end, 'period.end', period.end, `nothing is known after ${as_of}`),
    ...unless(known <= atOf(report.issued_at), 'as_of', as_of, `it was issued before, at ${report.issued_at}`),
    ...mismatch('state (open)', state === 'open', known < monthEnd),
    ...unless(state !== 'final' || known >= after(monthEnd, CLOSE_AFTER), 'state', state, 'the month ended less than 72 hours before'),
    ...unless(state !== 'final' || decided, 'state', state, 'the month is indeterminate and nobody has decided it'),
    ...unless(state === 'final' || report.chain === null, 'chain', report.chain, 'only a final report is bound to the chain'),
  ];
};

const slotFaults = (slot: ReportSlot, { exclusions }: ReportDocument): ReportFault[] => {
  const [where, part] = [`slots.${slot.start}`, stretchOf(slot)];
  return [
    ...mismatches(where, slot, {
      reserved_ms: lengthOf(part),
      excluded_ms: covered(exclusions.flatMap((line) => intersect(stretchOf(line), part) ?? [])),
    }),
    ...unless(slot.announced_ms <= slot.reserved_ms, `${where}.announced_ms`, slot.announced_ms, `${slot.reserved_ms} are reserved`),
    ...unless(slot.excluded_ms <= slot.announced_ms, `${where}.excluded_ms`, slot.excluded_ms, `${slot.announced_ms} are announced`),
    ...unless(slot.used_ms <= slot.excluded_ms, `${where}.used_ms`, slot.used_ms, `${slot.excluded_ms} are excluded`),
  ];
};

/** Every excluded millisecond lies in one slot of the reserve. */
export const checkSlots = (report: ReportDocument): ReportFault[] => [
  ...unless(report.slots.length <= MOST_SLOTS, 'slots', report.slots.length, `no month has more than ${MOST_SLOTS}`),
  ...report.slots.slice(0, MOST_SLOTS).flatMap((slot) => slotFaults(slot, report)),
  ...mismatch(
    'slots (excluded time together)',
    report.slots.reduce((sum, { excluded_ms }) => sum + excluded_ms, 0),
    report.figures.excluded_ms,
  ),
];

/** Which slots there are hangs on the time zones too. */
export const checkReserve = (report: ReportDocument): ReportFault[] => {
  const period = stretchOf(report.period);
  if (lengthOf(period) > LONGEST_PERIOD_MS) return [];
  const found = slotsBetween(reserveOf(report), period.start, period.end).flatMap((slot) => intersect(slot, period) ?? []);
  return mismatch(
    'slots',
    report.slots.map(({ start, end }) => `${start}/${end}`).join(' '),
    found.map(({ start, end }) => `${isoOf(start)}/${isoOf(end)}`).join(' '),
  );
};
