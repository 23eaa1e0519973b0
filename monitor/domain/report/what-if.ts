/**
 * A month as it would have been: other windows, other outages, other terms laid over the real facts, for the same calculator. Pure: the
 * real ones are never touched, and nothing of this is recorded. Refuses what names nothing that exists and what has no length. Instants
 * ms UTC, ppm, basis points. Source: semantics A7, B2, C, D2.
 */
import { minor } from '../money.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import type { Announcement } from '../sla/announcement.ts';
import { scheduleFault, WHOLE_BP } from '../sla/credit.ts';
import type { StatementFacts } from '../sla/month-statement.ts';
import { type Contract, type CreditSchedule, type CreditTier, termsOf, type UnknownPolicy } from '../sla/terms.ts';
import type { Instant } from '../time/instant.ts';
import { type Interval, isEmpty } from '../time/interval.ts';
import { isoOf } from '../time/iso.ts';
import { laidOver } from './imagined-outage.ts';

export interface WhatIfs {
  /** As if it had said so from its first word on, and had not been ended before time. */
  readonly move_announcement: Interval & { readonly id: string };
  readonly add_announcement: Interval & { readonly announcedAt: Instant; readonly components: '*' | readonly string[] };
  readonly drop_announcement: { readonly id: string };
  readonly add_outage: Interval & { readonly component: string };
  /** As if the component had been up all that time. */
  readonly drop_outage: Interval & { readonly component: string };
  readonly target_ppm: { readonly targetPpm: number };
  readonly tiers: { readonly tiers: readonly CreditTier[] };
  readonly cap_bp: { readonly capBp: number };
  readonly unknown_policy: { readonly unknownPolicy: UnknownPolicy };
  readonly count_degraded: { readonly countDegraded: boolean };
}
export type WhatIf = { readonly [K in keyof WhatIfs]: { readonly kind: K } & WhatIfs[K] }[keyof WhatIfs];

type Imagine<K extends keyof WhatIfs> = (facts: StatementFacts, change: WhatIfs[K]) => StatementFacts | Refusal;

const empty = ({ start, end }: Interval): Refusal | null =>
  isEmpty({ start, end })
    ? refuse('empty_interval', `Nothing lies between ${isoOf(start)} and ${isoOf(end)}; give an end after the start.`, {
        start_ms: start,
        end_ms: end,
      })
    : null;

const unknownAnnouncement = ({ announcements }: StatementFacts, id: string): Refusal | null => {
  const ids = announcements.map((one) => one.id);
  if (ids.includes(id)) return null;
  const known = ids.length === 0 ? 'none is known for this month' : `known here: ${ids.join(', ')}`;
  return refuse('unknown_announcement', `No announcement has the id ${id}; ${known}.`, { announcement: id });
};

const unknownComponents = ({ contract }: StatementFacts, ids: readonly string[], known: readonly string[]): Refusal | null => {
  const stranger = ids.find((id) => !known.includes(id));
  return stranger === undefined
    ? null
    : refuse('unknown_component', `${stranger} is no such component of contract ${contract.id}; known here: ${known.join(', ')}.`, {
        component: stranger,
      });
};

const withContract = (facts: StatementFacts, change: Partial<Contract>): StatementFacts => ({
  ...facts,
  contract: { ...facts.contract, ...change },
});

const NO_SCHEDULE: CreditSchedule = { tiers: [], capBp: WHOLE_BP, minCredit: minor(0) };

const withSchedule = (facts: StatementFacts, schedule: CreditSchedule): StatementFacts | Refusal => {
  const fault = scheduleFault(schedule, termsOf(facts.policy, facts.contract).targetPpm);
  return fault === null ? withContract(facts, { schedule }) : refuse('schedule', fault);
};

const outage =
  (state: 'down' | 'up') =>
  (facts: StatementFacts, { component, start, end }: Interval & { readonly component: string }): StatementFacts | Refusal =>
    empty({ start, end }) ??
    unknownComponents(facts, [component], facts.contract.critical) ??
    laidOver(facts, component, { start, end }, state);

const IMAGINE: { readonly [K in keyof WhatIfs]: Imagine<K> } = {
  move_announcement: (facts, { id, start, end }) => {
    const moved = (one: Announcement): Announcement => {
      const first = one.revisions.toSorted((a, b) => a.rev - b.rev).slice(0, 1);
      return { ...one, revisions: first.map((revision) => ({ ...revision, start, end })), cancelledAt: null, completedAt: null };
    };
    const refusal = unknownAnnouncement(facts, id) ?? empty({ start, end });
    return refusal ?? { ...facts, announcements: facts.announcements.map((one) => (one.id === id ? moved(one) : one)) };
  },
  add_announcement: (facts, { announcedAt, start, end, components }) => {
    const refusal = empty({ start, end }) ?? unknownComponents(facts, components === '*' ? [] : components, facts.contract.components);
    const ids = new Set(facts.announcements.map((one) => one.id));
    const added: Announcement = {
      id: `what-if-${ids.size + 1}`,
      components,
      revisions: [{ rev: 1, recordedAt: announcedAt, start, end }],
      cancelledAt: null,
      completedAt: null,
      unapprovedImport: false,
    };
    return refusal ?? { ...facts, announcements: [...facts.announcements, added] };
  },
  drop_announcement: (facts, { id }) =>
    unknownAnnouncement(facts, id) ?? { ...facts, announcements: facts.announcements.filter((one) => one.id !== id) },
  add_outage: outage('down'),
  drop_outage: outage('up'),
  target_ppm: (facts, { targetPpm }) =>
    Number.isInteger(targetPpm) && targetPpm >= 0 && targetPpm <= 1_000_000
      ? withContract(facts, { targetPpm })
      : refuse('target', `The target must be 0 to 1000000 ppm, not ${targetPpm}.`, { target_ppm: targetPpm }),
  tiers: (facts, { tiers }) => withSchedule(facts, { ...(facts.contract.schedule ?? NO_SCHEDULE), tiers }),
  cap_bp: (facts, { capBp }) =>
    facts.contract.schedule
      ? withSchedule(facts, { ...facts.contract.schedule, capBp })
      : refuse('no_schedule', `No credits were agreed in contract ${facts.contract.id}; give tiers first.`),
  unknown_policy: (facts, { unknownPolicy }) => withContract(facts, { unknownPolicy }),
  count_degraded: (facts, { countDegraded }) => withContract(facts, { countDegraded }),
};

/** The facts with every change laid over them in order; the first that cannot be is refused, and nothing is changed. */
export const applyWhatIf = (facts: StatementFacts, changes: readonly WhatIf[]): StatementFacts | Refusal =>
  changes.reduce<StatementFacts | Refusal>((so, change) => {
    if (isRefusal(so)) return so;
    return (IMAGINE[change.kind] as Imagine<typeof change.kind>)(so, change as never);
  }, facts);
