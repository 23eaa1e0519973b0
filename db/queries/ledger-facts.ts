/**
 * What the ledger reads of the store: the evidence of one component, and everything that a stretch of months is judged by, as it
 * was known at one instant. Rows recorded later are not there; neither are approvals. Source: semantics A, B, D1.
 */
import { createHash } from 'node:crypto';
import { canonicalJson } from '#domain/canonical-json.ts';
import { isBuiltIn } from '#domain/check/check-definition.ts';
import type { Reading } from '#domain/check/quorum.ts';
import type { LedgerComponent, LedgerFacts, PolicyVersion } from '#domain/ledger/ledger-facts.ts';
import { knownBy } from '#domain/maintenance/announcement-fact.ts';
import type { IncidentMark } from '#domain/report/report-facts.ts';
import { isAdjudicated } from '#domain/sla/credit.ts';
import { type Evidence, evidenceOf } from '#domain/sla/evidence.ts';
import { type LedgerRow, ruleOn } from '#domain/sla/override.ts';
import { earlier, type Instant, later } from '#domain/time/instant.ts';
import type { Interval } from '#domain/time/interval.ts';
import type { Store } from '../store.ts';
import { readAdjudications } from './adjudications.ts';
import { readAnnouncementsTouching } from './announcements.ts';
import { readClaims } from './claims.ts';
import { readAgreements } from './contracts.ts';
import { type Definitions, definitionsAsOf, lastVersion, readDefinitions } from './definitions.ts';
import { readIncidentFacts } from './incidents.ts';
import { readLedgerRows, rowsByComponent } from './overrides.ts';
import { readSettings } from './settings.ts';
import { readSilences } from './silences.ts';
import { type ComponentTimelines, readTimelines, type TimelineSource } from './timelines.ts';

const told = ({ timelines, panels }: ComponentTimelines, over: Interval, asOf: Instant): Record<Reading, readonly Evidence[]> => ({
  lenient: evidenceOf(timelines, panels, 'lenient', over, asOf),
  strict: evidenceOf(timelines, panels, 'strict', over, asOf),
});

/** One component as its checks tell it, in both readings of `slow`, without overrides; null: no component ever had that slug. */
export const readComponentEvidence = async (
  store: Store,
  slug: string,
  over: Interval,
  asOf: Instant,
): Promise<Record<Reading, readonly Evidence[]> | null> => {
  const definitions = definitionsAsOf(await readDefinitions(store), asOf);
  const known = definitions.components.find((component) => component.slug === slug);
  if (!known) return null;
  const request = { range: over, source: 'spans', recordedBy: null, components: new Set([known.id]) } as const;
  const [found] = await readTimelines(store, definitions, request);
  return found ? told(found, over, asOf) : null;
};

export interface LedgerRequest {
  /** The months that are asked about; nothing of them after `asOf` is read. */
  readonly range: Interval;
  readonly asOf: Instant;
  /** `spans`: as stored now. `evidence`: folded anew from the checks recorded by `asOf`. */
  readonly source: TimelineSource;
  /** The only component that is asked about, by its slug; absent: all. */
  readonly only?: string;
  /** Whether to look for why nothing is known where it is not; it costs a question per gap, and figures do not depend on it. Absent: yes. */
  readonly causes?: boolean;
  /** Awaited now and then while checks are read: a turn for pages and the recorder. */
  readonly between?: () => Promise<void>;
}
export interface ReadLedger {
  readonly facts: LedgerFacts;
  /** The timelines with their components, for whoever looks behind a line. */
  readonly timelines: readonly ComponentTimelines[];
  readonly definitions: Definitions;
  readonly request: LedgerRequest;
}

/** Every version of the policy known by `asOf`; throws when none is: nothing was ever configured. */
const readPolicies = async (store: Store, asOf: Instant): Promise<[PolicyVersion, ...PolicyVersion[]]> => {
  const versions = (await readSettings(store, asOf)).map(({ recordedAt, text, policy, sentinels }): PolicyVersion => {
    const { reserve, minNoticeMs, targetPpm, unknownPolicy, countDegraded, zone } = policy;
    // As it was applied: a term that came later must not change the hash in reports that were issued before.
    const applied = (JSON.parse(text) as { readonly policy: unknown }).policy;
    const sha256 = createHash('sha256').update(canonicalJson(applied)).digest('hex');
    return { from: recordedAt, terms: { reserve, minNoticeMs, targetPpm, unknownPolicy, countDegraded }, zone, sha256, sentinels };
  });
  const [first, ...others] = versions;
  if (!first) throw new Error('The store knows no policy yet. Start Avow once with your configuration, then ask again.');
  return [first, ...others];
};

