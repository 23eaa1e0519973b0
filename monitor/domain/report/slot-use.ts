/**
 * What became of each reserved slot in the month of a contract: how much was announced, how much of that was excluded, and how much
 * of what was excluded was used. An hour excluded and not used is an hour in which the customer was promised nothing and missed
 * nothing. Units: integer ms UTC. Source: semantics A8, B2 (not used), D5.
 */
import { concerns } from '../sla/announcement.ts';
import type { AssessedComponent, Assessment } from '../sla/assessment.ts';
import { assessMonth, type StatementFacts } from '../sla/month-statement.ts';
import { slotsBetween } from '../sla/reserve.ts';
import { covered, type Interval, intersect, lengthOf, subtract, union } from '../time/interval.ts';
import type { SlotUse } from './report-facts.ts';

/** Everything that announcements of a critical component say of the reserve, excluded or not. */
const announcedOf = ({ contract, announcements }: StatementFacts, { announcements: judged }: Assessment): Interval[] => {
  const critical = new Set(announcements.filter((one) => contract.critical.some((id) => concerns(one, id))).map(({ id }) => id));
  return judged.flatMap(({ effective, refused }) => [...effective, ...refused]).filter(({ announcement }) => critical.has(announcement));
};

const within = (parts: readonly Interval[], slot: Interval): Interval[] => parts.flatMap((part) => intersect(part, slot) ?? []);

/** What of `excluded` was used: any of the components was not up. */
export const usedOf = (excluded: readonly Interval[], components: readonly AssessedComponent[]): Interval[] =>
  union(
    components.flatMap(({ states }) =>
      subtract(
        excluded,
        states.filter(({ state }) => state === 'up'),
      ),
    ),
  );

/** The slots that touch the period, clipped to it, in order. */
export const slotUse = (facts: StatementFacts): SlotUse[] => {
  const assessment = assessMonth(facts);
  const { period, slices, components } = assessment;
  const announced = announcedOf(facts, assessment);
  const excluded = slices.filter(({ kind }) => kind === 'excluded');
  return slotsBetween(facts.policy.reserve, period.start, period.end).flatMap((whole) => {
    const slot = intersect(whole, period);
    if (!slot) return [];
    const out = within(excluded, slot);
    return [
      {
        ...slot,
        reservedMs: lengthOf(slot),
        announcedMs: covered(within(announced, slot)),
        excludedMs: covered(out),
        usedMs: covered(usedOf(out, components)),
      },
    ];
  });
};
