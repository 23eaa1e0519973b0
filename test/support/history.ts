/**
 * A store with a past that nobody planned: the usual troubles, drawn from a seed, over every component of a configuration at
 * its local location. The mechanism is the
 * demo's (monitor/demo), whose own past is a scenario. `avow doctor` must find no difference.
 */

import { type ComponentHistory, type LocationHistory, readDefinitions } from '#db/queries/definitions.ts';
import type { Store } from '#db/store.ts';
import { DAY, HOUR, type Instant, instant, MINUTE, SECOND } from '#domain/time/instant.ts';
import { applyConfiguration } from '#monitor/actions/apply-configuration.ts';
import { systemClock } from '#monitor/clock.ts';
import type { Config } from '#monitor/config/config.ts';
import { SYSTEM } from '#monitor/context.ts';
import { incidentPast } from '#monitor/demo/incident-past.ts';
import { pairPast, phasesFrom } from '#monitor/demo/pair-past.ts';
import { writePast } from '#monitor/demo/past.ts';
import { type Random, seeded } from '#monitor/demo/seeded.ts';
import type { Trouble } from '#monitor/demo/trouble.ts';

export interface HistorySpan {
  readonly from: Instant;
  /** The last checks lie just before this; what the prober does next joins on. */
  readonly until: Instant;
  readonly seed: number;
}
export interface HistoryWritten {
  readonly checks: number;
  readonly packedDays: number;
  readonly spans: number;
  readonly incidents: number;
}

/** What goes wrong, how often in thirty days, and for how long (minutes, at most). */
const USUAL: readonly (readonly [Trouble['reason'], number, number])[] = [
  ['connect_refused', 0.25, 40],
  ['status_unexpected', 0.25, 90],
  ['timeout', 0.15, 25],
  ['over_latency_limit', 0.6, 120],
  ['status_unexpected', 1.5, 0.2],
  ['own_network', 0.1, 15],
  ['silence', 0.05, 60],
];

const usualTroubles = (random: Random, from: Instant, until: Instant): Trouble[] => {
  const days = (until - from) / DAY;
  const found: Trouble[] = [];
  for (const [reason, perMonth, minutes] of USUAL) {
    const count = Math.floor((days / 30) * perMonth * 2 * random() + random());
    for (let i = 0; i < count; i++) {
      const start = Math.floor(from + random() * (until - from - HOUR));
      const end = Math.floor(Math.min(until - 10 * MINUTE, start + (0.1 + random()) * minutes * MINUTE));
      found.push({ start: instant(start), end: instant(end), reason });
    }
  }
  return found;
};

const writeComponent = async (
  store: Store,
  component: ComponentHistory,
  local: LocationHistory,
  { from, until, seed }: HistorySpan,
): Promise<HistoryWritten> => {
  const random = seeded(seed * 7_919 + component.id);
  const { slug, versions } = component;
  const watch = {
    slug,
    intervalMs: versions[0].check.intervalMs,
    over: { start: from, end: until },
    troubles: usualTroubles(random, from, until),
    phasesFrom: phasesFrom(until),
    baseUs: 20_000 + 150_000 * random(),
    status: 200,
  };
  const past = pairPast({ componentId: component.id, locationId: local.id }, versions, watch, until, random);
  const told = incidentPast(component, [past], [local], until);
  await writePast(store, { pairs: [past], dated: told.flat(), runs: [] }).until(instant(until + DAY));
  return { checks: past.checks, packedDays: past.packedDays, spans: past.pieces.length, incidents: told.length };
};

/** Puts `config` in force since `from` and writes the past of each component, one after the other. */
export const writeHistory = async (
  store: Store,
  config: Config,
  span: HistorySpan,
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<HistoryWritten> => {
  await applyConfiguration({ store, clock: { ...systemClock, now: () => span.from }, actor: SYSTEM }, config);
  const { components, locations } = await readDefinitions(store);
  const local = locations.find(({ slug }) => slug === config.locations.find((one) => one.local)?.slug);
  if (!local) throw new Error('The configuration names no local location.');
  const run = { location: local.slug, start: span.from, end: instant(span.until - SECOND) };
  await writePast(store, { pairs: [], dated: [], runs: [run] }).until(span.until);
  const sum = { checks: 0, packedDays: 0, spans: 0, incidents: 0 };
  for (const [i, component] of components.entries()) {
    const written = await writeComponent(store, component, local, span);
    for (const key of ['checks', 'packedDays', 'spans', 'incidents'] as const) sum[key] += written[key];
    onProgress(i + 1, components.length);
    await systemClock.sleep(0);
  }
  return sum;
};
