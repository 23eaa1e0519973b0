/**
 * Everything that months are judged by, as it was known at one instant, and what of it belongs to one month: of a contract, of
 * the whole service as the public page shows it, or of a single component. Policy values hold from the first of a month: a
 * month is judged by the version in force at its start. Plain values; db/queries/ledger-facts.ts fills them. Source: semantics
 * A9 (Policy values), D1.
 */
import type { Panels } from '../check/quorum.ts';
import { type AnnouncementFact, calculatorForm } from '../maintenance/announcement-fact.ts';
import { minor } from '../money.ts';
import type { IncidentMark } from '../report/report-facts.ts';
import { type Agreement, agreedIn } from '../sla/agreement.ts';
import type { NamedTimeline } from '../sla/blip-lines.ts';
import { contractMonth } from '../sla/contract-month.ts';
import type { Adjudication } from '../sla/credit.ts';
import type { StatementComponent, StatementFacts } from '../sla/month-statement.ts';
import type { Ruling } from '../sla/override.ts';
import type { Silence } from '../sla/statement-lines.ts';
import type { Contract, Terms } from '../sla/terms.ts';
import { type Instant, later } from '../time/instant.ts';
import type { Interval } from '../time/interval.ts';
import { monthBounds } from '../time/zone.ts';

export interface LedgerComponent {
  readonly slug: string;
  /** As it was called last. */
  readonly name: string;
  readonly createdAt: Instant;
  /** One of those by which Avow watches itself while there is no file. */
  readonly builtIn: boolean;
  /** What was said of it when, ascending; at least one. */
  readonly versions: readonly { readonly from: Instant; readonly critical: boolean; readonly removed: boolean }[];
  readonly timelines: readonly NamedTimeline[];
  readonly panels: Panels;
  readonly rulings: readonly Ruling[];
}
export interface PolicyVersion {
  readonly from: Instant;
  readonly terms: Terms;
  /** Zone of the public page's months. */
  readonly zone: string;
  /** Of the canonical JSON of the policy, hex. */
  readonly sha256: string;
  readonly sentinels: number;
}
export interface RecordedAdjudication extends Adjudication {
  readonly contract: string;
  readonly month: string;
  readonly recordedAt: Instant;
}
export interface RecordedClaim {
  readonly contract: string;
  readonly month: string;
  readonly receivedAt: Instant;
}
/** A contract; one that is no longer in the configuration is reported up to the month in which it was taken out. */
export interface KnownAgreement {
  readonly agreement: Agreement;
  readonly removedAt: Instant | null;
}
export interface LedgerFacts {
  /** Nothing recorded later is in here. */
  readonly asOf: Instant;
  /** What the timelines reach over. */
  readonly range: Interval;
  readonly components: readonly LedgerComponent[];
  readonly announcements: readonly AnnouncementFact[];
  readonly silences: readonly Silence[];
  /** Ascending; the first also holds for everything before it. */
  readonly policies: readonly [PolicyVersion, ...PolicyVersion[]];
  readonly agreements: readonly KnownAgreement[];
  /** Approved ones only, in the order in which they were recorded. */
  readonly adjudications: readonly RecordedAdjudication[];
  /** Those that wait for their second person, likewise. */
  readonly undecided: readonly RecordedAdjudication[];
  readonly claims: readonly RecordedClaim[];
  readonly incidents: readonly IncidentMark[];
}

const lastUntil = <T extends { readonly from: Instant }>(versions: readonly T[], at: Instant): T | undefined =>
  versions.findLast(({ from }) => from <= at) ?? versions[0];

/** The policy by which a month that begins at `monthStart` is judged. */
export const policyAt = ({ policies }: Pick<LedgerFacts, 'policies'>, monthStart: Instant): PolicyVersion =>
  lastUntil(policies, monthStart) ?? policies[0];

/** Zone of the public page's months. */
export const monthZone = (facts: Pick<LedgerFacts, 'policies' | 'asOf'>): string => policyAt(facts, facts.asOf).zone;

export const adjudicationOf = (facts: Pick<LedgerFacts, 'adjudications'>, contract: string, month: string): RecordedAdjudication | null =>
  facts.adjudications.findLast((one) => one.contract === contract && one.month === month) ?? null;

/** The last one that waits for its second person; null: none does. */
export const undecidedOf = (facts: Pick<LedgerFacts, 'undecided'>, contract: string, month: string): RecordedAdjudication | null =>
  facts.undecided.findLast((one) => one.contract === contract && one.month === month) ?? null;

