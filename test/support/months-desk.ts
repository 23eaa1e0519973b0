/**
 * A store with a past, contracts and announcements, and a clock that stands where a test puts it: what tests of months share. One
 * component is down for two hours on the morning of Saturday 10 October 2026, of which one was announced.
 */

import type { Store } from '#db/store.ts';
import type { Instant } from '#domain/time/instant.ts';
import { applyConfiguration } from '#monitor/actions/apply-configuration.ts';
import type { ReportContext } from '#monitor/actions/report-context.ts';
import { openReportKey } from '#monitor/actions/report-key.ts';
import type { Config } from '#monitor/config/config.ts';
import { isConfig, parseConfiguration } from '#monitor/config/parse.ts';
import { SOCKET_OWNER, SYSTEM } from '#monitor/context.ts';
import { writeHistory } from './history.ts';
import { at } from './maintenance-desk.ts';
import { openTempStore, tempFolder } from './temp-store.ts';
import { VirtualClock } from './virtual-clock.ts';

export const YAML = `
credit_schedules:
  - { id: standard, tiers: [{ below: 99.5, credit: 10 }, { below: 99, credit: 25 }], cap: 50 }
customers:
  - { id: north, name: North Lines }
  - { id: kita, name: Kita KK }
contracts:
  - { id: north-main, customer: north, currency: USD, monthly_fee: "5000.00", from: 2026-01-01, credits: standard }
  - { id: kita-main, customer: kita, currency: JPY, monthly_fee: "700000", from: 2026-10-16, zone: Asia/Tokyo, components: [app], critical: [app], credits: standard }
components:
  - { name: App, http: "http://127.0.0.1:9/" }
  - { name: Files, http: "http://127.0.0.1:9/", interval: 5m, critical: false }
`;

export const configOf = (yaml: string): Config => {
  const config = parseConfiguration(Buffer.from(yaml), 'avow.yaml', { secret: () => null, ownPorts: [] });
  if (!isConfig(config)) throw new Error(config.map(({ message, path }) => `${path} ${message}`).join('\n'));
  return config;
};

export interface MonthsDesk extends AsyncDisposable {
  readonly ctx: ReportContext;
  readonly store: Store;
  readonly config: Config;
  /** Sets the wall clock. */
  set(now: string | Instant): void;
  apply(yaml: string): ReturnType<typeof applyConfiguration>;
}

/** Watched from `from` on, with every check until `until`; the clock stands there. */
export const openMonthsDesk = async (from: string, until: string, yaml = YAML, seed = 5): Promise<MonthsDesk> => {
  const [store, folder] = [await openTempStore(), await tempFolder()];
  const config = configOf(yaml);
  await writeHistory(store, config, { from: at(from), until: at(until), seed });
  const clock = new VirtualClock(at(until));
  // Between two contracts the verbs let others have their turn; a test has nobody else.
  const ctx: ReportContext = {
    store,
    actor: SOCKET_OWNER,
    clock: {
      now: () => clock.now(),
      monotonicUs: () => clock.monotonicUs(),
      after: (ms, work) => clock.after(ms, work),
      sleep: () => Promise.resolve(),
    },
    maker: { tzdata: process.versions['tz'] ?? 'unknown', generator: { name: 'avow', version: '0.0.0' } },
    reportKey: openReportKey(folder.path, true),
  };
  return {
    ctx,
    store,
    config,
    set: (to) => clock.jumpWall((typeof to === 'string' ? at(to) : to) - clock.now()),
    apply: (text) => applyConfiguration({ store, clock, actor: SYSTEM }, configOf(text)),
    async [Symbol.asyncDispose]() {
      await store[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
};
