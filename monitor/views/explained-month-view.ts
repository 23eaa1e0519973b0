/**
 * The slices behind the figure of one month, of the service or of one component: what was down, what was left out and who
 * announced it when, what was announced and counts all the same, what nobody knows and why, and what was too short to count.
 * The lines sum to the figure. Nothing private is in here: a person's reason and evidence stay inside. Units: ms UTC. Pure.
 * Source: semantics A8, B2, D5; mission X1.
 */
import type { IncidentFact } from '#db/queries/facts-types.ts';
import { componentFacts, type LedgerFacts, monthZone, serviceFacts } from '#domain/ledger/ledger-facts.ts';
import type { AnnouncementFact } from '#domain/maintenance/announcement-fact.ts';
import type { UnknownCause } from '#domain/sla/evidence.ts';
import { type MonthStatement, monthStatement, type StatementFacts } from '#domain/sla/month-statement.ts';
import type { DowntimeLine, ExclusionLine, Line, RefusedLine, UnknownLine } from '#domain/sla/statement-lines.ts';
import { type Instant, type Millis, millis } from '#domain/time/instant.ts';
import { overlaps } from '#domain/time/interval.ts';
import { monthAfter, monthAt } from '#domain/time/month.ts';
import { componentFigure, figureOf, type MonthFigure, onlyMonth } from './month-figure.ts';
import type { Turn } from './turns.ts';

/** A month in which everything flaps is told by its first lines; the rest is counted and summed. */
const LINES_TOLD = 500;
const BLIPS_TOLD = 100;
const NAMES_TOLD = 5;

export interface Named {
  readonly slug: string;
  readonly name: string;
}
/** The first few by name. */
export interface NamedSome {
  readonly named: readonly Named[];
  readonly others: number;
}
export interface Told<T> {
  readonly lines: readonly T[];
  /** Of all lines, the omitted too; lines of several components may overlap. */
  readonly ms: Millis;
  readonly omitted: number;
}

export interface DownView extends Line {
  readonly component: Named;
  /** A person said so, not the checks. */
  readonly byHand: boolean;
  /** What was published when it began; null: nothing was. */
  readonly said: string | null;
  readonly incident: { readonly id: string; readonly title: string } | null;
}
export interface ExcludedView extends Line {
  readonly announcements: readonly { readonly id: string; readonly title: string; readonly rev: number; readonly announcedAt: Instant }[];
  readonly components: NamedSome;
}
export interface RefusedView extends Line {
  readonly title: string;
  readonly reason: RefusedLine['reason'];
  /** When it was announced first. */
  readonly announcedAt: Instant | null;
}
export interface UnknownView extends Line {
  readonly causes: readonly { readonly cause: UnknownCause; readonly components: NamedSome }[];
}
export interface BlipView extends Line {
  readonly component: Named;
  readonly location: string;
  /** False: it began in the month before and is counted there. */
  readonly counted: boolean;
}

export interface ExplainedMonthView {
  readonly asOf: Instant;
  readonly zone: string;
  /** False: the facts are too old to speak of the present. */
  readonly current: boolean;
  /** Null: the service. */
  readonly component: Named | null;
  readonly figure: MonthFigure;
  readonly downtime: Told<DownView>;
  readonly exclusions: Told<ExcludedView>;
  readonly refused: Told<RefusedView>;
  readonly unknown: Told<UnknownView>;
  readonly blips: Told<BlipView>;
  /** Of the service: every component that counts, by itself. */
  readonly components: readonly (Named & { readonly figure: MonthFigure | null })[];
  readonly previousMonth: string | null;
  readonly nextMonth: string | null;
}

const told = <A extends Line, B>(lines: readonly A[], most: number, tell: (line: A) => B): Told<B> => ({
  lines: lines.slice(0, most).map(tell),
  ms: millis(lines.reduce((sum, { ms }) => sum + ms, 0)),
  omitted: Math.max(0, lines.length - most),
});

interface Names {
  of(slug: string): Named;
  some(slugs: readonly string[]): NamedSome;
}
const namesOf = ({ components }: LedgerFacts): Names => {
  const known = new Map(components.map(({ slug, name }) => [slug, { slug, name }]));
  const of = (slug: string): Named => known.get(slug) ?? { slug, name: slug };
  return { of, some: (slugs) => ({ named: slugs.slice(0, NAMES_TOLD).map(of), others: Math.max(0, slugs.length - NAMES_TOLD) }) };
};

interface Material {
  readonly names: Names;
  readonly announcements: ReadonlyMap<string, AnnouncementFact>;
  readonly incidents: LedgerFacts['incidents'];
  /** What was published first of each incident, by its id. */
  readonly said: ReadonlyMap<string, string>;
}

const bare = ({ id, start, end, ms }: Line): Line => ({ id, start, end, ms });

