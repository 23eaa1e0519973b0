/**
 * The console at work: 1,000 real checks every 20 s and 100,000 rows of the audit, its pages asked for by people who signed in, twenty a second;
 * their p99 against that of plain Hono answering "hello" over 32 connections, three times as in G7, in turns. Then, in a store of its own, what
 * lists cost: 10,000 checks by a state that three of them are in, 100,000 rows of the audit by each thing that is offered.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openStore } from '#db/client.ts';
import type { Store } from '#db/store.ts';
import { readAuditSearch } from '#domain/access/audit-search.ts';
import { isRefusal } from '#domain/refusal.ts';
import { systemClock } from '#monitor/clock.ts';
import { SOCKET_OWNER } from '#monitor/context.ts';
import { auditPage } from '#monitor/views/audit-page.ts';
import { componentListView, type ListQuery } from '#monitor/views/component-list.ts';
import { signIn } from '../../support/console-people.ts';
import { silentLog } from '../../support/temp-store.ts';
import { writeAudit } from '../support/audit-rows.ts';
import { manyComponents, pause, startAvow } from '../support/avow.ts';
import { type Benchmark, type Figure, median, rounded } from '../support/goal.ts';
import { manyConfig, writeManyChecks } from '../support/many-checks.ts';
import { cpuSeconds, run } from '../support/process.ts';

const script = (name: string): string => fileURLToPath(new URL(`../support/${name}`, import.meta.url));
const COMPONENTS = 1_000;
const ROWS = 100_000;
const ROUNDS = 5;
const SECONDS = 12;
const PER_SECOND = 20;
const LISTED = 10_000;
const LIST_MS = 50;
const PAGES = [
  '/admin',
  '/admin/components',
  '/admin/maintenance',
  '/admin/maintenance/new',
  '/admin/maintenance/verdict?slot=next&from=10:00&to=12:00&scope=all',
  '/admin/incidents',
  '/admin/incidents/new',
  '/admin/audit',
  '/admin/releases',
];

const openAt = (folder: string): Promise<Store> => openStore({ path: join(folder, 'avow.db'), clock: systemClock, log: silentLog });

const pages = async (say: (line: string) => void): Promise<readonly Figure[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'avow-bench-'));
  mkdirSync(join(folder, 'data'));
  const seeded = await openAt(join(folder, 'data'));
  await writeAudit(seeded, ROWS);
  const { as } = await signIn(seeded, systemClock);
  const people = [as.ops.secret, as.admin.secret].join(',');
  await seeded.close();
  const target = run(0, [script('target-server.ts'), 'http']);
  const url = `http://127.0.0.1:${(await target.nextLine())['port']}/`;
  const avow = await startAvow({ yaml: manyComponents(COMPONENTS, url, ['interval: 20s', 'timeout: 5s']), folder });
  const hono = run(1, [script('hono-hello.ts')]);
  const { port: honoPort = 0 } = await hono.nextLine();
  try {
    await pause(25_000);
    const idleFrom = cpuSeconds(avow.pid);
    await pause(SECONDS * 1_000);
    const idle = cpuSeconds(avow.pid) - idleFrom;
    const cpu: number[] = [];
    const ratios: number[] = [];
    const ofPage: { p50: number[]; p99: number[] }[] = PAGES.map(() => ({ p50: [], p99: [] }));
    let last = '';
    for (let round = 0; round < ROUNDS; round++) {
      const desk = run(0, [script('console-load.ts'), String(avow.port), people, String(SECONDS), String(PER_SECOND), ...PAGES]);
      const before = cpuSeconds(avow.pid);
      const ours = await desk.nextLine();
      cpu.push(((cpuSeconds(avow.pid) - before - idle) * 1_000) / (ours['requests'] ?? 1));
      await desk.stop();
      const hello = run(0, [script('load.ts'), String(honoPort), '/', '32', '4']);
      const theirs = await hello.nextLine();
      await hello.stop();
      ratios.push((ours['errors'] ?? 1) > 0 ? Number.NaN : (ours['p99Us'] ?? 0) / (theirs['p99Us'] ?? Number.NaN));
      PAGES.forEach((_, i) => {
        ofPage[i]?.p50.push(ours[`p50Us ${i}`] ?? 0);
        ofPage[i]?.p99.push(ours[`p99Us ${i}`] ?? 0);
      });
      last = `p50 ${rounded((ours['p50Us'] ?? 0) / 1_000)} ms, p99 ${rounded((ours['p99Us'] ?? 0) / 1_000)} ms`;
      say(
        `  round ${round + 1}: ${last}, ${ours['requests']} answered, ${ours['errors']} errors; hello p99 ${rounded((theirs['p99Us'] ?? 0) / 1_000)} ms`,
      );
    }
    say(`  CPU of a page, over that of the checks: ${rounded(median(cpu), 1)} ms; of the checks in ${SECONDS} s: ${rounded(idle, 1)} s`);
    PAGES.forEach((path, i) => {
      const { p50 = [], p99 = [] } = ofPage[i] ?? {};
      say(`  ${path}: p50 ${rounded(median(p50) / 1_000)} ms, p99 ${rounded(median(p99) / 1_000)} ms`);
    });
    return [
      {
        goal: 'console',
        what: `${PAGES.length} pages of the console, ${PER_SECOND} a second, ${COMPONENTS} checks running: p99`,
        measured: `${last} (last round)`,
        reference: 'plain Hono hello p99, 32 connections, same round',
        ratio: median(ratios),
        limit: 3,
        sense: 'at most',
      },
    ];
  } finally {
    await hono.stop();
    await avow.stop();
    avow.remove();
    await target.stop();
  }
};

/** The middle of five, ms. */
const timed = async (work: () => Promise<object>): Promise<number> => {
  const took: number[] = [];
  for (let i = 0; i < 5; i++) {
    const began = systemClock.monotonicUs();
    if (isRefusal(await work())) throw new Error('the question was refused');
    took.push((systemClock.monotonicUs() - began) / 1_000);
  }
  return median(took);
};
const within = (what: string, ms: number): Figure => ({
  goal: 'console',
  what,
  measured: `${rounded(ms, 1)} ms`,
  reference: `${LIST_MS} ms`,
  ratio: ms / LIST_MS,
  limit: 1,
  sense: 'at most',
});

