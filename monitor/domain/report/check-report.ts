/**
 * Whether a report is right, from the report alone: every figure once more from its own line items, every line against the others,
 * every amount from the terms. Needs no store, no key and no network. What hangs on the time zone database is a fault when this
 * machine has the same one as the report, and a note that names both when it has another. Never throws for what a report says.
 * Source: semantics C, D5, H18.
 */
import { decimalsOf } from '../money.ts';
import { checkAdjustments } from './check-adjustments.ts';
import { checkCredit } from './check-credit.ts';
import { checkAnnounced, checkExclusions } from './check-exclusions.ts';
import { checkFigures } from './check-figures.ts';
import { checkLines } from './check-lines.ts';
import { checkBounds, checkPeriod, checkReserve, checkSlots } from './check-period.ts';
import type { ReportDocument } from './report-document.ts';
import { guarded, mismatch, type ReportFault, unless } from './report-fault.ts';

export interface ReportCheck {
  /** In the order of the document; empty: everything follows. */
  readonly faults: readonly ReportFault[];
  /** Sentences about what could not be judged here. */
  readonly notes: readonly string[];
}

/** Only a later revision of a final report has changed something, and then what it says of the figures is what stands there. */
const changeFaults = ({ changes, revision, state, figures }: ReportDocument): ReportFault[] => {
  const revised = revision > 1 && state === 'final';
  return [
    ...unless(revised === changes.length > 0, 'changes', changes.length, `revision ${revision} is ${state}`),
    ...changes.flatMap(({ what, after }) => {
      const key = what.startsWith('figures.') ? what.slice('figures.'.length) : '';
      if (!Object.hasOwn(figures, key)) return [];
      const now = figures[key as keyof typeof figures];
      return mismatch(`changes.${what}.after`, after, now === null ? null : String(now));
    }),
  ];
};

type Check = (report: ReportDocument) => readonly ReportFault[];
const CHECKS: readonly (readonly [where: string, check: Check])[] = [
  ['period', checkPeriod],
  ['figures', checkFigures],
  ['credit', checkCredit],
  ['lines', checkLines],
  ['exclusions', checkAnnounced],
  ['adjustments', checkAdjustments],
  ['slots', checkSlots],
  ['changes', changeFaults],
];
const ZONED: readonly (readonly [where: string, check: Check])[] = [
  ['period', checkBounds],
  ['slots', checkReserve],
  ['exclusions', checkExclusions],
];

/** `tzdata`: the version of the time zone database of this machine. */
export const checkReport = (report: ReportDocument, tzdata: string): ReportCheck => {
  const run = (checks: typeof CHECKS): ReportFault[] => checks.flatMap(([where, check]) => guarded(where, () => check(report)));
  const [always, zoned] = [run(CHECKS), run(ZONED)];
  const decimals = guarded('contract.currency', () =>
    mismatch('contract.decimals', report.contract.decimals, decimalsOf(report.contract.currency)),
  );
  const same = report.period.tzdata === tzdata;
  const versions = `The report was made with time zones ${report.period.tzdata}, this machine has ${tzdata}.`;
  return {
    faults: [...always, ...decimals, ...(same ? zoned : [])],
    notes: same ? [] : zoned.map(({ words }) => `${words} ${versions}`),
  };
};
