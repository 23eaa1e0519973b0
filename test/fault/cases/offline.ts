/**
 * P2: Avow on one end of a wire, 200 targets, their name server and a sentinel on the other. The wire is lost in five ways:
 * nothing of it may become an outage. Then every target really dies while the sentinel answers: all of it must. Started in a
 * network and mount namespace of its own.
 */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { systemClock } from '#monitor/clock.ts';
import { productFolder } from '../../support/product.ts';
import { examine } from '../../support/product-store.ts';
import { runProduct } from '../../support/running-product.ts';

const NEAR = '10.213.0.1';
const FAR = '10.213.0.2';
const BY_NAME = 100;
const BY_ADDRESS = 100;
/** Each loss lasts this long: several rounds of every check, and longer than their hold. */
const LOSS_MS = 9_000;

const ip = (...words: readonly string[]): void => void execFileSync('ip', words, { stdio: ['ignore', 'ignore', 'inherit'] });
const folder = productFolder();
// It waits for a line, because its address does not exist before its end of the wire is there.
const far = spawn(
  'unshare',
  [
    '-n',
    'sh',
    '-c',
    'read go && exec "$0" "$@"',
    process.execPath,
    fileURLToPath(new URL('../../support/far-side.ts', import.meta.url)),
    FAR,
  ],
  { stdio: ['pipe', 'pipe', 'inherit'] },
);
const inFar = (...words: readonly string[]): void =>
  void execFileSync('nsenter', ['-t', String(far.pid), '-n', 'ip', ...words], { stdio: ['ignore', 'ignore', 'inherit'] });
const tellFar = (line: string): void => void far.stdin.write(`${line}\n`);

while (readlinkSync(`/proc/${far.pid}/ns/net`) === readlinkSync('/proc/self/ns/net')) await systemClock.sleep(10);
ip('link', 'set', 'lo', 'up');
ip('link', 'add', 'near', 'type', 'veth', 'peer', 'name', 'far');
ip('link', 'set', 'far', 'netns', String(far.pid));
ip('addr', 'add', `${NEAR}/30`, 'dev', 'near');
ip('link', 'set', 'near', 'up');
inFar('addr', 'add', `${FAR}/30`, 'dev', 'far');
inFar('link', 'set', 'lo', 'up');
inFar('link', 'set', 'far', 'up');
tellFar('go');
await once(far.stdout, 'data');
const resolv = join(folder.path, 'resolv.conf');
writeFileSync(resolv, `nameserver ${FAR}\n`);
execFileSync('mount', ['--bind', resolv, '/etc/resolv.conf']);

/**
 * A name that was asked for in the last moment of a silence is known too late for that one check (docs/reliability.md, honest
 * limits): so names have the product's own two confirmations, and addresses, which have no such excuse, one.
 */
const urls = [
  ...Array.from({ length: BY_NAME }, (_, i) => `http://web-${i}.example:8080/`),
  ...Array.from({ length: BY_ADDRESS }, () => `http://${FAR}:8080/`),
];
folder.writeConfig(
  [
    'page: { name: Offline }',
    `sentinels: ["${FAR}:9000"]`,
    'components:',
    ...urls.map((url, i) => `  - { name: t${i}, http: "${url}", interval: 2s, timeout: 1s, confirmations: ${i < BY_NAME ? 2 : 1} }`),
    '',
  ].join('\n'),
);

const losses: Readonly<Record<string, readonly [begin: () => void, end: () => void]>> = {
  'our link goes down': [() => ip('link', 'set', 'near', 'down'), () => ip('link', 'set', 'near', 'up')],
  'the wire is pulled at the far end': [() => inFar('link', 'set', 'far', 'down'), () => inFar('link', 'set', 'far', 'up')],
  'packets vanish': [() => ip('route', 'add', 'blackhole', `${FAR}/32`), () => ip('route', 'del', 'blackhole', `${FAR}/32`)],
  'the way is refused': [() => ip('route', 'add', 'unreachable', `${FAR}/32`), () => ip('route', 'del', 'unreachable', `${FAR}/32`)],
  'the name server is silent': [() => tellFar('names off'), () => tellFar('names on')],
};
interface Summary {
  readonly status: { readonly indicator: string };
  readonly incidents: readonly unknown[];
}
const product = await runProduct(folder);
const summary = async (): Promise<Summary> => JSON.parse((await product.get('/api/v2/summary.json')).text) as Summary;
const stored = (): Promise<number> => product.metric('avow_recorder_stored_total');
/** Good again, and seen to be so by every check. */
const calm = async (when: string): Promise<void> => {
  await product.becomes(`all is well ${when}`, async () => (await summary()).status.indicator === 'none');
  const before = await stored();
  await product.becomes(`two rounds are stored ${when}`, async () => (await stored()) > before + 2 * urls.length);
};
const times: string[] = [];
try {
  await calm('at first');
  for (const [loss, [begin, end]] of Object.entries(losses)) {
    times.push(`${systemClock.now()}: ${loss}`);
    begin();
    await systemClock.sleep(LOSS_MS);
    assert.deepEqual((await summary()).incidents, [], loss);
    times.push(`${systemClock.now()}: no longer: ${loss}`);
    end();
    await calm(`after: ${loss}`);
    assert.deepEqual((await summary()).incidents, [], `after: ${loss}`);
    process.stdout.write(`- ${loss} for ${LOSS_MS / 1_000} s: no incident\n`);
  }
  const died = systemClock.now();
  tellFar('web off');
  await product.becomes('every target is down', async () => (await summary()).incidents.length === urls.length);
  tellFar('web on');
  await product.becomes('every incident is resolved', async () => (await summary()).incidents.length === 0);
  assert.equal(await product.ends('SIGTERM'), 0);
  const { incidents, outbox, outcomes, events, broken, failures } = await examine(folder.data);
  assert.deepEqual({ broken, bad: product.bad }, { broken: [], bad: [] });
  const before = incidents.filter(({ startedAt }) => startedAt < died - 1_000);
  const told = (): string =>
    [...times, ...failures.slice(0, 5), ...failures.filter((line) => Number(line.slice(0, 13)) < died - 1_000)].join('\n');
  assert.deepEqual(before, [], `${before.length} outages were declared while the wire was lost:\n${told()}`);
  const twice = incidents.filter(({ id, slug }) => incidents.some((other) => other.slug === slug && other.id !== id));
  assert.deepEqual(twice, [], `${twice.length} outages were told in pieces`);
  assert.equal(incidents.length, urls.length);
  assert.equal(outbox.length, 2 * urls.length);
  const blind = events.filter(({ kind }) => kind === 'blind').length;
  assert.ok(blind >= 4, `only ${blind} times was the prober known to be blind`);
  process.stdout.write(
    `- ${outcomes[3] ?? 0} checks without evidence, ${blind} times blind; then ${incidents.length} real outages, each once, ${outbox.length} messages\n`,
  );
} finally {
  await product.ends('SIGKILL');
  far.kill('SIGKILL');
  execFileSync('umount', ['/etc/resolv.conf']);
  folder.remove();
}
process.exit(0);
