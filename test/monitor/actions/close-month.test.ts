import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readRevisions, sealedOf } from '#db/queries/reports.ts';
import { canonicalJson } from '#domain/canonical-json.ts';
import { isRefusal } from '#domain/refusal.ts';
import type { SealedReport } from '#domain/report/report-document.ts';
import { adjudicateMonth } from '#monitor/actions/adjudicate-month.ts';
import { applyConfiguration } from '#monitor/actions/apply-configuration.ts';
import { type CloseAnswer, closeMonth } from '#monitor/actions/close-month.ts';
import { ledgerVerbContext } from '#monitor/actions/ledger-verb-context.ts';
import { recordClaim } from '#monitor/actions/record-claim.ts';
import { recordOverride } from '#monitor/actions/record-override.ts';
import type { ReportContext } from '#monitor/actions/report-context.ts';
import { keyFromPem, openReportKey } from '#monitor/actions/report-key.ts';
import { reviseReports } from '#monitor/actions/revise-reports.ts';
import { verifyLedgerChain } from '#monitor/actions/verify-ledger-chain.ts';
import { holds, verifyAlone, verifyTogether, verifyWithStore } from '#monitor/actions/verify-report.ts';
import { SYSTEM } from '#monitor/context.ts';
import { createRecorder } from '#monitor/core/recorder.ts';
import { reportFiles } from '#monitor/views/report-files.ts';
import { readSealedReport } from '#monitor/views/report-schema.ts';
import { accepted } from '../../support/accepted.ts';
import { at } from '../../support/maintenance-desk.ts';
import { configOf, type MonthsDesk, openMonthsDesk, YAML } from '../../support/months-desk.ts';
import { result } from '../../support/recording.ts';
import { openTempStore, silentLog, tempFolder } from '../../support/temp-store.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const TZ = process.versions['tz'] ?? 'unknown';
/** Six weeks with every check, read early in November. */
const october = (yaml = YAML) => openMonthsDesk('2026-09-25T00:00:00Z', '2026-11-06T00:00:00Z', yaml);
const close = async ({ ctx }: MonthsDesk, only: string[] | null = null): Promise<CloseAnswer> =>
  accepted(await closeMonth(ctx, { month: '2026-10', only })) as CloseAnswer;
const outcomes = ({ contracts }: CloseAnswer) => contracts.map(({ contract, outcome, revision }) => `${contract} ${outcome} ${revision}`);
const sealed = async ({ store, ctx }: MonthsDesk, contract: string): Promise<SealedReport[]> =>
  (await readRevisions(store, contract, '2026-10')).map((one) => sealedOf(one, ctx.reportKey?.publicPem ?? ''));
const saying = (findings: readonly { readonly what: string; readonly ok: boolean | null }[]) =>
  findings.map(({ what, ok }) => `${what} ${ok}`);

/** A customer's word for two hours that the checks did not see. */
const DOWN = {
  component: 'app',
  start: at('2026-10-13T00:00:00Z'),
  end: at('2026-10-13T02:00:00Z'),
  state: 'down',
  reason: 'The customer could not sign in.',
  evidence: 'Ticket 4711.',
} as const;

