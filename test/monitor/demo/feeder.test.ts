/** The feeder stands where the prober would: the past goes on without a gap and without anybody being asked. */
import { expect, test } from 'vitest';
import type { CheckResult } from '#domain/check/check-result.ts';
import { phaseOf } from '#domain/check/schedule.ts';
import { instant, MINUTE, millis, SECOND } from '#domain/time/instant.ts';
import { firstSlot, goesOnFrom } from '#monitor/demo/check-days.ts';
import { startFeeder } from '#monitor/demo/feeder.ts';
import type { Assignment } from '#monitor/worker/messages.ts';
import { silentLog } from '../../support/temp-store.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const since = instant(Date.UTC(2026, 6, 1, 12));
const assignment: Assignment = {
  componentId: 'api',
  check: {
    definition: { kind: 'tcp', host: 'api.example', port: 443, send: null, expect: null },
    intervalMs: MINUTE,
    timeoutMs: millis(10_000),
    holdMs: millis(150_000),
    confirmations: 2,
    degradedMs: millis(5_000),
  },
};
const plan = {
  scenario: { pace: { api: 50 } },
  seed: 3,
  locations: [
    { id: 1, slug: 'here' },
    { id: 2, slug: 'there' },
  ],
  since,
};
const assigned = { locationId: 'here', assignments: [assignment], sentinels: [], ownPorts: [], selfOrigin: null, lastAt: {} };

const fed = async (startMs: number, runMs: number): Promise<CheckResult[]> => {
  const clock = new VirtualClock(startMs);
  const results: CheckResult[] = [];
  const recorder = {
    record: async (given: readonly CheckResult[]) => {
      results.push(...given);
      return { stored: true, fresh: given.length, duplicates: 0, refused: 0 } as const;
    },
  };
  const feeder = startFeeder(plan, { recorder, clock, log: silentLog });
  feeder.assign(assigned);
  await clock.advance(runMs);
  await feeder.stop();
  return results;
};

test('each component gets a right answer at every location, on the grid of the past, and what came due meanwhile is made up for', async () => {
  const results = await fed(since + 3 * MINUTE, 7 * MINUTE);
  for (const location of ['here', 'there']) {
    const own = results.filter(({ locationId }) => locationId === location);
    expect(own[0]?.scheduledAt).toBe(firstSlot('api', MINUTE, goesOnFrom(since)));
    expect(since + 10 * MINUTE - (own.at(-1)?.scheduledAt ?? 0)).toBeLessThanOrEqual(MINUTE + SECOND);
    expect(own.every(({ outcome, scheduledAt }) => outcome === 'ok' && scheduledAt % MINUTE === phaseOf('api', MINUTE))).toBe(true);
    expect(own.every(({ scheduledAt }, i) => i === 0 || scheduledAt - (own[i - 1]?.scheduledAt ?? 0) === MINUTE)).toBe(true);
  }
});

test('what a slot answers follows from the seed, whenever it is made', async () => {
  const late = await fed(since + 9 * MINUTE, MINUTE);
  const early = await fed(since, 10 * MINUTE);
  const key = ({ locationId, at }: CheckResult): string => `${locationId} ${at}`;
  const sorted = (all: readonly CheckResult[]): CheckResult[] => all.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
  expect(sorted(late)).toEqual(sorted(early));
});

test('nothing is answered before it is due', async () => {
  const results = await fed(since, 5 * MINUTE);
  expect(results.every(({ finishedAt }) => finishedAt <= since + 5 * MINUTE)).toBe(true);
});