/** What the rows of one component speak of, as far as it has passed; at least the range. */
const reachOf = (rows: readonly LedgerRow[], range: Interval, asOf: Instant): Interval =>
  rows.reduce<Interval>(
    (hull, row) =>
      row.kind === 'revocation' ? hull : { start: earlier(hull.start, row.start), end: later(hull.end, earlier(row.end ?? asOf, asOf)) },
    range,
  );

const marksOf = async (
  store: Store,
  { start, end }: Interval,
  asOf: Instant,
  slugOf: ReadonlyMap<number, string>,
): Promise<IncidentMark[]> => {
  const touching = 'started_at_ms < ? AND (resolved_at_ms IS NULL OR resolved_at_ms > ?) AND recorded_at_ms <= ?';
  const found = await readIncidentFacts(store, touching, [end, start, asOf]);
  // Downtime is explained by what the checks found before what people posted beside it.
  const detectedFirst = found.toSorted((a, b) => Number(b.detected) - Number(a.detected));
  return detectedFirst.map(({ id, title, startedAt, resolvedAt, componentIds }) => ({
    id,
    title,
    start: startedAt,
    end: resolvedAt ?? end,
    components: componentIds.flatMap((component) => slugOf.get(component) ?? []),
  }));
};

/** Everything; rejects when the store does not answer or was never configured. */
export const readLedger = async (store: Store, request: LedgerRequest): Promise<ReadLedger> => {
  const { asOf, source, causes = true, between } = request;
  const range = { start: request.range.start, end: later(request.range.start, earlier(request.range.end, asOf)) };
  const definitions = definitionsAsOf(await readDefinitions(store), asOf);
  const recordedBy = source === 'evidence' ? asOf : null;
  const asked = request.only === undefined ? null : definitions.components.filter(({ slug }) => slug === request.only);
  const wanted = asked && new Set(asked.map(({ id }) => id));
  const timelines = await readTimelines(store, definitions, { range, source, recordedBy, components: wanted, between });
  const rows = rowsByComponent(await readLedgerRows(store, asOf));
  const components: LedgerComponent[] = [];
  for (const one of timelines) {
    const { component, panels } = one;
    const own = rows.get(component.slug) ?? [];
    const reach = reachOf(own, range, asOf);
    // Rows that reach beyond the range are ruled on over all that they speak of.
    const wide = reach.start < range.start || reach.end > range.end;
    const [whole] = wide
      ? await readTimelines(store, definitions, { range: reach, source, recordedBy, components: new Set([component.id]) })
      : [one];
    components.push({
      slug: component.slug,
      name: lastVersion(component.versions).name,
      createdAt: component.createdAt,
      builtIn: component.versions.every(({ check }) => isBuiltIn(check.definition.kind)),
      versions: component.versions.map(({ recordedAt, critical, removed }) => ({ from: recordedAt, critical, removed })),
      timelines: one.timelines,
      panels,
      rulings: own.length === 0 ? [] : ruleOn(own, told(whole ?? one, reach, asOf), reach),
    });
  }
  const announcements = (await readAnnouncementsTouching(store, request.range)).flatMap((fact) => knownBy(fact, asOf) ?? []);
  const slugOf = new Map(definitions.components.map(({ id, slug }) => [id, slug]));
  const adjudications = await readAdjudications(store, asOf);
  const facts: LedgerFacts = {
    asOf,
    range,
    components,
    announcements,
    silences: causes ? await readSilences(store, timelines, range, recordedBy) : [],
    policies: await readPolicies(store, asOf),
    agreements: (await readAgreements(store, asOf)).map(({ agreement, recordedAt, removed }) => ({
      agreement,
      removedAt: removed ? recordedAt : null,
    })),
    adjudications: adjudications.filter(isAdjudicated),
    undecided: adjudications.filter((one) => !isAdjudicated(one)),
    claims: await readClaims(store, asOf),
    incidents: await marksOf(store, range, asOf, slugOf),
  };
  return { facts, timelines, definitions, request };
};

/** The same without what stands behind it. */
export const readLedgerFacts = async (store: Store, request: LedgerRequest): Promise<LedgerFacts> =>
  (await readLedger(store, request)).facts;
