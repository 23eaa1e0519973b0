/**
 * `credit_schedules`: what a missed month gives back, for contracts to name. None is in force until a contract does. A
 * schedule has no currency; the least credit is decimal text until a contract gives it one. Source: semantics D2.
 */
import { z } from 'zod';
import { scheduleSlip } from '#domain/sla/credit.ts';
import type { CreditTier } from '#domain/sla/terms.ts';
import { amount } from './contract-fields.ts';
import type { Report } from './fault.ts';
import { percentage, percentageText, slug } from './fields.ts';
import { documented } from './leaf.ts';
import { readList, readMapping } from './mapping.ts';
import { type Named, readNamed } from './named.ts';
import type { Path } from './yaml-places.ts';

/** The word that stands for no schedule. */
export const NO_CREDITS = 'none';
const MOST_TIERS = 20;
const PPM_PER_BP = 100;
const WHOLE_PPM = 1_000_000;

export const tierSchema = z.strictObject({
  below: documented(percentage(), 'The tier applies when the figure is below this, in per cent; exactly this is not below.'),
  credit: documented(percentage(2), 'What it gives, in per cent of what was billed, at most two decimals. A deeper tier gives more.'),
});
export const scheduleSchema = z.strictObject({
  id: documented(slug(), 'Short name by which contracts name the schedule.'),
  tiers: documented(z.unknown(), 'At least one. The deepest that applies counts, alone.'),
  cap: documented(percentage(2).prefault(100), 'The most that a month gives, in per cent of what was billed.'),
  min_credit: documented(amount().prefault('0'), 'A credit below this is not paid; in the currency of the contract.'),
});

export interface ScheduleSettings {
  /** From the shallowest down. */
  readonly tiers: readonly CreditTier[];
  readonly capBp: number;
  /** Decimal text. */
  readonly minCredit: string;
}

const creditText = ({ creditBp }: CreditTier): string => percentageText(creditBp * PPM_PER_BP);

/** The tiers, null when one of them is not good; `credit` as basis points. */
const readTiers = (raw: unknown, path: Path, report: Report): CreditTier[] | null => {
  if (raw === undefined || (Array.isArray(raw) && raw.length === 0)) {
    report(path, 'is missing; give at least one, such as "- {below: 99.5, credit: 10}"');
    return null;
  }
  const read = readList(raw, path, report, MOST_TIERS).map((entry, index) => {
    const { below, credit } = readMapping(tierSchema, entry, [...path, index], report) ?? {};
    return below === undefined || credit === undefined ? null : { belowPpm: below, creditBp: credit / PPM_PER_BP };
  });
  const tiers = read.filter((tier) => tier !== null);
  return tiers.length === read.length && tiers.length > 0 ? tiers : null;
};

/** A deeper tier must give more; said at the entry that does not. */
const refuseFlat = (tiers: readonly CreditTier[], capBp: number, path: Path, report: Report): void => {
  const slip = scheduleSlip({ tiers, capBp }, WHOLE_PPM);
  if (slip?.kind !== 'no_deeper') return;
  const { tier, next } = slip;
  const below = percentageText(next.belowPpm);
  if (tier.belowPpm === next.belowPpm)
    report(
      [...path, tiers.indexOf(next), 'below'],
      `must differ from that of entry ${tiers.indexOf(tier) + 1}, which is ${below} too; remove one`,
    );
  else
    report(
      [...path, tiers.indexOf(tier), 'credit'],
      `must be more than the ${creditText(next)} below ${below}, not ${creditText(tier)}: a deeper tier gives more`,
    );
};

/** Reads the list (absent: none). */
export const readSchedules = (raw: unknown, report: Report): Named<ScheduleSettings> =>
  readNamed('credit_schedules', raw, 1_000, report, (entry, path) => {
    const fields = readMapping(scheduleSchema, entry, path, report);
    if (fields === null) return { id: undefined, value: null };
    const { id, cap, min_credit: minCredit } = fields;
    if (id === NO_CREDITS) report([...path, 'id'], `must not be "${NO_CREDITS}", which says that no credits are agreed; choose another`);
    const tiers = readTiers(fields.tiers, [...path, 'tiers'], report);
    if (tiers === null || cap === undefined || minCredit === undefined) return { id, value: null };
    const capBp = cap / PPM_PER_BP;
    refuseFlat(tiers, capBp, [...path, 'tiers'], report);
    return { id, value: { tiers: tiers.toSorted((a, b) => b.belowPpm - a.belowPpm), capBp, minCredit } };
  });
