/**
 * Cases of `avow availability`: one contract over one period as a JSON file, in the format of docs/availability-cases.md. Read
 * strictly: a key that is not known, or an instant without an offset, is a fault with its path, never a guess, because a
 * figure that silently ignores a line is worse than none. Times come out as instants, lengths in ms.
 */
import { z } from 'zod';
import type { Sample } from '#domain/check/confirmation.ts';
import { WEEKDAYS } from '#domain/sla/reserve.ts';
import { DAY, type Instant, instant, type Millis, millis } from '#domain/time/instant.ts';
import { dayOfText, instantOfIso } from '#domain/time/iso.ts';
import { pathText } from '#monitor/config/fault.ts';
import { oneOf, text, timeOfDay, wholeNumber, zone } from '#monitor/config/fields.ts';
import { leaf, quoted, wrong } from '#monitor/config/leaf.ts';
import { readValue } from '#monitor/config/mapping.ts';

/** More results than this of one location are refused: a slip in `every_ms`, not a case. */
const MOST_RESULTS = 5_000_000;
const MOST_MS = 400 * DAY;
const MOST_MONEY = Number.MAX_SAFE_INTEGER;

const at = () =>
  leaf('an instant such as 2026-03-08T01:30:00-05:00', (value) => {
    if (typeof value !== 'string') return null;
    return (
      instantOfIso(value) ??
      wrong(`must be an instant with an offset, in whole milliseconds, such as 2026-03-08T01:30:00-05:00, not ${quoted(value)}`)
    );
  });
const date = () =>
  leaf('a date such as 2026-03-08', (value) => {
    if (typeof value !== 'string') return null;
    return dayOfText(value) === null ? wrong(`must be a date of the calendar such as 2026-03-08, not ${quoted(value)}`) : value;
  });
const month = () =>
  leaf('a month such as 2026-03', (value) => {
    if (typeof value !== 'string') return null;
    return /^\d{4}-(0[1-9]|1[0-2])$/.test(value) ? value : wrong(`must be a month such as 2026-03, not ${quoted(value)}`);
  });
const yesOrNo = () => leaf('true or false', (value) => (typeof value === 'boolean' ? value : null));
const length = (least: number) => wholeNumber(least, MOST_MS).transform((ms): Millis => millis(ms));
const ppm = () => wholeNumber(0, 1_000_000);
const basisPoints = () => wholeNumber(0, 10_000);
const money = () => wholeNumber(0, MOST_MONEY);

const periodSchema = z
  .strictObject({ month: month().optional(), start: at().optional(), end: at().optional() })
  .transform((period, context) => {
    const { month, start, end } = period;
    if (month !== undefined && start === undefined && end === undefined) return { month };
    if (month === undefined && start !== undefined && end !== undefined) return { start, end };
    context.issues.push({ code: 'custom', message: 'must have either "month", or both "start" and "end"', input: period });
    return z.NEVER;
  });

const reserveSchema = z
  .strictObject({
    weekday: oneOf(...WEEKDAYS).prefault('SAT'),
    start: timeOfDay().prefault('10:00'),
    duration_min: wholeNumber(1, 1_440).prefault(300),
    zone: zone().prefault('America/New_York'),
  })
  .transform(({ duration_min: durationMin, ...rest }) => ({ ...rest, durationMin }));

const rulesSchema = z
  .strictObject({
    reserve: reserveSchema.prefault({}),
    min_notice_ms: length(0).prefault(0),
    hold_ms: length(1).prefault(150_000),
    confirm_failures: wholeNumber(1, 1_000_000).prefault(2),
    count_degraded: yesOrNo().prefault(false),
    unknown_policy: oneOf('exclude', 'down', 'up').prefault('exclude'),
    target_ppm: ppm().prefault(995_000),
  })
  .transform((rules) => ({
    terms: {
      reserve: rules.reserve,
      minNoticeMs: rules.min_notice_ms,
      targetPpm: rules.target_ppm,
      unknownPolicy: rules.unknown_policy,
      countDegraded: rules.count_degraded,
    },
    judgement: { hold: rules.hold_ms, confirmations: rules.confirm_failures },
  }));

const announcementSchema = z
  .strictObject({
    id: text(200).optional(),
    announced_at: at().optional(),
    start: at().optional(),
    end: at().optional(),
    revisions: z.array(z.strictObject({ recorded_at: at(), start: at(), end: at() })).optional(),
    components: z.union([z.literal('*'), z.array(text(200))], 'must be "*" or a list of component ids').prefault('*'),
    cancelled_at: at().nullable().optional(),
    completed_at: at().nullable().optional(),
  })
  .transform(({ announced_at: recordedAt, start, end, revisions = [], components, ...rest }, context) => {
    const made = { id: rest.id, components, cancelledAt: rest.cancelled_at ?? null, completedAt: rest.completed_at ?? null };
    if (revisions.length > 0)
      return {
        ...made,
        revisions: revisions.map((one, index) => ({ recordedAt: one.recorded_at, start: one.start, end: one.end, rev: index + 1 })),
      };
    if (recordedAt !== undefined && start !== undefined && end !== undefined)
      return { ...made, revisions: [{ recordedAt, start, end, rev: 1 }] };
    context.issues.push({ code: 'custom', message: 'must have "announced_at", "start" and "end", or "revisions"', input: rest });
    return z.NEVER;
  });

