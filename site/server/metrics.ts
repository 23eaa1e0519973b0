/**
 * Prometheus and OpenMetrics text. Probes under the names blackbox_exporter made known, Avow itself under `avow_…`, base
 * units. Made per scrape from values handed in, so that nothing is counted twice; one scrape at a time reads the store.
 */
import { Gauge, Counter as PromCounter, Registry } from 'prom-client';
import type { ComponentFact, Facts, LocationFact } from '#db/queries/facts-types.ts';
import type { NoticeFigures } from '#db/queries/notices.ts';
import type { StoreCondition } from '#db/store.ts';
import { kindOfChannel } from '#domain/notice/notice-kind.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { RecorderStatus } from '#monitor/core/recorder-types.ts';
import type { ProberStatus } from './readiness.ts';

export interface MetricsInput {
  readonly now: Instant;
  readonly condition: StoreCondition | null;
  readonly recorder: RecorderStatus | null;
  readonly prober: ProberStatus | null;
  readonly loopLagSeconds: number;
  readonly rssBytes: number;
  readonly pages: { readonly renders: number; readonly entries: number; readonly bytes: number };
  readonly connections: number;
  /** null: the store did not answer. */
  readonly probes: {
    readonly components: readonly ComponentFact[];
    readonly locations: readonly LocationFact[];
    readonly results: Awaited<ReturnType<Facts['lastResults']>>;
  } | null;
  /** null: the store did not answer, or nobody is told. */
  readonly notices?: NoticeFigures | null;
}

export const PROMETHEUS_TYPE = Registry.PROMETHEUS_CONTENT_TYPE;
const OPENMETRICS_TYPE = Registry.OPENMETRICS_CONTENT_TYPE;

/** Which of the two texts a scraper prefers. */
export const metricsType = (accept: string | null): typeof PROMETHEUS_TYPE | typeof OPENMETRICS_TYPE =>
  accept?.includes('application/openmetrics-text') ? OPENMETRICS_TYPE : PROMETHEUS_TYPE;

type Labels = Readonly<Record<string, string>>;
/** A family of one gauge (or counter) with all its samples at once. */
const family = (registry: Registry) => ({
  gauge(name: string, help: string, samples: readonly (readonly [Labels, number | null])[], labelNames: readonly string[] = []): void {
    const gauge = new Gauge({ name, help, labelNames: [...labelNames], registers: [registry] });
    for (const [labels, value] of samples) if (value !== null) gauge.set(labels, value);
  },
  counter(name: string, help: string, value: number): void {
    new PromCounter({ name, help, registers: [registry] }).inc(value);
  },
});

const seconds = (us: number | null | undefined): number | null => (us === null || us === undefined ? null : us / 1_000_000);

const probeFamilies = (registry: Registry, { components, locations, results }: NonNullable<MetricsInput['probes']>): void => {
  const { gauge } = family(registry);
  const componentOf = new Map(components.map((component) => [component.slug, component]));
  const configured = new Set(locations.map(({ slug }) => slug));
  const known = results.flatMap((result) => {
    const component = componentOf.get(result.componentId);
    return component && configured.has(result.locationId)
      ? [{ result, labels: { component: component.slug, location: result.locationId, kind: component.check.definition.kind } }]
      : [];
  });
  const names = ['component', 'location', 'kind'];
  const each = (value: (r: (typeof known)[number]['result']) => number | null): (readonly [Labels, number | null])[] =>
    known.map(({ result, labels }) => [labels, value(result)]);
  gauge(
    'probe_success',
    'Whether the last check found its target working (slow counts as working; no sample for a fault of our own)',
    each((r) => (r.outcome === 'error' ? null : r.outcome === 'fail' ? 0 : 1)),
    names,
  );
  gauge(
    'probe_duration_seconds',
    'How long the last check took',
    each((r) => (r.finishedAt - r.at) / 1_000),
    names,
  );
  gauge(
    'probe_http_status_code',
    'Status of the last answer',
    each((r) => r.httpStatus),
    names,
  );
  gauge(
    'probe_ssl_earliest_cert_expiry',
    'Earliest end of validity in the presented chain, Unix time',
    each((r) => (r.certExpiresAt === null ? null : r.certExpiresAt / 1_000)),
    names,
  );
  gauge(
    'avow_probe_timestamp_seconds',
    'Start of the last check, Unix time',
    each((r) => r.at / 1_000),
    names,
  );
  const phases = known.flatMap(({ result, labels }) =>
    Object.entries(result.phases).map(([phase, us]): readonly [Labels, number | null] => [{ ...labels, phase }, seconds(us)]),
  );
  gauge('probe_http_duration_seconds', 'Phases of the last check', phases, [...names, 'phase']);
};

