/**
 * Which contracts of a month are meant: all that it touches, or those named by their id or their customer's; a name that is both
 * means the contract. Refuses a month that is none or has not begun, names that nobody has, and contracts that do not speak of the
 * month. Source: semantics B3, D1.
 */
import { type Refusal, refuse } from '../refusal.ts';
import type { Agreement } from '../sla/agreement.ts';
import { isMonth, monthAt } from '../time/month.ts';
import { coversMonth, type KnownAgreement, type LedgerFacts } from './ledger-facts.ts';

export interface ContractChoice {
  /** `YYYY-MM` */
  readonly month: string;
  /** Ids of contracts or customers; null: all. */
  readonly only: readonly string[] | null;
}

export const monthRefusal = (month: string): Refusal | null =>
  isMonth(month) ? null : refuse('no_month', `"${month}" is no month; write it as 2026-10.`, { asked: month });

/** By a name: the contract that bears it, else those of the customer who does. */
const namedBy = (name: string, all: readonly Agreement[]): readonly Agreement[] => {
  const own = all.filter(({ id }) => id === name);
  return own.length > 0 ? own : all.filter(({ customer }) => customer === name);
};
const lifeOf = ({ id, startDate, endDate }: Agreement): string => `${id} runs from ${startDate}${endDate === null ? '' : ` to ${endDate}`}`;
const listOf = (agreements: readonly Agreement[]): string => agreements.map(lifeOf).join('; ');

/** In the order of their ids. */
export const chooseContracts = (
  facts: Pick<LedgerFacts, 'agreements' | 'asOf'>,
  { month, only }: ContractChoice,
): KnownAgreement[] | Refusal => {
  const wrong = monthRefusal(month);
  if (wrong) return wrong;
  const all = facts.agreements.map(({ agreement }) => agreement);
  if (all.length === 0)
    return refuse('no_contracts', 'No contract is configured. Write one under "contracts" in the configuration (docs/configuration.md).');
  const stranger = only?.find((name) => namedBy(name, all).length === 0);
  if (stranger !== undefined)
    return refuse(
      'unknown_contract',
      `There is no contract and no customer "${stranger}". Known: ${all.map(({ id, customer }) => `${id} of ${customer}`).join(', ')}.`,
      {
        asked: stranger,
      },
    );
  const named = new Set(only?.flatMap((name) => namedBy(name, all)) ?? all);
  const asked = facts.agreements.filter(({ agreement }) => named.has(agreement));
  if (asked.every(({ agreement }) => monthAt(agreement.reportZone, facts.asOf) < month))
    return refuse('month_ahead', `${month} has not begun yet; a month can be reported from its first day on.`, { month });
  const covering = asked.filter((known) => coversMonth(known, month, facts.asOf));
  if (covering.length === 0)
    return refuse('not_covered', `No contract that was asked for speaks of ${month}: ${listOf(asked.map(({ agreement }) => agreement))}.`, {
      month,
    });
  return covering.toSorted((a, b) => (a.agreement.id < b.agreement.id ? -1 : 1));
};
