/**
 * An outage that was not, or one that was and is thought away: an override in force, recorded after every real row of the component.
 * Nobody approves it, because nobody relies on it. Source: semantics A7.
 */
import type { Panels } from '../check/quorum.ts';
import type { StatementComponent, StatementFacts } from '../sla/month-statement.ts';
import { inForce, type OverrideRow, type OverrideState } from '../sla/override.ts';
import { type Instant, instant } from '../time/instant.ts';
import type { Interval } from '../time/interval.ts';

/** The author of rows that nobody wrote. */
const NOBODY_WROTE = 'what-if';

const SILENT: Panels = [{ from: instant(0), locations: [], needed: 1 }];

/** A millisecond after every row that there is, and after everything that is known. */
const nextInstant = ({ components, asOf }: StatementFacts): Instant =>
  instant(
    components.reduce((last, { rulings }) => rulings.reduce((at, { row }) => Math.max(at, row.recordedAt), last), asOf as number) + 1,
  );

/** The facts with one more override in force. */
export const laidOver = (facts: StatementFacts, component: string, { start, end }: Interval, state: OverrideState): StatementFacts => {
  const recordedAt = nextInstant(facts);
  const row: OverrideRow = {
    kind: 'override',
    id: `${NOBODY_WROTE}-${recordedAt - facts.asOf}`,
    component,
    start,
    end,
    state,
    recordedAt,
    reason: 'Imagined.',
    evidence: '',
    author: NOBODY_WROTE,
    approvedBy: null,
  };
  const known = facts.components.find(({ id }) => id === component);
  const before: StatementComponent = known ?? { id: component, timelines: [], panels: SILENT, rulings: [] };
  const force = inForce(before.rulings);
  const ruling = { row, needsApproval: false, inEffect: true, before: force, after: [...force, row] };
  const after = { ...before, rulings: [...before.rulings, ruling] };
  return { ...facts, components: known ? facts.components.map((one) => (one === known ? after : one)) : [...facts.components, after] };
};
