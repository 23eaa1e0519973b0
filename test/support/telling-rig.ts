/** Telling ops over a real store, with loopback receivers: what tests of notices share. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DeliveryRow, type DeliveryState, deliveriesIn } from '#db/queries/notices.ts';
import { enqueue, type OutboxMessage } from '#db/queries/outbox.ts';
import type { Store } from '#db/store.ts';
import { type Clock, systemClock } from '#monitor/clock.ts';
import type { Config, OpsSettings } from '#monitor/config/config.ts';
import { firstMinuteConfig } from '#monitor/config/first-minute.ts';
import type { Log } from '#monitor/context.ts';
import { keepTelling, type Telling, type TellingParts } from '#monitor/core/keep-telling.ts';
import { openTempStore, tempFolder } from './temp-store.ts';
import { PUBLIC_HOSTS, publicly } from './webhook-sink.ts';

export const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
export const OLD_SECRET = `whsec_${Buffer.alloc(24, 9).toString('base64')}`;

export const webhookAt = (url: string, secrets: readonly string[] = [SECRET]): OpsSettings['webhook'] => ({
  url,
  secrets,
  written: { url: 'as in the file', secret: 'as in the file', previousSecret: null },
});

export interface TellingRig extends AsyncDisposable {
  readonly store: Store;
  readonly telling: Telling;
  /** Every line that was logged, with its facts. */
  readonly logged: readonly string[];
  /** Writes rows as verbs and the recorder do. */
  say(...messages: readonly OutboxMessage[]): Promise<void>;
  use(ops: OpsSettings): Promise<void>;
  deliveries(state: DeliveryState): Promise<DeliveryRow[]>;
  /** Resolves once nothing waits and nothing is on its way. */
  settled(): Promise<void>;
}

export const collectingLog = (lines: string[]): Log => {
  const line = (message: string, facts: object = {}): void => void lines.push(`${message} ${JSON.stringify(facts)}`);
  return { info: line, warn: line, error: line };
};

export const startTelling = async (
  ops: OpsSettings,
  { clock = systemClock, ...more }: { readonly clock?: Clock } & Partial<TellingParts> = {},
): Promise<TellingRig> => {
  const folder = await tempFolder();
  const hosts = join(folder.path, 'hosts');
  await writeFile(hosts, PUBLIC_HOSTS);
  const store = more.store ?? (await openTempStore());
  let config: Config = { ...firstMinuteConfig(), ops };
  const logged: string[] = [];
  const telling = await keepTelling({
    store,
    clock,
    log: collectingLog(logged),
    config: () => config,
    origin: 'https://status.example.com',
    smtpUrl: null,
    dataDir: folder.path,
    spare: folder.path,
    diskUse: () => Promise.resolve({ usedBytes: 10n, freeBytes: 90n }),
    ownPorts: () => [],
    egress: publicly(systemClock, hosts),
    ...more,
  });
  const deliveries = (state: DeliveryState): Promise<DeliveryRow[]> => deliveriesIn(store, state, 10_000);
  return {
    store,
    telling,
    logged,
    deliveries,
    async say(...messages) {
      await store.write(messages.map((message) => enqueue(message, clock.now())));
      telling.wake();
    },
    async use(next) {
      config = { ...config, ops: next };
      await telling.again();
    },
    async settled() {
      for (;;) {
        const { rows } = await store.read({
          sql: `SELECT (SELECT count(*) FROM notice_channels WHERE queued_to < (SELECT coalesce(max(id), 0) FROM outbox))
            + (SELECT count(*) FROM notice_deliveries WHERE state IN ('waiting', 'sending'))`,
        });
        if (rows[0]?.[0] === 0) return;
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
    async [Symbol.asyncDispose]() {
      await telling.stop();
      if (Symbol.asyncDispose in store) await (store as Store & AsyncDisposable)[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
};

export const opened = (incident: string, title = `${incident} is not answering`): OutboxMessage => ({
  key: `incident.opened:${incident}`,
  type: 'incident.opened',
  payload: { incident, component: incident, name: incident, title, startedAt: Date.UTC(2026, 10, 24, 12), reason: 'connect_refused' },
});
export const resolved = (incident: string, title = `${incident} is not answering`): OutboxMessage => ({
  key: `incident.resolved:${incident}`,
  type: 'incident.resolved',
  payload: {
    incident,
    component: incident,
    name: incident,
    title,
    startedAt: Date.UTC(2026, 10, 24, 12),
    resolvedAt: Date.UTC(2026, 10, 24, 12, 18),
  },
});
