import { afterAll, beforeAll, expect, test } from 'vitest';
import { instant } from '#domain/time/instant.ts';
import { systemClock } from '#monitor/clock.ts';
import { metricsText, PROMETHEUS_TYPE } from '#site/server/metrics.ts';
import { component, type Rig, standing, startRig } from '../../support/front-rig.ts';
import { ask } from '../../support/raw-http.ts';

const at = instant(1_782_900_000_000);
const facts = standing({
  components: [component(7, 'web')],
  locations: [{ id: 1, slug: 'here', name: 'Here', local: true }],
  lastResults: [
    {
      componentId: 'web',
      locationId: 'here',
      scheduledAt: at,
      at,
      finishedAt: instant(at + 250),
      recordedAt: at,
      canaryOk: null,
      outcome: 'fail',
      reason: 'status_unexpected',
      detail: 'The status was 500.',
      httpStatus: 500,
      latencyUs: 250_000,
      phases: { dns: 1_500, ttfb: 200_000 },
      certExpiresAt: instant(1_800_000_000_000),
    },
  ],
});
let rig: Rig;
let away = false;
beforeAll(async () => {
  rig = await startRig({
    metricsPort: 0,
    facts: () => (away ? null : facts),
    recorderStatus: () => ({ queued: 3, droppedTotal: 2, storedTotal: 10, duplicateTotal: 1, refusedTotal: 0, lastCommitAt: at }),
    proberStatus: () => ({ lastBeatAt: systemClock.now(), loopLagMs: 4, inFlight: 1, due: 0 }),
  });
});
afterAll(async () => {
  await rig[Symbol.asyncDispose]();
});
const scrape = (headers: Record<string, string> = {}, path = '/metrics') => ask(rig.front.metricsPort ?? 0, path, { headers });

test('probes carry the names of blackbox_exporter and slugs, not the numbers of the store', async () => {
  const text = (await scrape()).body.toString();
  const labels = 'component="web",location="here",kind="self"';
  expect(text).toContain(`probe_success{${labels}} 0\n`);
  expect(text).toContain(`probe_duration_seconds{${labels}} 0.25\n`);
  expect(text).toContain(`probe_http_duration_seconds{${labels},phase="dns"} 0.0015\n`);
  expect(text).toContain(`probe_ssl_earliest_cert_expiry{${labels}} 1800000000\n`);
  expect(text).toContain(`probe_http_status_code{${labels}} 500\n`);
});
test('Avow says of itself what waits, what was lost and whether the store commits', async () => {
  const text = (await scrape()).body.toString();
  for (const line of [
    'avow_recorder_queue_results 3',
    'avow_recorder_dropped_total 2',
    'avow_recorder_stored_total 10',
    'avow_store_up 1',
    'avow_prober_loop_lag_seconds 0.004',
  ])
    expect(text).toContain(`${line}\n`);
  for (const name of ['avow_loop_lag_seconds', 'avow_resident_memory_bytes', 'avow_page_renders_total', 'avow_prober_beat_age_seconds'])
    expect(text).toMatch(new RegExp(`^${name} \\d`, 'm'));
});
test('a scraper that asks for OpenMetrics gets it, ended as it must be', async () => {
  const answer = await scrape({ Accept: 'application/openmetrics-text; version=1.0.0,text/plain;q=0.5' });
  expect(answer.headers['content-type']).toMatch(/^application\/openmetrics-text/);
  expect(answer.body.toString()).toMatch(/# EOF\n$/);
  expect(answer.body.toString()).toMatch(/^avow_recorder_stored_total 10$/m);
  expect((await scrape()).headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
});
test('without a store the scrape still answers and says that the store does not', async () => {
  away = true;
  const answer = await scrape();
  away = false;
  expect(answer.status).toBe(200);
  expect(answer.body.toString()).toContain('avow_store_answers 0\n');
  expect(answer.body.toString()).not.toContain('probe_success');
});
test('metrics are on their own listener only, for this machine only', async () => {
  expect((await ask(rig.port, '/metrics')).status).toBe(404);
  expect((await scrape({}, '/')).status).toBe(404);
  expect((await ask(rig.front.metricsPort ?? 0, '/metrics', { host: 'evil.example' })).status).toBe(421);
  expect((await ask(rig.front.metricsPort ?? 0, '/metrics', { method: 'POST' })).status).toBe(405);
});
test('telling ops is counted by kind of channel; addresses are no labels', async () => {
  const now = instant(at + 90_000);
  const input = {
    now,
    condition: null,
    recorder: null,
    prober: null,
    loopLagSeconds: 0,
    rssBytes: 0,
    pages: { renders: 0, entries: 0, bytes: 0 },
    connections: 0,
    probes: null,
  };
  const counts = [
    { channel: 'webhook', state: 'delivered' as const, count: 5, oldestQueuedAt: at },
    { channel: 'mail:a@example.com', state: 'waiting' as const, count: 2, oldestQueuedAt: instant(at + 30_000) },
    { channel: 'mail:b@example.com', state: 'sending' as const, count: 1, oldestQueuedAt: at },
    { channel: 'mail:b@example.com', state: 'dead' as const, count: 3, oldestQueuedAt: at },
  ];
  const channels = [
    { name: 'webhook', failing: false, disabled: true },
    { name: 'mail:a@example.com', failing: true, disabled: false },
    { name: 'mail:b@example.com', failing: true, disabled: false },
  ];
  const text = await metricsText({ ...input, notices: { channels, counts } }, PROMETHEUS_TYPE);
  for (const line of [
    'avow_notice_deliveries{channel="webhook",state="delivered"} 5',
    'avow_notice_deliveries{channel="mail",state="waiting"} 2',
    'avow_notice_deliveries{channel="mail",state="dead"} 3',
    'avow_notice_oldest_waiting_seconds{channel="webhook"} 0',
    'avow_notice_oldest_waiting_seconds{channel="mail"} 90',
    'avow_notice_channels_failing{channel="mail"} 2',
    'avow_notice_channels_disabled{channel="webhook"} 1',
  ])
    expect(text).toContain(`${line}\n`);
  expect(text).not.toContain('@');
});