const outcome = () => oneOf('ok', 'slow', 'fail', 'error');
const probeSchema = z
  .strictObject({
    at: at().optional(),
    from: at().optional(),
    to: at().optional(),
    every_ms: length(1).optional(),
    outcome: outcome(),
  })
  .transform((entry, context) => {
    const { at, from, to, every_ms: every, outcome } = entry;
    if (at !== undefined && from === undefined && to === undefined && every === undefined)
      return { from: at, to: instant(at + 1), every: millis(1), outcome };
    if (at === undefined && from !== undefined && to !== undefined && every !== undefined) return { from, to, every, outcome };
    context.issues.push({ code: 'custom', message: 'must have either "at", or "from", "to" and "every_ms"', input: entry });
    return z.NEVER;
  });
type Entry = z.output<typeof probeSchema>;

/** The results of one location; of several at one instant the one written last stands. `error` is no evidence and falls away. */
const samplesOf = (entries: readonly Entry[]): Sample[] => {
  const byInstant = new Map<Instant, Entry['outcome']>();
  for (const { from, to, every, outcome } of entries) for (let at = from; at < to; at = instant(at + every)) byInstant.set(at, outcome);
  const samples: Sample[] = [];
  for (const [at, outcome] of byInstant) if (outcome !== 'error') samples.push({ at, outcome });
  return samples.sort((a, b) => a.at - b.at);
};
const locationSchema = z.array(probeSchema).transform((entries, context) => {
  const results = entries.reduce((sum, { from, to, every }) => sum + Math.max(0, Math.ceil((to - from) / every)), 0);
  if (results <= MOST_RESULTS) return samplesOf(entries);
  const message = `must have at most ${MOST_RESULTS} results, and these entries make ${results}; is "every_ms" right?`;
  context.issues.push({ code: 'custom', message, input: entries });
  return z.NEVER;
});

const outageSchema = z.strictObject({ start: at(), end: at(), state: oneOf('down', 'unknown', 'degraded').prefault('down') });
const overrideSchema = z.strictObject({
  recorded_at: at(),
  start: at(),
  end: at().nullable(),
  state: oneOf('up', 'degraded', 'down', 'unknown'),
  revoked: yesOrNo().prefault(false),
});
const componentSchema = z
  .strictObject({
    id: text(200),
    critical: yesOrNo().prefault(true),
    outages: z.array(outageSchema).prefault([]),
    probes: z.record(z.string(), locationSchema).prefault({}),
    quorum: wholeNumber(1, 1_000).optional(),
    overrides: z.array(overrideSchema).prefault([]),
  })
  .transform((component, context) => {
    const { id, critical, outages, overrides } = component;
    const locations = Object.values(component.probes);
    const count = Math.max(1, locations.length);
    const needed = component.quorum ?? Math.floor(count / 2) + 1;
    if (needed > count && locations.length > 0)
      context.issues.push({
        code: 'custom',
        message: `has ${count} ${count === 1 ? 'location' : 'locations'} and a quorum of ${needed}; lower the quorum`,
        input: component,
      });
    return { id, critical, outages, locations, overrides, quorum: { locations: count, needed: Math.min(needed, count) } };
  });

const creditSchema = z.strictObject({
  monthly_fee_minor: money(),
  prorate: yesOrNo().prefault(true),
  tiers: z.array(z.strictObject({ below_ppm: ppm(), credit_bp: basisPoints() })),
  cap_bp: basisPoints().prefault(10_000),
  min_credit_minor: money().prefault(0),
});

/** What a case may expect, and what the answer holds. */
export const RESULT_KEYS = [
  'period_ms',
  'excluded_ms',
  'eligible_ms',
  'unknown_ms',
  'downtime_ms',
  'up_ms',
  'known_ms',
  'budget_ms',
  'remaining_ms',
  'availability',
  'lower',
  'upper',
  'verdict',
  'billed_minor',
  'credit_bp',
  'credit_minor',
] as const;
export type ResultKey = (typeof RESULT_KEYS)[number];

const figure = () =>
  leaf('a number, a text or null', (value) => (typeof value === 'number' || typeof value === 'string' ? value : null)).nullable();
const expectedShape = Object.fromEntries(RESULT_KEYS.map((key) => [key, figure().optional()])) as Record<
  ResultKey,
  z.ZodOptional<ReturnType<typeof figure>>
>;

const caseSchema = z.strictObject({
  name: text(500).optional(),
  why: text(10_000, { lines: true, empty: true }).optional(),
  period: periodSchema,
  timezone: zone().prefault('America/New_York'),
  contract: z.strictObject({ start_date: date().nullable().optional(), end_date: date().nullable().optional() }).prefault({}),
  rules: rulesSchema.prefault({}),
  announcements: z.array(announcementSchema).prefault([]),
  components: z.array(componentSchema).prefault([]),
  credit: creditSchema.optional(),
  expected: z.strictObject(expectedShape).optional(),
});
export type AvailabilityCase = z.output<typeof caseSchema>;

export type ReadCase = { readonly case: AvailabilityCase } | { readonly faults: readonly string[] };

/** A parsed JSON document as a case, or every fault of it as `path message`. */
export const readCase = (document: unknown): ReadCase => {
  const faults: string[] = [];
  const found = readValue(caseSchema, document, [], (path, predicate) => void faults.push(`${pathText(path) || 'the case'} ${predicate}`));
  return found === undefined || faults.length > 0 ? { faults } : { case: found };
};