describe('closing a month', () => {
  it('makes every report final once, 72 hours after the month ended and not a millisecond before', async () => {
    await using desk = await october();
    desk.set('2026-11-04T03:59:59.999Z');
    expect(outcomes(await close(desk, ['north']))).toEqual(['north-main waiting 0']);
    expect((await close(desk, ['north'])).contracts[0]?.obstacle).toBe(
      'Late results and corrections have until Tue 2026-11-03 23:00 America/New_York (UTC-5); from then on the report can be made final.',
    );
    desk.set('2026-11-04T04:00:00Z');
    expect(outcomes(await close(desk))).toEqual(['kita-main final 1', 'north-main final 1']);
    desk.set('2026-11-05T04:00:00Z');
    expect(outcomes(await close(desk))).toEqual(['kita-main unchanged 1', 'north-main unchanged 1']);
    expect(await verifyLedgerChain(desk.store)).toMatchObject({ ok: true, links: 2 });
  });

  it('names the decision that waits for its second person', async () => {
    await using desk = await openMonthsDesk('2026-10-28T00:00:00Z', '2026-11-06T00:00:00Z');
    desk.set('2026-11-05T00:00:00Z');
    expect((await close(desk, ['north'])).contracts[0]?.obstacle).toMatch(/the first with: avow adjudicate 2026-10 --contract north-main /);
    const verbs = ledgerVerbContext({ ...desk.ctx, policy: desk.config.policy });
    const decision = { contract: 'north-main', month: '2026-10', decision: 'met', reason: 'r', evidence: 'e' } as const;
    const { adjudication } = accepted(await adjudicateMonth(verbs, { ...decision, author: 'Ann', approvedBy: null }));
    desk.set('2026-11-05T00:00:01Z');
    expect((await close(desk, ['north'])).contracts[0]?.obstacle).toBe(
      `The month is indeterminate: what was not measured could tip it. Ann decided "met"; a second person must approve it: avow adjudicate approve ${adjudication.id} --as NAME`,
    );
  });

  it('trap 31: an approved override after that makes revision 2 with what it changed; revision 1 stays and verifies; a waiting one changes nothing', async () => {
    await using desk = await october();
    desk.set('2026-11-05T00:00:00Z');
    await close(desk);
    const verbs = ledgerVerbContext({ ...desk.ctx, policy: desk.config.policy });
    const asked = { ...DOWN, author: 'Ann', approvedBy: null };
    desk.set('2026-11-05T01:00:00Z');
    accepted(await recordOverride(verbs, asked));
    desk.set('2026-11-05T02:00:00Z');
    const answer = await close(desk, ['north-main']);
    expect(outcomes(answer)).toEqual(['north-main revised 2']);
    expect(answer.contracts[0]?.changes.join(' ')).toMatch(/[Dd]owntime/);
    const waits = await recordOverride(verbs, { ...asked, state: 'up', reason: 'It was another service.' });
    expect(isRefusal(waits)).toBe(false);
    desk.set('2026-11-05T03:00:00Z');
    expect(outcomes(await close(desk, ['north-main']))).toEqual(['north-main unchanged 2']);
    for (const report of await sealed(desk, 'north-main')) {
      expect(saying(verifyAlone(report, null, TZ))).toEqual(['hash true', 'signature true', 'figures true']);
      expect(saying(await verifyWithStore(desk.ctx, report))).toEqual(['store true', 'chain true', 'evidence true']);
    }
    const files = (await sealed(desk, 'north-main')).map((one, i) => ({ name: `r${i + 1}`, sealed: one }));
    expect([...verifyTogether(files).values()].map(({ ok }) => ok)).toEqual([true, true]);
    expect([...verifyTogether(files.slice(1)).values()].map(({ ok }) => ok)).toEqual([null]);
  });

  it('a close that looked before another one issued a report does not revise it by what it did not see', async () => {
    await using desk = await october();
    desk.set('2026-11-05T00:00:00Z');
    const late = { ...desk.ctx, clock: { ...desk.ctx.clock, sleep: () => held } };
    let go = (): void => undefined;
    const held = new Promise<void>((settle) => {
      go = settle;
    });
    // It looks now, closes kita-main and is held before north-main.
    const slow = closeMonth(late, { month: '2026-10', only: null });
    while ((await readRevisions(desk.store, 'kita-main', '2026-10')).length === 0) await new Promise((settle) => setImmediate(settle));
    desk.set('2026-11-05T01:00:00Z');
    accepted(
      await recordOverride(ledgerVerbContext({ ...desk.ctx, policy: desk.config.policy }), { ...DOWN, author: 'Ann', approvedBy: null }),
    );
    desk.set('2026-11-05T02:00:00Z');
    expect(outcomes(await close(desk, ['north-main']))).toEqual(['north-main final 1']);
    go();
    expect(outcomes(accepted(await slow) as CloseAnswer)).toEqual(['kita-main final 1', 'north-main unchanged 1']);
  });

  it('nothing is issued while the clock stands before the report that was issued last', async () => {
    await using desk = await october();
    desk.set('2026-11-05T00:00:00Z');
    await close(desk);
    desk.set('2026-11-04T23:00:00Z');
    const answer = await close(desk, ['north-main']);
    expect(outcomes(answer)).toEqual(['north-main waiting 1']);
    expect(answer.contracts[0]?.obstacle).toBe(
      'By the clock of this machine it is Wed 2026-11-04 23:00 UTC, and north-main/2026-10/1 was issued at Thu 2026-11-05 00:00 UTC. Set the clock right, then close the month again.',
    );
  });

  it('a report that was changed in any way does not verify', async () => {
    await using desk = await october();
    desk.set('2026-11-05T00:00:00Z');
    await close(desk);
    const [report] = await sealed(desk, 'north-main');
    if (!report) throw new Error('nothing was closed');
    const better = {
      ...report,
      report: { ...report.report, figures: { ...report.report.figures, availability: '100.0000', downtime_ms: 0 } },
    };
    expect(saying(verifyAlone(better as SealedReport, null, TZ)).slice(0, 2)).toEqual(['hash false', 'signature false']);
    expect(holds(verifyAlone(better as SealedReport, null, TZ))).toBe(false);
    const stranger = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const forged = keyFromPem(stranger, 'a key');
    expect(verifyAlone(report, forged.publicPem, TZ)[1]).toMatchObject({ what: 'signature', ok: false });
    const text = canonicalJson(report.report);
    const resigned: SealedReport = {
      ...report,
      signature: {
        algorithm: 'Ed25519',
        key_id: forged.id,
        value: Buffer.from(forged.sign(text)).toString('base64'),
        public_key: forged.publicPem,
      },
    };
    expect(saying(verifyAlone(resigned, null, TZ))).toEqual(['hash true', 'signature true', 'figures true']);
    expect(verifyAlone(resigned, desk.ctx.reportKey?.publicPem ?? '', TZ)[1]).toMatchObject({ ok: false });
  });

  it('the file of a final report is the same bytes for ever, and can be read back', async () => {
    await using desk = await october();
    desk.set('2026-11-05T00:00:00Z');
    await close(desk);
    const read = async () => accepted(await reportFiles(desk.ctx, { month: '2026-10', only: ['kita'], revision: null }));
    const [before] = (await read()) as { readonly sealed: SealedReport | null }[];
    desk.set('2026-12-05T00:00:00Z');
    const [after] = (await read()) as { readonly sealed: SealedReport | null }[];
    expect(canonicalJson(after?.sealed)).toBe(canonicalJson(before?.sealed));
    expect(readSealedReport(JSON.parse(canonicalJson(before?.sealed)))).toEqual(before?.sealed);
  });

  it('says why it cannot: no month, a month ahead, strangers, a contract that is not there yet, a key that is gone', async () => {
    await using desk = await october();
    const why = async (month: string, only: string[] | null = null, ctx = desk.ctx) => {
      const answer = await closeMonth(ctx, { month, only });
      return isRefusal(answer) ? answer.message : outcomes(answer);
    };
    expect(await why('October')).toBe('"October" is no month; write it as 2026-10.');
    for (const month of ['October', '2026-13', '2026-1']) {
      const answer = await reportFiles(desk.ctx, { month, only: null, revision: null });
      expect(answer).toMatchObject({ code: 'no_month', message: `"${month}" is no month; write it as 2026-10.` });
    }
    expect(await why('2026-12')).toBe('2026-12 has not begun yet; a month can be reported from its first day on.');
    expect(await why('2026-10', ['south'])).toBe(
      'There is no contract and no customer "south". Known: kita-main of kita, north-main of north.',
    );
    expect(await why('2026-09', ['kita'])).toBe('No contract that was asked for speaks of 2026-09: kita-main runs from 2026-10-16.');
    expect(await why('2026-10', null, { ...desk.ctx, reportKey: null })).toMatch(/^The key that signs reports is missing/);
    expect(await why('2026-11', ['north'])).toEqual(['north-main waiting 0']);
  });
});