const downView = ({ names, incidents, said }: Material, line: DowntimeLine): DownView => {
  const incident = incidents.find((one) => one.components.includes(line.component) && overlaps(one, line));
  return {
    ...bare(line),
    component: names.of(line.component),
    byHand: line.override !== null,
    said: (incident && said.get(incident.id)) ?? null,
    incident: incident ? { id: incident.id, title: incident.title } : null,
  };
};

const titleOf = (fact: AnnouncementFact | undefined, rev?: number): string =>
  (fact?.revisions.find((one) => one.rev === rev) ?? fact?.revisions.at(-1))?.title ?? '';

const excludedView = ({ names, announcements }: Material, line: ExclusionLine): ExcludedView => ({
  ...bare(line),
  announcements: line.announcements.map(({ id, rev, announcedAt }) => ({
    id,
    title: titleOf(announcements.get(id), rev),
    rev,
    announcedAt,
  })),
  components: names.some(line.components),
});

const refusedView = ({ announcements }: Material, line: RefusedLine): RefusedView => {
  const fact = announcements.get(line.announcement);
  return { ...bare(line), title: titleOf(fact), reason: line.reason, announcedAt: fact?.revisions[0].publicAt ?? null };
};

const unknownView = ({ names }: Material, line: UnknownLine): UnknownView => {
  const byCause = Map.groupBy(line.components, ({ cause }) => cause);
  return {
    ...bare(line),
    causes: [...byCause].map(([cause, components]) => ({ cause, components: names.some(components.map(({ id }) => id)) })),
  };
};

const materialOf = (facts: LedgerFacts, incidents: readonly IncidentFact[]): Material => ({
  names: namesOf(facts),
  announcements: new Map(facts.announcements.map((fact) => [fact.id, fact])),
  incidents: facts.incidents,
  said: new Map(
    incidents.flatMap(({ id, updates }): [string, string][] => {
      const first = updates.toSorted((a, b) => a.displayAt - b.displayAt || a.recordedAt - b.recordedAt)[0];
      return first ? [[id, first.body]] : [];
    }),
  ),
});

type Lines = Pick<ExplainedMonthView, 'downtime' | 'exclusions' | 'refused' | 'unknown' | 'blips'>;
const linesOf = (material: Material, statement: MonthStatement): Lines => ({
  downtime: told(statement.downtime, LINES_TOLD, (line) => downView(material, line)),
  exclusions: told(statement.exclusions, LINES_TOLD, (line) => excludedView(material, line)),
  refused: told(statement.refused, LINES_TOLD, (line) => refusedView(material, line)),
  unknown: told(statement.unknown, LINES_TOLD, (line) => unknownView(material, line)),
  blips: told(statement.blips, BLIPS_TOLD, (line) => ({
    ...bare(line),
    component: material.names.of(line.component),
    location: line.location,
    counted: line.counted,
  })),
});

/** The months before and after that have a page, too. */
const neighbours = (
  facts: LedgerFacts,
  month: string,
  factsOf: (month: string) => StatementFacts | null,
): Pick<ExplainedMonthView, 'previousMonth' | 'nextMonth'> => {
  const [before, next] = [monthAfter(month, -1), monthAfter(month, 1)];
  return {
    previousMonth: factsOf(before) ? before : null,
    nextMonth: next <= monthAt(monthZone(facts), facts.asOf) ? next : null,
  };
};

/**
 * `slug` null: the service. `incidents`: those of the month, for what was published of them. Null: there is no such page,
 * because the month has not begun, nothing was watched in it, or the component is not known.
 */
export const buildExplainedMonth = async (
  known: LedgerFacts,
  month: string,
  slug: string | null,
  incidents: readonly IncidentFact[],
  turn: Turn,
): Promise<ExplainedMonthView | null> => {
  const zone = monthZone(known);
  if (month > monthAt(zone, known.asOf)) return null;
  const facts = onlyMonth(known, month);
  const factsOf = (of: string): StatementFacts | null => (slug === null ? serviceFacts(facts, of) : componentFacts(facts, slug, of));
  const asked = factsOf(month);
  if (!asked) return null;
  const material = materialOf(facts, incidents);
  const statement = monthStatement(asked);
  const components: (Named & { readonly figure: MonthFigure | null })[] = [];
  for (const counted of slug === null ? asked.contract.critical : []) {
    await turn();
    components.push({ ...material.names.of(counted), figure: componentFigure(facts, counted, month) });
  }
  return {
    asOf: facts.asOf,
    zone,
    current: true,
    component: slug === null ? null : material.names.of(slug),
    figure: figureOf(statement),
    ...linesOf(material, statement),
    components,
    ...neighbours(facts, month, factsOf),
  };
};

/** The running month is told as of then; a month that is over stays as it is. */
export const expireExplainedMonth = (view: ExplainedMonthView): ExplainedMonthView => ({ ...view, current: !view.figure.running });
