/**
 * 500 customer reports of one month in one go, each over 20 to 50 of 50 components, made by the running product while 32 connections
 * ask for `/`: p99 of the page against plain Hono answering "hello" in the same run (as in G7), before and during; the whole time.
 */
import { mkdirSync, mkdtempSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DAY, instant } from '#domain/time/instant.ts';
import { monthAfter, monthAt } from '#domain/time/month.ts';
import { dayOf, monthBounds } from '#domain/time/zone.ts';
import type { CloseAnswer } from '#monitor/actions/close-month.ts';
import { systemClock } from '#monitor/clock.ts';
import { pause, startAvow } from '../support/avow.ts';
import { type Benchmark, rounded } from '../support/goal.ts';
import { writeLedgerStore } from '../support/ledger-store.ts';
import { ledgerYaml } from '../support/ledger-yaml.ts';
import { run } from '../support/process.ts';

const script = (name: string): string => fileURLToPath(new URL(`../support/${name}`, import.meta.url));
const CONTRACTS = 500;
const CLIENTS = 32;
const SECONDS = 4;
const AT_MOST_SECONDS = 300;
/** Late results and corrections have so long; then a month can be closed. */
const SETTLED = 4 * DAY;

interface Load {
  readonly perSecond: number;
  readonly p99Ms: number;
  readonly errors: number;
}
/** Asks for the page as long as `work` takes. */
const load = async (port: number, work: () => Promise<unknown>): Promise<Load> => {
  const client = run(0, [script('load.ts'), String(port), '/', String(CLIENTS), String(AT_MOST_SECONDS)]);
  const answered = client.nextLine();
  await work();
  client.child.send('stop');
  const { perSecond = 0, p99Us = 0, errors = 0 } = await answered;
  await client.stop();
  return { perSecond, p99Ms: p99Us / 1_000, errors };
};
const shortLoad = (port: number): Promise<Load> => load(port, () => pause(SECONDS * 1_000));

/** The verb as the command line asks for it; resolves with its answer. */
const closeMonth = (data: string, month: string): Promise<CloseAnswer> =>
  new Promise((resolve, reject) => {
    const headers = { host: 'avow.sock', 'content-type': 'application/json' };
    const asked = request({ socketPath: join(data, 'avow.sock'), path: '/reports/close', method: 'POST', headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => {
        const last = JSON.parse(text.trim().split('\n').at(-1) ?? '{}') as { readonly type: string; readonly report: CloseAnswer };
        if (last.type === 'report' && 'contracts' in last.report) resolve(last.report);
        else reject(new Error(`the month was not closed: ${text.slice(-500)}`));
      });
    });
    asked.once('error', reject);
    asked.end(JSON.stringify({ month }));
  });

export const benchmark: Benchmark = async (say) => {
  const now = systemClock.now();
  const month = monthAfter(monthAt('UTC', instant(now - SETTLED)), -1);
  const from = dayOf(monthBounds('UTC', month).start) - 5;
  const target = run(0, [script('switch-server.ts')]);
  const { port: targetPort = 0 } = await target.nextLine();
  const folder = mkdtempSync(join(tmpdir(), 'avow-bench-'));
  const yaml = ledgerYaml({
    components: 50,
    locations: 1,
    contracts: CONTRACTS,
    from: `${month}-01`,
    target: `http://127.0.0.1:${targetPort}/steady`,
  });
  mkdirSync(join(folder, 'data'));
  const days = { from, until: dayOf(now), keptDays: dayOf(now) - from };
  await writeLedgerStore(join(folder, 'data', 'avow.db'), yaml, days, say);
  const avow = await startAvow({ yaml, folder });
  const hono = run(1, [script('hono-hello.ts')]);
  const { port: honoPort = 0 } = await hono.nextLine();
  try {
    await pause(5_000);
    const [before, hello] = [await shortLoad(avow.port), await shortLoad(honoPort)];
    let answer: CloseAnswer | null = null;
    let closedMs = 0;
    const closing = await load(avow.port, async () => {
      await pause(500);
      const startedUs = systemClock.monotonicUs();
      answer = await closeMonth(avow.data, month);
      closedMs = (systemClock.monotonicUs() - startedUs) / 1_000;
    });
    const again = await shortLoad(honoPort);
    const final = ((answer as CloseAnswer | null)?.contracts ?? []).filter(({ outcome }) => outcome === 'final').length;
    const helloP99 = (hello.p99Ms + again.p99Ms) / 2;
    say(`  ${final} reports of ${month} became final in ${rounded(closedMs / 1_000, 1)} s, ${rounded(closedMs / CONTRACTS, 1)} ms each`);
    const words = ({ perSecond, p99Ms, errors }: Load): string => `${perSecond}/s, p99 ${rounded(p99Ms)} ms, ${errors} errors`;
    say(`  page before: ${words(before)}; meanwhile: ${words(closing)}; hello: ${words(hello)} and ${words(again)}`);
    return [
      {
        goal: 'G11',
        what: `\`/\` p99 while ${CONTRACTS} reports of a month are made`,
        measured: `${rounded(closing.p99Ms)} ms`,
        reference: `plain Hono hello before and after: ${rounded(helloP99)} ms`,
        // A report that was not made would make the page look quick.
        ratio: final === CONTRACTS && closing.errors === 0 ? closing.p99Ms / helloP99 : Number.NaN,
        limit: 3,
        sense: 'at most',
      },
      {
        goal: 'G11',
        what: `${CONTRACTS} reports of a month in one go, under that load`,
        measured: `${rounded(closedMs / 1_000, 1)} s`,
        reference: '60 s',
        ratio: closedMs / 60_000,
        limit: 1,
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