const noticeFamilies = (registry: Registry, { channels, counts }: NoticeFigures, now: Instant): void => {
  const { gauge } = family(registry);
  // By what kind of channel it is: addresses of people are no labels.
  const kinds = [...new Set(channels.map(({ name }) => kindOfChannel(name)))];
  const states = ['waiting', 'sending', 'delivered', 'dead', 'dropped'] as const;
  const of = (kind: string) => counts.filter(({ channel }) => kindOfChannel(channel) === kind);
  gauge(
    'avow_notice_deliveries',
    'Messages to ops by channel and state (dropped: left out because they made no sense any more)',
    kinds.flatMap((kind) =>
      states.map((state): readonly [Labels, number] => [
        { channel: kind, state },
        of(kind)
          .filter((one) => one.state === state)
          .reduce((sum, { count }) => sum + count, 0),
      ]),
    ),
    ['channel', 'state'],
  );
  gauge(
    'avow_notice_oldest_waiting_seconds',
    'For how long the oldest message that is not told yet has waited; 0 when none waits',
    kinds.map((kind) => {
      const queued = of(kind).flatMap(({ state, oldestQueuedAt }) => (state === 'waiting' || state === 'sending' ? [oldestQueuedAt] : []));
      return [{ channel: kind }, queued.length === 0 ? 0 : Math.max(0, now - Math.min(...queued)) / 1_000];
    }),
    ['channel'],
  );
  const some = (kind: string, is: (channel: NoticeFigures['channels'][number]) => boolean): number =>
    channels.filter((channel) => kindOfChannel(channel.name) === kind && is(channel)).length;
  gauge(
    'avow_notice_channels_failing',
    'Channels whose last message was not taken',
    kinds.map((kind) => [{ channel: kind }, some(kind, ({ failing }) => failing)]),
    ['channel'],
  );
  gauge(
    'avow_notice_channels_disabled',
    'Channels that are disabled',
    kinds.map((kind) => [{ channel: kind }, some(kind, ({ disabled }) => disabled)]),
    ['channel'],
  );
};

/** The whole text of one scrape. */
export const metricsText = async (input: MetricsInput, type: typeof PROMETHEUS_TYPE | typeof OPENMETRICS_TYPE): Promise<string> => {
  const registry = new Registry();
  // The typing knows one content type per registry; the program takes both.
  registry.setContentType(type as typeof PROMETHEUS_TYPE);
  const { gauge, counter } = family(registry);
  if (input.probes) probeFamilies(registry, input.probes);
  if (input.notices) noticeFamilies(registry, input.notices, input.now);
  gauge('avow_store_up', 'Whether the store commits', [[{}, input.condition?.state === 'open' ? 1 : 0]]);
  gauge('avow_store_answers', 'Whether the store answered this scrape', [[{}, input.probes ? 1 : 0]]);
  if (input.recorder) {
    gauge('avow_recorder_queue_results', 'Results waiting to be stored', [[{}, input.recorder.queued]]);
    counter('avow_recorder_stored_total', 'Results stored since the start', input.recorder.storedTotal);
    counter('avow_recorder_dropped_total', 'Results lost because the queue was full', input.recorder.droppedTotal);
    counter('avow_recorder_duplicates_total', 'Results delivered again', input.recorder.duplicateTotal);
    counter('avow_recorder_refused_total', 'Results refused, as those from the future', input.recorder.refusedTotal);
    gauge('avow_recorder_last_commit_timestamp_seconds', 'Last commit, Unix time', [
      [{}, input.recorder.lastCommitAt === null ? null : input.recorder.lastCommitAt / 1_000],
    ]);
  }
  if (input.prober) {
    const { lastBeatAt, loopLagMs, inFlight, due } = input.prober;
    gauge('avow_prober_beat_age_seconds', 'Time since the prober last beat', [
      [{}, lastBeatAt === null ? null : Math.max(0, input.now - lastBeatAt) / 1_000],
    ]);
    gauge('avow_prober_loop_lag_seconds', "How late the prober's own loop runs", [[{}, loopLagMs / 1_000]]);
    gauge('avow_prober_in_flight', 'Checks under way', [[{}, inFlight]]);
    gauge('avow_prober_due', 'Checks that are due and wait', [[{}, due]]);
  }
  gauge('avow_loop_lag_seconds', "How late the main thread's loop runs", [[{}, input.loopLagSeconds]]);
  gauge('avow_resident_memory_bytes', 'Resident memory of the process', [[{}, input.rssBytes]]);
  counter('avow_page_renders_total', 'Public answers rendered since the start', input.pages.renders);
  gauge('avow_page_store_entries', 'Public answers held as prepared bytes', [[{}, input.pages.entries]]);
  gauge('avow_page_store_bytes', 'Memory they take', [[{}, input.pages.bytes]]);
  gauge('avow_http_connections', 'Open connections of the public listener', [[{}, input.connections]]);
  return registry.metrics();
};