/** When the first claim for the credit of a month was received; null: none was. */
export const claimReceivedAt = ({ claims }: Pick<LedgerFacts, 'claims'>, contract: string, month: string): Instant | null =>
  claims
    .filter((claim) => claim.contract === contract && claim.month === month)
    .map((claim) => claim.receivedAt)
    .sort((a, b) => a - b)[0] ?? null;

const statementComponent = ({ slug, timelines, panels, rulings }: LedgerComponent): StatementComponent => ({
  id: slug,
  timelines,
  panels,
  rulings,
});

const common = ({ asOf, components, announcements, silences }: LedgerFacts, slugs: readonly string[]) => {
  const wanted = new Set(slugs);
  return {
    asOf,
    components: components.filter(({ slug }) => wanted.has(slug)).map(statementComponent),
    announcements: announcements.map(calculatorForm),
    silences: silences.filter(({ component }) => wanted.has(component)),
  };
};

/** Whether the contract speaks of any of the month, and the month has begun. */
export const coversMonth = ({ agreement, removedAt }: KnownAgreement, month: string, asOf: Instant): boolean => {
  const { month: whole, covered } = contractMonth(month, agreement, null);
  return covered.start < covered.end && whole.start <= asOf && (removedAt === null || whole.start <= removedAt);
};

/** The month of a contract, for `monthStatement`. */
export const contractFacts = (facts: LedgerFacts, agreement: Agreement, month: string): StatementFacts => {
  const { contract } = agreedIn(agreement, month);
  return {
    ...common(facts, contract.critical),
    contract,
    month,
    policy: policyAt(facts, monthBounds(contract.reportZone, month).start).terms,
    adjudication: adjudicationOf(facts, contract.id, month),
  };
};

/** Nobody's contract: the policy itself, for everybody. */
const policyContract = (id: string, zone: string, components: readonly string[]): Contract => ({
  id,
  customer: '',
  currency: 'USD',
  monthlyFee: minor(0),
  startDate: null,
  endDate: null,
  reportZone: zone,
  components,
  critical: components,
  targetPpm: null,
  unknownPolicy: null,
  countDegraded: null,
  schedule: null,
  prorate: false,
});

/** Which components speak for a stretch of time, and from when on it is counted. */
export interface Scope {
  readonly slugs: readonly string[];
  readonly since: Instant;
}

/**
 * The service over a stretch: the components that were critical when it began (or when Avow began to watch in it). One that is added
 * later counts from the next stretch on; one that is given up counts, unknown, to the end of this one, so that nothing disappears with
 * it. Avow's watch of itself is nobody's service once there is one: the figure begins with the first component of a file. Null: nothing
 * was watched yet.
 */
export const serviceScope = ({ components }: Pick<LedgerFacts, 'components'>, whole: Interval): Scope | null => {
  const ofFile = components.filter(({ builtIn }) => !builtIn);
  const watched = ofFile.length > 0 ? ofFile : components;
  const [first] = watched.map(({ createdAt }) => createdAt).sort((a, b) => a - b);
  if (first === undefined || first >= whole.end) return null;
  const since = later(whole.start, first);
  const counted = watched.filter(({ createdAt, versions }) => {
    const version = lastUntil(versions, since);
    return createdAt <= since && version !== undefined && version.critical && !version.removed;
  });
  return counted.length === 0 ? null : { slugs: counted.map(({ slug }) => slug), since };
};

/** One component over a stretch, from when it was watched on; null: no component, or not watched yet. */
export const componentScope = ({ components }: Pick<LedgerFacts, 'components'>, slug: string, whole: Interval): Scope | null => {
  const component = components.find((one) => one.slug === slug);
  if (!component || component.createdAt >= whole.end) return null;
  return { slugs: [slug], since: later(whole.start, component.createdAt) };
};

const policyMonth = (facts: LedgerFacts, id: string, month: string, scope: Scope | null): StatementFacts | null =>
  scope && {
    ...common(facts, scope.slugs),
    contract: policyContract(id, monthZone(facts), scope.slugs),
    month,
    policy: policyAt(facts, monthBounds(monthZone(facts), month).start).terms,
    adjudication: null,
    since: scope.since,
  };

/** The month as the public page tells it: of the service, by the policy. Null: nothing was watched yet. */
export const serviceFacts = (facts: LedgerFacts, month: string): StatementFacts | null =>
  policyMonth(facts, 'service', month, serviceScope(facts, monthBounds(monthZone(facts), month)));

/** The month of one component by the policy; null: no component, or not watched yet. */
export const componentFacts = (facts: LedgerFacts, slug: string, month: string): StatementFacts | null =>
  policyMonth(facts, slug, month, componentScope(facts, slug, monthBounds(monthZone(facts), month)));
