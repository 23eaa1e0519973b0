/** A store in which very many components are watched and all but a few are well: what lists of the console are measured on. */
import type { Store } from '#db/store.ts';
import { MINUTE } from '#domain/time/instant.ts';
import { applyConfiguration } from '#monitor/actions/apply-configuration.ts';
import type { Clock } from '#monitor/clock.ts';
import type { Config } from '#monitor/config/config.ts';
import { isConfig, parseConfiguration } from '#monitor/config/parse.ts';
import { SYSTEM } from '#monitor/context.ts';

export const manyConfig = (count: number): Config => {
  const lines = Array.from({ length: count }, (_, i) => `- {name: C${i}, group: G${i % 40}, tcp: "t${i % 97}.example.com:443"}`);
  const read = parseConfiguration(Buffer.from(`components:\n${lines.join('\n')}\n`), 'avow.yaml', { secret: () => null, ownPorts: [] });
  if (!isConfig(read)) throw new Error(read.map(({ message }) => message).join('\n'));
  return read;
};

/** One open span of an hour and one check just now each; every `downEvery`th is down. */
export const writeManyChecks = async (store: Store, clock: Clock, config: Config, downEvery: number): Promise<void> => {
  await applyConfiguration({ store, clock, actor: SYSTEM }, config);
  const at = clock.now();
  await store.write([
    {
      sql: `INSERT INTO spans (component_id, location_id, start_ms, end_ms, lenient, strict, slow)
        SELECT id, (SELECT min(id) FROM locations), ?, NULL, iif(id % ? = 0, 'down', 'up'), iif(id % ? = 0, 'down', 'up'), 0 FROM components`,
      args: [at - 60 * MINUTE, downEvery, downEvery],
    },
    {
      sql: `INSERT INTO checks (c, l, at, lag, took, delay, o, r, k, s, u, p, d)
        SELECT id, (SELECT min(id) FROM locations), ?, 0, 5, 5, iif(id % ? = 0, 2, 0), iif(id % ? = 0, 7, 0), NULL, NULL, 5000, NULL, NULL FROM components`,
      args: [at, downEvery, downEvery],
    },
  ]);
};