const lists = async (say: (line: string) => void): Promise<readonly Figure[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'avow-bench-'));
  const store = await openAt(folder);
  try {
    await writeAudit(store, ROWS);
    const config = manyConfig(LISTED);
    await writeManyChecks(store, systemClock, config, 3_333);
    const desk = { store, clock: systemClock, config, actor: SOCKET_OWNER } as unknown as Parameters<typeof componentListView>[0];
    const list = (query: ListQuery) => timed(() => componentListView(desk, query));
    const listed: (readonly [string, number])[] = [
      ['first page', await list({})],
      ['page in the middle', await list({ after: '5000~c5000' })],
      ['down (3)', await list({ state: 'major_outage' })],
      ['degraded (none)', await list({ state: 'degraded' })],
      ['unknown (none)', await list({ state: 'unknown' })],
      ['operational', await list({ state: 'operational' })],
      ['search', await list({ search: 'c77' })],
    ];
    const search = (asked: Record<string, string>) =>
      timed(() => {
        const read = readAuditSearch(asked);
        return isRefusal(read) ? Promise.resolve(read) : auditPage({ store, clock: systemClock, actor: SOCKET_OWNER }, read);
      });
    const searched: (readonly [string, number])[] = [
      ['newest', await search({})],
      ['actor', await search({ actor: 'Person 3' })],
      ['verb', await search({ verb: 'configuration.apply' })],
      ['subject', await search({ subject: 'maintenance/13' })],
      ['a stretch of time', await search({ since: '2023-11-15', until: '2023-11-15T01:00Z' })],
      ['text that stands nowhere', await search({ text: 'no row says this' })],
    ];
    for (const [name, ms] of [...listed, ...searched]) say(`  ${name}: ${rounded(ms, 1)} ms`);
    const worst = (of: readonly (readonly [string, number])[]) => of.reduce((a, b) => (b[1] > a[1] ? b : a));
    const [slowList, slowSearch] = [worst(listed), worst(searched)];
    return [
      within(`list of ${LISTED} checks, slowest of ${listed.length} questions (${slowList[0]})`, slowList[1]),
      within(`audit of ${ROWS} rows, slowest of ${searched.length} questions (${slowSearch[0]})`, slowSearch[1]),
    ];
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
};

export const benchmark: Benchmark = async (say) => [...(await lists(say)), ...(await pages(say))];
