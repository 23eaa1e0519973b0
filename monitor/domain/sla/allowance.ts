/**
 * How much downtime a month may have, how much of that was used, and what is left: of the service as the public page tells it, and of a
 * contract as its report does. A month that is over may have what was measured of it allows. While it runs that is the budget of the whole
 * month, less the windows announced so far: with more the month is missed whatever was not measured (semantics A5). The service counts from
 * when Avow began to watch, a contract from when it covers the month: the same rule over two stretches. Units: ms UTC. Pure. Source:
 * semantics A5, C3.
 */
import { type Instant, later, MINUTE, type Millis, millis } from '../time/instant.ts';
import { type ReserveRule, slotsBetween } from './reserve.ts';
import type { Terms } from './terms.ts';

export interface AllowanceFacts {
  readonly terms: Pick<Terms, 'reserve'>;
  /** The month runs. */
  readonly running: boolean;
  readonly asOf: Instant;
  readonly monthStart: Instant;
  readonly monthEnd: Instant;
  /** Of what was measured so far. */
  readonly budgetMs: Millis;
  readonly remainingMs: Millis;
  /** Of the whole month, less the windows announced so far. */
  readonly projectedBudgetMs: Millis;
}
export interface Allowance {
  /** How much downtime the month may have: all of it while it runs, else as far as it was measured. */
  readonly wholeMs: Millis;
  readonly usedMs: Millis;
  /** Negative: more was used. */
  readonly leftMs: Millis;
  readonly weekday: ReserveRule['weekday'];
  /** One whole slot of the reserve. */
  readonly slotMs: Millis;
  /** Another slot is to come in this month. */
  readonly slotAhead: boolean;
}

export const allowanceOf = (facts: AllowanceFacts): Allowance => {
  const { terms, running, asOf, monthStart, monthEnd, budgetMs, remainingMs, projectedBudgetMs } = facts;
  const used = budgetMs - remainingMs;
  const whole = running ? projectedBudgetMs : budgetMs;
  const ahead = running ? slotsBetween(terms.reserve, later(asOf, monthStart), monthEnd) : [];
  return {
    wholeMs: millis(whole),
    usedMs: millis(used),
    leftMs: millis(whole - used),
    weekday: terms.reserve.weekday,
    slotMs: millis(terms.reserve.durationMin * MINUTE),
    slotAhead: ahead.some(({ start, end }) => start >= asOf && end <= monthEnd),
  };
};
