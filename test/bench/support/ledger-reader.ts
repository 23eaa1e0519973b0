/**
 * The product's ledger over a store, in a process of its own: `node ledger-reader.ts STORE AS_OF`. Each message names what is made;
 * each answer is one line: `{"ms","heldMs","cpuMs","blockedMs","blockedCpuMs","residentMib","sha256"}`, the last of the statements.
 */

import { createHash } from 'node:crypto';
import process from 'node:process';
import { openStore } from '#db/client.ts';
import type { ReadLedger } from '#db/queries/ledger-facts.ts';
import { canonicalJson } from '#domain/canonical-json.ts';
import { contractFacts } from '#domain/ledger/ledger-facts.ts';
import { monthStatement } from '#domain/sla/month-statement.ts';
import { instant } from '#domain/time/instant.ts';
import { monthsFrom } from '#domain/time/month.ts';
import { lookAtMonths, type ReportContext, recomputeMonths } from '#monitor/actions/report-context.ts';
import { systemClock } from '#monitor/clock.ts';
import { SYSTEM } from '#monitor/context.ts';
import { reportsPage } from '#monitor/views/report-pages.ts';
import { silentLog } from '../../support/temp-store.ts';
import { watchLoopGaps } from './loop-watch.ts';

/** `spans` and `evidence`: every statement of these months; `page`: the list of all months, as the product shows it. */
export interface LedgerQuestion {
  readonly source: 'spans' | 'evidence' | 'page';
  readonly first: string;
  readonly last: string;
}

const [path = '', asOfMs = '0'] = process.argv.slice(2);
const asOf = instant(Number(asOfMs));
const store = await openStore({ path, clock: systemClock, log: silentLog });
const clock = { ...systemClock, now: () => asOf };
const ctx: ReportContext = {
  store,
  clock,
  actor: SYSTEM,
  reportKey: null,
  maker: { tzdata: '', generator: { name: 'avow', version: 'bench' } },
};
const gaps = watchLoopGaps();

const statementsOf = async ({ facts }: ReadLedger, { first, last }: LedgerQuestion): Promise<string> => {
  const hash = createHash('sha256');
  for (const month of monthsFrom(first, last))
    for (const { agreement } of facts.agreements) {
      hash.update(canonicalJson(monthStatement(contractFacts(facts, agreement, month))));
      await systemClock.sleep(0);
    }
  return hash.digest('hex');
};

const answer = async (question: LedgerQuestion): Promise<object> => {
  const startedUs = systemClock.monotonicUs();
  const sinceMs = (): number => (systemClock.monotonicUs() - startedUs) / 1_000;
  if (question.source === 'page') {
    const { months } = await reportsPage(ctx);
    return { ms: sinceMs(), heldMs: 0, sha256: '', months: months.length };
  }
  const { first, last } = question;
  const ledger = question.source === 'spans' ? await lookAtMonths(ctx, first, last) : await recomputeMonths(ctx, first, last, asOf);
  const heldMs = sinceMs();
  const sha256 = await statementsOf(ledger, question);
  return { ms: sinceMs(), heldMs, sha256 };
};

process.on('message', async (question: LedgerQuestion) => {
  gaps.take();
  const before = process.cpuUsage();
  const answered = await answer(question);
  const { user, system } = process.cpuUsage(before);
  const { wallMs, cpuMs } = gaps.take();
  const residentMib = process.memoryUsage.rss() / 2 ** 20;
  process.stdout.write(
    `${JSON.stringify({ ...answered, cpuMs: (user + system) / 1_000, blockedMs: wallMs, blockedCpuMs: cpuMs, residentMib })}\n`,
  );
});
process.on('disconnect', () => process.exit(0));
