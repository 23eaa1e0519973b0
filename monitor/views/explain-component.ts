/**
 * Why a component is told to be what it is, now: what each location said last and how far it speaks, the count towards an outage, the
 * quorum, and what people put over it, in the order in which it weighs; then how its definition came to be. The rules are those of the
 * fold, the quorum and the layers (domain/check, domain/sla); nothing is judged here. For people who run Avow. Plain JSON, instants ms.
 */
import { readAuditOf } from '#db/queries/audit-of-subject.ts';
import { type EvidenceSample, readEvidence, readNewestRows } from '#db/queries/checks.ts';
import type { ManagedBy } from '#db/queries/components.ts';
import { judgementAt, lastVersion, pauseNow, readDefinitions } from '#db/queries/definitions.ts';
import { componentFact, resultOf, spansAmong } from '#db/queries/facts.ts';
import type { ComponentFact, LocationFact, LocationSpans } from '#db/queries/facts-types.ts';
import { readSilences } from '#db/queries/silences.ts';
import type { Store } from '#db/store.ts';
import type { CheckResult } from '#domain/check/check-result.ts';
import { foldSamples, type Sample } from '#domain/check/confirmation.ts';
import { composeStates, stateAt } from '#domain/check/quorum.ts';
import { reasonWords } from '#domain/check/reason.ts';
import { impactsAt } from '#domain/incident/impacts.ts';
import { concernedIds } from '#domain/incident/incident-fact.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { after, DAY, type Instant, instant, MINUTE, millis } from '#domain/time/instant.ts';
import { contains } from '#domain/time/interval.ts';
import { type ComponentContext, findWatched, type Watched, watchedComponents } from '#monitor/actions/component-verb.ts';
import { settingsOf } from '#monitor/actions/configuration-in-force.ts';
import { componentDocument } from '#monitor/config/document.ts';
import { type DocumentMapping, inShort } from '#monitor/config/document-check.ts';
import { masked } from '#monitor/config/write-only.ts';
import { componentHistory, type VersionEntry } from './component-history.ts';
import { readOverlay } from './component-states.ts';
import type { ComponentExplained, LocationExplained, SampleView } from './explained.ts';
import { explainedWords } from './explained-words.ts';
import { layersOf, timelineOf } from './timeline.ts';

const SAMPLES = 5;
const SILENCE_LOOKED_AT = 10 * MINUTE;
const WORKER_DEAD_AFTER = 2 * MINUTE;
const LOOKED_BACK = millis(90 * DAY);

const sampleView = ({ at, outcome, reason, detail, httpStatus, latencyUs, canaryOk }: CheckResult): SampleView => ({
  at,
  outcome,
  words: reasonWords(reason, httpStatus),
  detail,
  httpStatus,
  latencyUs,
  sentinelAnswered: canaryOk,
});

const isEvidence = (sample: EvidenceSample): sample is EvidenceSample & Sample => sample.outcome !== 'error';

/** The run that is open at a location, counted by the fold itself from where it began. */
const runOf = async (store: Store, { history, version }: Watched, locationId: number, spans: LocationSpans | undefined, asOf: Instant) => {
  const open = spans?.open;
  if (open?.lenient !== 'pending' || stateAt(open, asOf).lenient !== 'pending') return null;
  // A slow answer before may have begun its own piece; the failures begin where the run does.
  const samples = (await readEvidence(store, { componentId: history.id, locationId }, open.start, asOf)).filter(isEvidence);
  const { cursor } = foldSamples(samples, (at) => judgementAt(history.versions, at));
  return cursor ? { failures: cursor.lenient.length, needed: version.check.confirmations, since: open.start } : null;
};

const locationsOf = async (
  store: Store,
  watched: Watched,
  locations: readonly LocationFact[],
  spans: readonly LocationSpans[],
  fact: ComponentFact,
  asOf: Instant,
): Promise<LocationExplained[]> => {
  const { history } = watched;
  const asked = new Set((fact.panels.at(-1) ?? fact.panels[0]).locations);
  return Promise.all(
    locations.map(async ({ id, slug, name }): Promise<LocationExplained> => {
      const own = spans.find(({ locationId }) => locationId === id);
      const now = stateAt(own?.open ?? null, asOf);
      const rows = await readNewestRows(store, { componentId: history.id, locationId: id }, SAMPLES);
      return {
        slug,
        name,
        asked: asked.has(id),
        says: now.lenient,
        slow: now.slow,
        speaksUntil: own?.open?.coveredUntil ?? null,
        run: await runOf(store, watched, id, own, asOf),
        samples: rows.map((row) => sampleView(resultOf(row, history.slug, slug, null))),
      };
    }),
  );
};

const causesNow = async (
  store: Store,
  { history }: Watched,
  spans: readonly LocationSpans[],
  locations: readonly LocationFact[],
  fact: ComponentFact,
  asOf: Instant,
) => {
  const timelines = spans.flatMap(({ locationId, spans: closed, open }) => {
    const location = locations.find(({ id }) => id === locationId);
    return location ? [{ location: location.slug, locationId, spans: closed, open }] : [];
  });
  const range = { start: instant(Math.max(0, asOf - SILENCE_LOOKED_AT)), end: after(asOf, millis(1)) };
  const silences = await readSilences(store, [{ component: history, panels: fact.panels, timelines }], range, null);
  // When the prober was alive is written down now and then: a moment without that is not its death.
  const isReal = ({ start, cause }: (typeof silences)[number]): boolean => cause !== 'worker_silent' || start <= asOf - WORKER_DEAD_AFTER;
  const causes = new Set(silences.filter((part) => contains(part, asOf) && isReal(part)).map(({ cause }) => cause));
  return causes.has('paused') ? ['paused' as const] : [...causes];
};

