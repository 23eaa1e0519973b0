/** `/metrics` on its own loopback listener: never on the public one. One scrape at a time reads the store, for at most 2 s. */
import type { Facts } from '#db/queries/facts-types.ts';
import type { NoticeFigures } from '#db/queries/notices.ts';
import type { Clock } from '#monitor/clock.ts';
import { sendPlain } from './answer.ts';
import { hostRules } from './host-rules.ts';
import { type Listener, listen } from './listener.ts';
import { type MetricsInput, metricsText, metricsType } from './metrics.ts';
import { readHead } from './request-head.ts';
import type { HeaderPairs } from './security-headers.ts';

export interface MetricsEndpointDeps {
  readonly port: number;
  readonly clock: Clock;
  readonly always: HeaderPairs;
  /** null while there is no store. */
  readonly facts: () => Facts | null;
  /** Absent: nobody is told. */
  readonly notices?: (() => Promise<NoticeFigures | null>) | undefined;
  readonly values: () => Omit<MetricsInput, 'probes' | 'notices' | 'now'>;
}

const HOST = '127.0.0.1';
const STORE_WITHIN_MS = 2_000;

export const metricsEndpoint = async (deps: MetricsEndpointDeps): Promise<Listener> => {
  const { clock, always } = deps;
  let reading: Promise<Read> | null = null;
  const read = (): Promise<Read> => {
    reading ??= readStore(deps).finally(() => {
      reading = null;
    });
    return reading;
  };
  let hosts = hostRules(`http://${HOST}`, deps.port);
  const listener = await listen({
    host: HOST,
    port: deps.port,
    portSetting: 'AVOW_METRICS_PORT',
    always: () => always,
    clock,
    handle: (request, response) => {
      const head = readHead(request.rawHeaders);
      const bodyless = request.method === 'HEAD';
      const say = (status: number, body: string, type = 'text/plain; charset=utf-8'): void =>
        sendPlain(response, { status, body: `${body}\n`, type }, always, bodyless);
      const refused = hosts.judge(head.host, head.hosts, () => request.socket.remoteAddress);
      if (refused) return say(refused.status, refused.sentence);
      if (request.url !== '/metrics') return say(404, 'Only /metrics is here.');
      if (request.method !== 'GET' && request.method !== 'HEAD') return say(405, 'Metrics are read with GET.');
      const type = metricsType(head.accept);
      read()
        .then((found) => metricsText({ ...deps.values(), ...found, now: clock.now() }, type))
        .then((text) => sendPlain(response, { status: 200, body: text, type }, always, bodyless))
        .catch((cause: unknown) => say(500, `The metrics could not be made: ${String(cause)}`));
    },
  });
  hosts = hostRules(`http://${HOST}:${listener.port}`, listener.port);
  return listener;
};

type Read = Pick<MetricsInput, 'probes' | 'notices'>;

const readStore = async ({ facts, notices, clock }: MetricsEndpointDeps): Promise<Read> => {
  const source = facts();
  if (!source) return { probes: null };
  const late = new AbortController();
  const limit = clock.sleep(STORE_WITHIN_MS, late.signal).then((): Read => ({ probes: null }));
  limit.catch(() => undefined);
  try {
    const read = Promise.all([source.components(), source.locations(), source.lastResults(), notices?.().catch(() => null) ?? null]).then(
      ([components, locations, results, told]): Read => ({ probes: { components, locations, results }, notices: told }),
    );
    return await Promise.race([read, limit]);
  } catch {
    // A store that is away is said by avow_store_answers, not by a failed scrape.
    return { probes: null };
  } finally {
    late.abort();
  }
};
