/** A desk for tests of what people add to the ledger: a morning of checks, contracts, and verdicts that a test says. */

import { addContractVersion } from '#db/queries/contracts.ts';
import type { Store } from '#db/store.ts';
import type { OverrideAnswer } from '#domain/ledger/override-answer.ts';
import type { NewOverride, NewRevocation } from '#domain/ledger/overriding.ts';
import { minor } from '#domain/money.ts';
import type { Agreement } from '#domain/sla/agreement.ts';
import type { Verdict } from '#domain/sla/verdict.ts';
import { type Instant, instant } from '#domain/time/instant.ts';
import { bindEarlierRows } from '#monitor/actions/bind-earlier-rows.ts';
import type { LedgerVerbContext } from '#monitor/actions/ledger-verb.ts';
import { ledgerVerbContext } from '#monitor/actions/ledger-verb-context.ts';
import { SOCKET_OWNER, SYSTEM } from '#monitor/context.ts';
import { createRecorder } from '#monitor/core/recorder.ts';
import { at, type Desk, openDesk, POLICY } from './maintenance-desk.ts';
import { result } from './recording.ts';
import { storePolicy } from './stored-policy.ts';
import { silentLog } from './temp-store.ts';
import { VirtualClock } from './virtual-clock.ts';

/** The morning that was checked, and just after it. */
export const NOON = '2026-11-27T12:00Z';
export const hour = (clock: string): Instant => at(`2026-11-27T${clock}Z`);

/**
 * 27 November, 08:00Z to 12:00Z, checkout at home, each minute: down from 09:00 to 10:00, silent from 10:30 to 11:00 (unknown from
 * 10:31:30, when the last check no longer speaks), slow from 11:00 to 11:30, else up.
 */
export const recordMorning = async (store: Store): Promise<void> => {
  const recorder = await createRecorder({ store, clock: new VirtualClock(at(NOON)), log: silentLog });
  const minutes = Array.from({ length: 240 }, (_, i) => i).filter((i) => i < 150 || i >= 180);
  const outcome = (i: number) => (i >= 60 && i < 120 ? 'fail' : i >= 180 && i < 210 ? 'slow' : 'ok');
  await recorder.record(minutes.map((i) => result('checkout', 'home', hour('08:00') + i * 60_000, outcome(i))));
};

export const agreement = (id: string, more: Partial<Agreement> = {}): Agreement => ({
  id,
  customer: 'north',
  customerName: 'North Ltd',
  currency: 'USD',
  monthlyFee: minor(500_000),
  startDate: '2026-01-01',
  endDate: null,
  reportZone: 'America/New_York',
  prorate: true,
  targetPpm: null,
  unknownPolicy: null,
  countDegraded: null,
  components: ['checkout'],
  critical: ['checkout'],
  schedule: null,
  claim: { required: true, days: 30 },
  amendments: [],
  ...more,
});

export interface LedgerDesk extends Desk {
  readonly ledger: LedgerVerbContext;
  /** What months come to from now on. */
  says(verdict: Verdict): void;
}

/** Contracts acme (asks for claims), lax (does not) and late (from July on). */
export const openLedgerDesk = async (now = NOON): Promise<LedgerDesk> => {
  const desk = await openDesk(now);
  const { store, ctx } = desk;
  await recordMorning(store);
  await bindEarlierRows({ store, clock: ctx.clock, actor: SYSTEM });
  const contracts = [
    agreement('acme'),
    agreement('lax', { claim: { required: false, days: 30 } }),
    agreement('late', { startDate: '2026-07-01' }),
  ];
  await storePolicy(store, POLICY);
  await store.write(contracts.map((one) => addContractVersion(one, instant(1))));
  let verdict: Verdict = 'indeterminate';
  return Object.assign(desk, {
    ledger: { ...ledgerVerbContext({ store, clock: ctx.clock, actor: SOCKET_OWNER, policy: POLICY }), monthVerdict: async () => verdict },
    says: (next: Verdict) => {
      verdict = next;
    },
  });
};

/** 09:15 to 09:45: in the middle of the outage. */
export const saying = (state: NewOverride['state'], from: string, to: string | null, more: Partial<NewOverride> = {}): NewOverride => ({
  component: 'checkout',
  start: hour(from),
  end: to === null ? null : hour(to),
  state,
  reason: 'The log of the load balancer says so.',
  evidence: 'lb.log of 27 November',
  author: 'Ann',
  approvedBy: null,
  ...more,
});
export const takingBack = (revokes: string, more: Partial<NewRevocation> = {}): NewRevocation => ({
  revokes,
  reason: 'It was the wrong component.',
  evidence: 'mail of 28 November',
  author: 'Ann',
  approvedBy: null,
  ...more,
});

/** Up, down and unknown in ms: before and after. */
export const changed = ({ override: { changes } }: OverrideAnswer, reading: 'lenient' | 'strict' = 'lenient'): number[][] =>
  [changes[reading].before, changes[reading].after].map(({ upMs, downMs, unknownMs }) => [upMs, downMs, unknownMs]);
