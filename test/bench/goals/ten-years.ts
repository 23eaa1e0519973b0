/**
 * G10: ten years of 100 components, a check a minute: the list of every month as the product shows it, beside the sum of the daily
 * rollups by month in SQL; and a year of all of them (52.6 million checks) once more from the checks themselves, while the main
 * thread must stay free. Both sources must give the same statements of that year.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DAY, instant } from '#domain/time/instant.ts';
import { type Benchmark, type Figure, median, rounded } from '../support/goal.ts';
import { type LedgerAnswer, startLedger } from '../support/ledger-process.ts';
import { writeLedgerStore } from '../support/ledger-store.ts';
import { ledgerYaml } from '../support/ledger-yaml.ts';

const ROUNDS = 5;
const DECADE = { first: '2016-11', last: '2026-10' } as const;
const YEAR = { first: '2025-11', last: '2026-10' } as const;
const [FROM, UNTIL] = [Date.UTC(2016, 10, 1) / DAY, Date.UTC(2026, 10, 5) / DAY];
/** The year, the days around it that zones may ask for, and one more. */
const KEPT_DAYS = 373;

/** Per component and month, by the database alone. */
const DAILY_SUMS = `SELECT component_id, strftime('%Y-%m', day * 86400, 'unixepoch') AS month, sum(up_ms), sum(down_ms), sum(unknown_ms)
  FROM daily GROUP BY component_id, month`;

const sumDaily = (path: string): { readonly ms: number; readonly months: number } => {
  const store = new DatabaseSync(path, { readOnly: true });
  store.exec('PRAGMA cache_size=-8192');
  const from = performance.now();
  const months = store.prepare(DAILY_SUMS).all().length;
  const ms = performance.now() - from;
  store.close();
  return { ms, months };
};

export const benchmark: Benchmark = async (say) => {
  const folder = mkdtempSync(join(tmpdir(), 'avow-bench-'));
  const path = join(folder, 'avow.db');
  try {
    const yaml = ledgerYaml({ components: 100, locations: 1, contracts: 1, from: '2016-11-01', target: 'http://127.0.0.1:9/' });
    const kept = await writeLedgerStore(path, yaml, { from: FROM, until: UNTIL, keptDays: KEPT_DAYS }, say);
    say(`  a store of ten years, ${kept} checks of them kept`);
    const pages: LedgerAnswer[] = [];
    const years: LedgerAnswer[] = [];
    const sums: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      // One at a time: the product holds the file alone.
      const { ms, months } = sumDaily(path);
      const ledger = startLedger(path, instant(UNTIL * DAY));
      const spans = await ledger.ask({ source: 'spans', ...YEAR });
      const [year, page] = [await ledger.ask({ source: 'evidence', ...YEAR }), await ledger.ask({ source: 'page', ...DECADE })];
      await ledger.stop();
      if (spans.sha256 !== year.sha256) throw new Error('the checks and the stored spans give two statements of a month');
      pages.push(page);
      years.push(year);
      sums.push(ms);
      say(
        `  round ${round + 1}: list of ten years ${rounded(page.ms, 0)} ms (CPU ${rounded(page.cpuMs, 0)}), daily sums of ${months} months ${rounded(ms, 0)} ms; a year from the checks ${rounded(year.ms, 0)} ms (CPU ${rounded(year.cpuMs, 0)}); loop away ${rounded(page.blockedMs, 0)} and ${rounded(year.blockedMs, 0)} ms (CPU ${rounded(page.blockedCpuMs, 0)} and ${rounded(year.blockedCpuMs, 0)})`,
      );
    }
    const of = (answers: readonly LedgerAnswer[], what: keyof Omit<LedgerAnswer, 'sha256'>): number =>
      median(answers.map((answer) => answer[what]));
    const figure = (what: string, ms: number, cpuMs: number, limitMs: number, beside = ''): Figure => ({
      goal: 'G10',
      what,
      measured: `${rounded(ms, 0)} ms (CPU ${rounded(cpuMs, 0)} ms)`,
      reference: `${limitMs} ms${beside}`,
      ratio: ms / limitMs,
      limit: 1,
      sense: 'at most',
    });
    const made = (what: string, answers: readonly LedgerAnswer[], limitMs: number, beside?: string): Figure =>
      figure(what, of(answers, 'ms'), of(answers, 'cpuMs'), limitMs, beside);
    const away = (meanwhile: string, answers: readonly LedgerAnswer[]): Figure =>
      figure(
        `longest absence of the main thread from its loop during ${meanwhile}`,
        of(answers, 'blockedMs'),
        of(answers, 'blockedCpuMs'),
        50,
      );
    return [
      made(
        'list of every month of ten years, 100 components',
        pages,
        1_000,
        `; daily sums by month in SQL: ${rounded(median(sums), 0)} ms`,
      ),
      made('100 component-years (52.6 M checks) from the checks themselves', years, 5_000),
      away('the list', pages),
      away('the recomputation', years),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