/** For outsiders: what it was is theirs to read, who made it so and why is not. */
const withoutWho = (entry: VersionEntry): VersionEntry => ({
  ...entry,
  author: null,
  authenticated: null,
  pause: entry.pause && { ...entry.pause, reason: null },
});

/** Refuses a slug that nothing goes by, naming the nearest. */
export const explainComponent = async (ctx: ComponentContext, slug: string): Promise<ComponentExplained | Refusal> => {
  const { store, clock, config, insider = false } = ctx;
  const watched = findWatched(slug, await watchedComponents(store));
  if (isRefusal(watched)) return watched;
  const { history, version } = watched;
  const asOf = clock.now();
  const definitions = await readDefinitions(store, [history.id]);
  const from = instant(Math.max(0, asOf - LOOKED_BACK));
  const [{ spans }, overlay] = await Promise.all([spansAmong(store, definitions, from, after(asOf, millis(1))), readOverlay(store, asOf)]);
  const locations = definitions.locations
    .filter(({ versions }) => !lastVersion(versions).removed)
    .map(
      ({ id, slug: short, versions }): LocationFact => ({
        id,
        slug: short,
        name: lastVersion(versions).name,
        local: lastVersion(versions).local,
      }),
    );
  const fact = componentFact(history, definitions.locations);
  const layers = layersOf(overlay.display, fact, overlay.incidents);
  const timeline = timelineOf(spans, fact.panels, { start: from, end: asOf }, layers);
  const panel = fact.panels.at(-1) ?? fact.panels[0];
  const states = panel.locations.map((id) => stateAt(spans.find(({ locationId }) => locationId === id)?.open ?? null, asOf));
  const checks = composeStates(states, { locations: panel.locations.length, needed: panel.needed }, 'lenient');
  const down = states.filter(({ lenient }) => lenient === 'down').length;
  const up = states.filter(({ lenient }) => lenient === 'up' || lenient === 'blip').length;
  const explained = await locationsOf(store, watched, locations, spans, fact, asOf);
  const newest = explained.flatMap(({ samples }) => samples[0] ?? []).toSorted((a, b) => b.at - a.at)[0];
  const manner = { defaults: config.defaults, locationCount: config.locations.length };
  const form = componentDocument(settingsOf(slug, version), manner, inShort);
  const deeds = await readAuditOf(store, `component/${slug}`, history.versions.length);
  const [pause, versions] = [pauseNow(history.versions), componentHistory(history, manner, deeds)];
  const view: Omit<ComponentExplained, 'says'> = {
    asOf,
    zone: config.policy.zone,
    component: {
      slug,
      name: version.name,
      description: version.description,
      group: version.group,
      critical: version.critical,
      kind: version.check.definition.kind,
      managed: version.managed,
      managedBy: version.managed === 'file' ? config.source : null,
      recordedAt: version.recordedAt,
      form: form && masked(form),
    },
    state: timeline.state,
    since: timeline.since,
    investigating: timeline.investigating,
    checks: checks.state,
    quorum: { locations: panel.locations.length, needed: panel.needed, down, up, silent: panel.locations.length - down - up },
    locations: explained,
    insider,
    pause: pause && (insider ? pause : { ...pause, reason: null, by: null }),
    unknownBecause: checks.state === 'unknown' ? await causesNow(store, watched, spans, locations, fact, asOf) : [],
    overrides: layers.overrides
      .filter(({ start, end }) => start <= asOf && (end === null || asOf < end))
      .map(({ id, state, start, end }) => ({ id, state, start, end })),
    windows: layers.windows.filter((window) => contains(window, asOf)).map(({ start, end }) => ({ start, end })),
    incidents: overlay.incidents
      .filter((incident) => incident.resolvedAt === null && concernedIds(incident).includes(history.id))
      .map((incident) => ({
        id: incident.id,
        title: incident.title,
        detected: incident.detected,
        startedAt: incident.startedAt,
        impact: impactsAt(incident, asOf).get(history.id) ?? 'none',
      })),
    posted: layers.posted,
    sentinels: { configured: config.sentinels.length, answered: newest?.sentinelAnswered ?? null },
    history: insider ? versions : versions.map(withoutWho),
  };
  return { ...view, says: explainedWords(view) };
};

/** A component as a form needs it to be edited: what may be a secret stands as `•`, which an edit keeps where it stands. */
export interface ComponentForm {
  readonly slug: string;
  readonly managed: ManagedBy;
  /** What the edit is to be based on. */
  readonly recordedAt: Instant;
  /** As an entry of the file; null: it is built in. */
  readonly form: DocumentMapping | null;
}
export const componentForm = async ({ store, config }: ComponentContext, slug: string): Promise<ComponentForm | Refusal> => {
  const watched = findWatched(slug, await watchedComponents(store));
  if (isRefusal(watched)) return watched;
  const { managed, recordedAt } = watched.version;
  const manner = { defaults: config.defaults, locationCount: config.locations.length };
  const form = componentDocument(settingsOf(slug, watched.version), manner, inShort);
  return { slug, managed, recordedAt, form: form && masked(form) };
};
