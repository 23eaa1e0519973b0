/** What the audit says of an applied configuration: each thing that changed, and no secret. */
import { expect, test } from 'vitest';
import type { Store } from '#db/store.ts';
import { applyConfiguration } from '#monitor/actions/apply-configuration.ts';
import type { Config } from '#monitor/config/config.ts';
import { isConfig, parseConfiguration } from '#monitor/config/parse.ts';
import { fileActor } from '#monitor/context.ts';
import { openTempStore } from '../../support/temp-store.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const read = (yaml: string): Config => {
  const config = parseConfiguration(Buffer.from(yaml), 'avow.yaml', { secret: () => 'hidden-value', ownPorts: [] });
  if (!isConfig(config)) throw new Error(config.map(({ message }) => message).join('\n'));
  return config;
};
const readWebhook = (yaml: string): Config => {
  const config = parseConfiguration(Buffer.from(yaml), 'avow.yaml', { secret: () => `whsec_${'A'.repeat(43)}=`, ownPorts: [] });
  if (!isConfig(config)) throw new Error(config.map(({ message }) => message).join('\n'));
  return config;
};
const site = (lines: string, name = 'Website') => `components:
  - name: ${name}
    slug: website
    http:
      url: https://example.com/health?key=plain-key
${lines}`;

const audited = async (store: Store) => {
  const { rows } = await store.read({
    sql: 'SELECT actor_kind, actor_name, verb, subject, before_json, after_json FROM audit ORDER BY seq',
  });
  return rows.map(([kind, name, verb, subject, before, after]) => ({
    by: `${String(kind)} ${String(name)}`,
    verb,
    subject: String(subject),
    before: before === null ? null : (JSON.parse(String(before)) as Record<string, unknown>),
    after: after === null ? null : (JSON.parse(String(after)) as Record<string, unknown>),
  }));
};

test('one row for each thing that is new, different or removed, by the file', async () => {
  await using store = await openTempStore();
  const clock = new VirtualClock(1_000_000);
  const apply = (config: Config) => applyConfiguration({ store, clock, actor: fileActor(config) }, config);
  await apply(read(site('')));
  const first = await audited(store);
  expect(first.map(({ subject }) => subject)).toEqual([expect.stringMatching(/^location\//), 'component/website', 'settings/all']);
  expect(first.every(({ by, verb, before }) => by === 'file avow.yaml' && verb === 'configuration.apply' && before === null)).toBe(true);
  await apply(read(site('')));
  expect(await audited(store)).toHaveLength(3);
  await apply(read(site('', 'Shop')));
  expect((await audited(store)).slice(3)).toMatchObject([
    { subject: 'component/website', before: { name: 'Website' }, after: { name: 'Shop' } },
  ]);
});

test('a secret that somebody wrote into the file stands there as a dot, a reference as itself, and that it changed is told', async () => {
  await using store = await openTempStore();
  const clock = new VirtualClock(1_000_000);
  const apply = (config: Config) => applyConfiguration({ store, clock, actor: fileActor(config) }, config);
  const headers = (value: string) => `      headers:\n        X-Key: ${value}\n        X-Token: Bearer \${TOKEN}\n`;
  await apply(read(site(headers('plain-secret'))));
  await apply(read(site(headers('other-secret'))));
  const rows = (await audited(store)).filter(({ subject }) => subject === 'component/website');
  expect(rows[0]?.after).toMatchObject({
    definition: { url: 'https://example.com/health?key=•', headers: { 'X-Key': '•', 'X-Token': `Bearer \${TOKEN}` } },
  });
  expect(rows[1]?.after).toMatchObject({ changed: '•' });
  expect(JSON.stringify(rows)).not.toMatch(/plain-|other-|hidden-value/);
});

test('so does the address where ops are told, and that it is another is told', async () => {
  await using store = await openTempStore();
  const clock = new VirtualClock(1_000_000);
  const apply = (config: Config) => applyConfiguration({ store, clock, actor: fileActor(config) }, config);
  const told = (url: string) => `${site('')}ops:\n  webhook:\n    url: ${url}\n    secret: \${SECRET}\n`;
  for (const url of ['https://hooks.example.com/plain-one', 'https://hooks.example.com/other-one']) await apply(readWebhook(told(url)));
  const rows = (await audited(store)).filter(({ subject }) => subject === 'settings/all');
  expect(rows).toHaveLength(2);
  expect(JSON.stringify(rows)).not.toMatch(/plain-one|other-one/);
  expect(rows[1]?.after).toMatchObject({ changed: '•' });
});