describe('what is recorded after a report was made final', () => {
  it('makes its next revision without being asked, once, and makes nothing final that was not', async () => {
    await using desk = await october();
    desk.set('2026-11-05T00:00:00Z');
    await close(desk, ['north-main']);
    const first = await reviseReports(desk.ctx, null);
    expect(first.revised).toEqual([]);
    const verbs = ledgerVerbContext({ ...desk.ctx, policy: desk.config.policy });
    desk.set('2026-11-05T01:00:00Z');
    accepted(await recordOverride(verbs, { ...DOWN, author: 'Ann', approvedBy: null }));
    desk.set('2026-11-05T02:00:00Z');
    const second = await reviseReports(desk.ctx, first.mark);
    expect(second.revised.map(({ report }) => report)).toEqual(['north-main/2026-10/2']);
    desk.set('2026-11-05T03:00:00Z');
    expect((await reviseReports(desk.ctx, second.mark)).revised).toEqual([]);
    expect(await sealed(desk, 'kita-main')).toEqual([]);
  });

  it('a claim that comes months later makes the next revision as well, although it is in no chain', async () => {
    await using desk = await october(YAML.replace('credits: standard }', 'credits: standard, claim: { required: true, days: 120 } }'));
    desk.set('2026-11-05T00:00:00Z');
    await close(desk);
    desk.set('2027-02-20T00:00:00Z');
    const first = await reviseReports(desk.ctx, null);
    expect(first.revised).toEqual([]);
    const verbs = ledgerVerbContext({ ...desk.ctx, policy: desk.config.policy });
    const claim = { contract: 'north-main', month: '2026-10', receivedAt: at('2027-02-19T00:00:00Z'), note: 'By mail.', author: 'Ann' };
    accepted(await recordClaim(verbs, claim));
    desk.set('2027-02-20T01:00:00Z');
    const second = await reviseReports(desk.ctx, first.mark);
    expect(second.revised.map(({ report }) => report)).toEqual(['north-main/2026-10/2']);
    expect((await reviseReports(desk.ctx, second.mark)).revised).toEqual([]);
  });

  it('what is recorded while a round makes revisions is seen by the next', async () => {
    await using desk = await october();
    desk.set('2026-11-05T00:00:00Z');
    await close(desk);
    desk.set('2027-02-20T00:00:00Z');
    const { mark } = await reviseReports(desk.ctx, null);
    const verbs = ledgerVerbContext({ ...desk.ctx, policy: desk.config.policy });
    const record = async (start: string, end: string) =>
      accepted(await recordOverride(verbs, { ...DOWN, start: at(start), end: at(end), author: 'Ann', approvedBy: null }));
    await record('2026-10-20T00:00:00Z', '2026-10-20T01:00:00Z');
    desk.set('2027-02-20T01:00:00Z');
    let waiting = true;
    const sleep = async (): Promise<void> => {
      if (waiting) await record('2026-10-21T00:00:00Z', '2026-10-21T01:00:00Z');
      waiting = false;
    };
    const second = await reviseReports({ ...desk.ctx, clock: { ...desk.ctx.clock, sleep } }, mark);
    expect(second.revised.map(({ report }) => report)).toEqual(['kita-main/2026-10/2', 'north-main/2026-10/2']);
    desk.set('2027-02-20T02:00:00Z');
    const third = await reviseReports(desk.ctx, second.mark);
    expect(third.revised.map(({ report }) => report)).toEqual(['kita-main/2026-10/3', 'north-main/2026-10/3']);
  });

  it('touches only the contracts that were made final, also where a contract bears the name of its customer', async () => {
    await using desk = await october(YAML.replace('id: north-main, customer: north', 'id: kita, customer: kita'));
    desk.set('2026-11-05T00:00:00Z');
    expect(outcomes(await close(desk, ['kita']))).toEqual(['kita final 1']);
    desk.set('2026-11-05T01:00:00Z');
    await reviseReports(desk.ctx, null);
    expect(await sealed(desk, 'kita-main')).toEqual([]);
  });

  it('a probe that says late that it was at fault, or a good result, leaves the report as it was: it verifies from its evidence', async () => {
    await using store = await openTempStore();
    await using folder = await tempFolder();
    const clock = new VirtualClock(at('2026-09-30T00:00:00Z'));
    const config = configOf(YAML.replace('name: App,', 'name: App, interval: 1h, hold: 1h,').replace('interval: 5m', 'interval: 1h'));
    accepted(await applyConfiguration({ store, clock, actor: SYSTEM }, config));
    const set = (to: string): void => clock.jumpWall(at(to) - clock.now());
    set('2026-11-05T00:00:00Z');
    const recorder = await createRecorder({ store, clock, log: silentLog });
    const hour = (n: number): number => at('2026-09-30T00:00:00Z') + n * 3_600_000;
    // Twelve hours down, of which the late result takes half an hour: missed before and after.
    const isSilent = (n: number): boolean => n >= 400 && n < 404;
    const isDown = (n: number): boolean => n >= 500 && n < 512;
    const heard = Array.from({ length: 34 * 24 }, (_, n) => n).filter((n) => !isSilent(n));
    await recorder.record(heard.map((n) => result('app', 'local', hour(n), isDown(n) ? 'fail' : 'ok')));
    const sleep = (): Promise<void> => Promise.resolve();
    const ctx: ReportContext = {
      store,
      actor: SYSTEM,
      clock: { now: () => clock.now(), monotonicUs: () => 0, after: (ms, work) => clock.after(ms, work), sleep },
      maker: { tzdata: TZ, generator: { name: 'avow', version: '0.0.0' } },
      reportKey: openReportKey(folder.path, true),
    };
    accepted(await closeMonth(ctx, { month: '2026-10', only: ['north'] }));
    set('2026-11-06T00:00:00Z');
    await recorder.record([result('app', 'local', hour(401), 'error'), result('app', 'local', hour(501) + 1_800_000, 'ok')]);
    set('2026-11-07T00:00:00Z');
    const answer = accepted(await closeMonth(ctx, { month: '2026-10', only: ['north'] })) as CloseAnswer;
    expect(outcomes(answer)).toEqual(['north-main revised 2']);
    for (const stored of await readRevisions(store, 'north-main', '2026-10')) {
      const findings = await verifyWithStore(ctx, sealedOf(stored, ctx.reportKey?.publicPem ?? ''));
      expect(findings.filter(({ ok }) => ok !== true)).toEqual([]);
    }
  });
});
