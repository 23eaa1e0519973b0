/**
 * G9: the statement of one contract over 100 components in October 2026, each checked once a minute from two locations (8.93 million
 * checks): exact from the checks themselves against a plain `count, sum` of as many rows, in one interleaved run; then from the
 * stored spans. Both must give the same statement, or no figure is given.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DAY, instant } from '#domain/time/instant.ts';
import { type Benchmark, type Figure, median, rounded } from '../support/goal.ts';
import { type LedgerAnswer, startLedger } from '../support/ledger-process.ts';
import { writeLedgerStore } from '../support/ledger-store.ts';
import { ledgerYaml } from '../support/ledger-yaml.ts';
import { run } from '../support/process.ts';

const ROUNDS = 7;
const MONTH = { first: '2026-10', last: '2026-10' } as const;
const [FROM, UNTIL] = [Date.UTC(2026, 8, 15) / DAY, Date.UTC(2026, 10, 5) / DAY];
const PAIRS = 200;
const CHECKS_OF_A_PAIR = 31 * 1_440;

interface Round {
  readonly evidence: LedgerAnswer;
  readonly spans: LedgerAnswer;
  readonly scan: { readonly ms: number; readonly cpuMs: number };
}

const rounds = async (folder: string, say: (line: string) => void): Promise<readonly Round[]> => {
  const path = join(folder, 'avow.db');
  const yaml = ledgerYaml({ components: 100, locations: 2, contracts: 1, from: '2026-09-15', target: 'http://127.0.0.1:9/' });
  const kept = await writeLedgerStore(path, yaml, { from: FROM, until: UNTIL, keptDays: UNTIL - FROM }, say);
  say(`  a store of ${kept} checks`);
  const rows = run(1, [
    fileURLToPath(new URL('../support/check-rows.ts', import.meta.url)),
    join(folder, 'rows.db'),
    String(PAIRS),
    String(CHECKS_OF_A_PAIR),
  ]);
  await rows.nextLine();
  const ledger = startLedger(path, instant(UNTIL * DAY));
  const found: Round[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const evidence = await ledger.ask({ source: 'evidence', ...MONTH });
    const scanned = rows.nextLine();
    rows.child.send('scan');
    const { ms = Number.NaN, cpuMs = Number.NaN } = await scanned;
    const spans = await ledger.ask({ source: 'spans', ...MONTH });
    if (spans.sha256 !== evidence.sha256) throw new Error('the checks and the stored spans give two statements');
    found.push({ evidence, spans, scan: { ms, cpuMs } });
    say(
      `  round ${round + 1}: from the checks ${rounded(evidence.ms, 0)} ms (CPU ${rounded(evidence.cpuMs, 0)}), scan ${rounded(ms, 0)} ms (CPU ${rounded(cpuMs, 0)}), from the spans ${rounded(spans.ms, 0)} ms; loop away ${rounded(evidence.blockedMs, 0)} ms (CPU ${rounded(evidence.blockedCpuMs, 0)})`,
    );
  }
  await ledger.stop();
  await rows.stop();
  return found;
};

const of = (all: readonly Round[], what: (round: Round) => number): number => median(all.map(what));

export const benchmark: Benchmark = async (say) => {
  const folder = mkdtempSync(join(tmpdir(), 'avow-bench-'));
  try {
    const all = await rounds(folder, say);
    const common = { goal: 'G9', limit: 1, sense: 'at most' } as const;
    const resident = Math.max(...all.map(({ evidence }) => evidence.residentMib)) * 1.048576;
    const within = (what: string, ms: number, limitMs: number): Figure => ({
      ...common,
      what,
      measured: `${rounded(ms, 0)} ms`,
      reference: `${limitMs} ms`,
      ratio: ms / limitMs,
    });
    return [
      {
        ...common,
        what: 'CPU of a month of 100 components (8.93 M checks) from the checks themselves',
        measured: `${rounded(
          of(all, ({ evidence }) => evidence.cpuMs),
          0,
        )} ms`,
        reference: `count, sum of as many rows by node:sqlite: ${rounded(
          of(all, ({ scan }) => scan.cpuMs),
          0,
        )} ms`,
        ratio: of(all, ({ evidence, scan }) => evidence.cpuMs / scan.cpuMs),
      },
      {
        ...common,
        what: 'resident memory of the process meanwhile',
        measured: `${rounded(resident, 0)} MB at most`,
        reference: '200 MB',
        ratio: resident / 200,
      },
      within(
        'the same month from the stored spans',
        of(all, ({ spans }) => spans.ms),
        100,
      ),
      within(
        'of it, with the recorder waiting',
        of(all, ({ spans }) => spans.heldMs),
        100,
      ),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
