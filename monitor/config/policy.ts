/**
 * `policy`: the terms by which time is judged. Nothing of it is code: target, reserve and zone are data and every value
 * has a default (semantics, table of readings). `hold` and `confirmations` are defaults for components.
 */
import { z } from 'zod';
import { WEEKDAYS } from '#domain/sla/reserve.ts';
import type { Policy } from '#domain/sla/terms.ts';
import { DAY, MINUTE, SECOND } from '#domain/time/instant.ts';
import type { PolicyDefaults } from './config.ts';
import type { Report } from './fault.ts';
import { duration, flag, oneOf, percentage, timeOfDay, wholeNumber, zone } from './fields.ts';
import { documented } from './leaf.ts';
import { readMapping } from './mapping.ts';

export const reserveSchema = z.strictObject({
  weekday: documented(oneOf(...WEEKDAYS).prefault('SAT'), 'Day of the weekly reserve.'),
  start: documented(timeOfDay().prefault('10:00'), 'Wall time at which it starts, in its zone.'),
  duration: documented(
    duration(MINUTE, DAY).prefault('5h'),
    'Its length in elapsed time, whatever the clocks do meanwhile; whole minutes.',
  ),
  zone: documented(
    zone().optional(),
    'Zone of the wall time. `Etc/GMT+5` is the literal reading of "EST", fixed all year.',
    'the zone of the policy',
  ),
});

export const policySchema = z.strictObject({
  zone: documented(
    zone().prefault('America/New_York'),
    'Zone of calendar months and of the times that the page prints first. An IANA id with a "/", or UTC.',
  ),
  target: documented(percentage().prefault(99.5), 'Promised availability in per cent, at most four decimals; compared exactly.'),
  reserve: documented(reserveSchema.prefault({}), 'The weekly window in which announced maintenance is excluded.'),
  notice: documented(duration(0, 365 * DAY).prefault('0s'), 'How long before the reserve starts an announcement must be public.'),
  notes_lead: documented(
    duration(0, 365 * DAY).prefault('0s'),
    'How long before a window starts the notes of a release that is planned into it must be public.',
  ),
  unknown: documented(
    oneOf('exclude', 'down', 'up').prefault('exclude'),
    'What time without evidence counts as. `exclude` judges by the bounds and never turns a doubt into "up".',
  ),
  count_degraded: documented(flag().prefault(false), 'Whether slow answers count as downtime: the strict reading of "fully operational".'),
  hold: documented(
    duration(SECOND, 62 * DAY).optional(),
    'How long one result speaks for a component that has no `hold` of its own.',
    '2.5 × the interval of the component',
  ),
  confirmations: documented(
    wholeNumber(1, 10).prefault(2),
    'Failures in a row that make an outage, for components without their own number.',
  ),
});

/** What holds without a word of the file; under each reading, so that one bad key leaves the others judged. */
const DEFAULTS = policySchema.parse({});

/** Reads the section (absent: all defaults); answers what is good of it. */
export const readPolicy = (raw: unknown, report: Report): { readonly policy: Policy; readonly defaults: PolicyDefaults } => {
  const flat = policySchema.extend({ reserve: z.unknown() });
  const fields = readMapping(flat, raw === undefined ? {} : raw, ['policy'], report);
  const given = fields?.reserve === undefined ? {} : readMapping(reserveSchema, fields.reserve, ['policy', 'reserve'], report);
  const values = { ...DEFAULTS, ...fields };
  const reserve = { ...DEFAULTS.reserve, ...given };
  if (reserve.duration % MINUTE !== 0) report(['policy', 'reserve', 'duration'], 'must be whole minutes; write 300m or 5h');
  return {
    policy: {
      reserve: {
        weekday: reserve.weekday,
        start: reserve.start,
        durationMin: Math.floor(reserve.duration / MINUTE),
        zone: reserve.zone ?? values.zone,
      },
      targetPpm: values.target,
      minNoticeMs: values.notice,
      notesLeadMs: values.notes_lead,
      unknownPolicy: values.unknown,
      countDegraded: values.count_degraded,
      zone: values.zone,
    },
    defaults: { holdMs: values.hold ?? null, confirmations: values.confirmations },
  };
};
