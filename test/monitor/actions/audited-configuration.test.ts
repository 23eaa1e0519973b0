/** What the audit says of an applied configuration: each thing that changed, and no secret. */
import { expect, test } from 'vitest';
import { appendAudit } from '#db/queries/audit.ts';
import type { Store } from '#db/store.ts';
import { applyConfiguration } from '#monitor/actions/apply-configuration.ts';
import { auditChecks } from '#monitor/actions/doctor-audit.ts';
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

test('doctor says which rows of an earlier Avow hold in clear what is hidden today, repeats none of it, and changes nothing', async () => {
  await using store = await openTempStore();
  const clock = new VirtualClock(1_000_000);
  const config = read(site('      headers:\n        X-Key: plain-secret\n'));
  await applyConfiguration({ store, clock, actor: fileActor(config) }, config);
  const notes = async () => {
    const { differences, notes } = await auditChecks({ store, clock }, () => undefined);
    expect(differences).toEqual([]);
    return notes.slice(1);
  };
  expect(await notes()).toEqual([]);
  const row = (subject: string, before: object | null, after: object) => ({
    ...({ recordedAt: clock.now(), actorKind: 'file', actorId: null, actorName: 'avow.yaml', from: null, requestId: null } as const),
    ...{ verb: 'configuration.apply', subject, before: before && JSON.stringify(before), after: JSON.stringify(after) },
  });
  const told = (url: string) => ({ ops: { webhook: { url } } });
  const sends = (key: string) => ({ name: 'Shop', definition: { kind: 'http', url: 'https://example.com/', headers: { 'X-Key': key } } });
  const write = (...rows: ReturnType<typeof row>[]) => store.exclusive(async () => store.write(await appendAudit(store, rows)));
  await write(row('settings/all', told('https://hooks.example.com/plain-one'), told('•')));
  expect(await notes()).toEqual([
    'Row 4 of the audit holds in clear what is hidden today: the address where ops are told. An earlier Avow wrote that, and no row is ever changed. ' +
      `If one of these values lets somebody in and is still good, make a new one where it belongs, and refer to it as \${NAME}.`,
  ]);
  await write(
    ...['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((slug) => row(`component/${slug}`, null, sends(slug === 'c' ? '•' : 'plain-key'))),
  );
  const [note] = await notes();
  expect(note).toContain('7 rows of the audit, from 4 to 11, hold in clear');
  expect(note).toContain('the address where ops are told and what is sent along with a, b, d, e, f, 1 more.');
  expect(note).not.toContain('plain');
});
