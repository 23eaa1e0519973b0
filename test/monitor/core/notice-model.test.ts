/** P6 as a model: whatever happens, in whatever order, nobody hears an end without its beginning, nor a beginning after its end. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { OutboxMessage } from '#db/queries/outbox.ts';
import { failed } from '#domain/notice/attempt.ts';
import { DAY, HOUR, MINUTE } from '#domain/time/instant.ts';
import { retryDelivery } from '#monitor/actions/retry-delivery.ts';
import { sendTestNotice } from '#monitor/actions/send-test-notice.ts';
import { SYSTEM } from '#monitor/context.ts';
import { type NoticeDesk, noticeDesk, takes } from '../../support/notice-desk.ts';
import { testRuns, testSeed } from '../../support/seeded.ts';
import { opened, resolved } from '../../support/telling-rig.ts';

const SUBJECTS = ['a', 'b', 'c', 'd'];
type Step =
  | { readonly do: 'open' | 'update' | 'resolve'; readonly subject: string }
  | { readonly do: 'pass'; readonly ms: number }
  | { readonly do: 'receiver'; readonly is: 'takes' | 'down' | 'refuses' | 'gone' }
  | { readonly do: 'crash' | 'retry' | 'test' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom('open' as const, 'update' as const, 'resolve' as const),
      subject: fc.constantFrom(...SUBJECTS),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.constantFrom(MINUTE, 20 * MINUTE, 2 * HOUR, 7 * HOUR, DAY) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('receiver' as const),
      is: fc.constantFrom('takes' as const, 'takes' as const, 'down' as const, 'refuses' as const, 'gone' as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('crash' as const, 'retry' as const, 'test' as const) }) },
);

const RECEIVERS = {
  takes,
  down: () => failed('down'),
  refuses: () => failed('refused', { permanent: true }),
  gone: () => failed('gone', { gone: true }),
} as const;

const updated = (incident: string, nth: number): OutboxMessage => ({
  key: `incident.updated:${incident}-${nth}`,
  type: 'incident.updated',
  payload: { incident, title: incident, body: `update ${nth}` },
});

/** Plays one step on incidents as they can be: opened once, resolved once. */
const play = async (desk: NoticeDesk, one: Step, world: Map<string, 'open' | 'over'>, nth: number): Promise<void> => {
  const context = { store: desk.store, clock: desk.clock, policy: { zone: 'UTC' }, actor: SYSTEM };
  switch (one.do) {
    case 'open':
      if (!world.has(one.subject)) await desk.say(opened(one.subject));
      world.set(one.subject, world.get(one.subject) ?? 'open');
      return;
    case 'update':
      if (world.has(one.subject)) await desk.say(updated(one.subject, nth));
      return;
    case 'resolve':
      if (world.get(one.subject) !== 'open') return;
      world.set(one.subject, 'over');
      return desk.say(resolved(one.subject));
    case 'pass':
      await desk.clock.advance(one.ms);
      return desk.round();
    case 'receiver':
      desk.receiver = RECEIVERS[one.is];
      return;
    case 'crash':
      // Claimed, perhaps received, and never remembered.
      await desk.queue.plan(desk.channels);
      await desk.queue.claim('webhook', 3);
      return desk.restart();
    case 'retry': {
      const [dead] = await desk.deliveries('dead');
      if (dead) await retryDelivery(context, { delivery: dead.id });
      return;
    }
    case 'test':
      await sendTestNotice(context, { channel: null });
      return desk.round();
  }
};

test('the model of beginnings and ends holds over outages, refusals, disabling, crashes, folding and dead letters sent again', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
      await using desk = await noticeDesk();
      const world = new Map<string, 'open' | 'over'>();
      for (const [nth, one] of steps.entries()) await play(desk, one, world, nth);
      desk.receiver = takes;
      await play(desk, { do: 'test' }, world, -1);
      for (let day = 0; day < 4; day++) await play(desk, { do: 'pass', ms: DAY }, world, -1);

      for (const subject of SUBJECTS) {
        const told = desk.sent.filter((one) => one.taken && one.subject === subject).map(({ type }) => type);
        const begins = told.indexOf('incident.opened');
        const ends = told.indexOf('incident.resolved');
        expect(told.filter((type) => type === 'incident.opened').length).toBeLessThanOrEqual(1);
        expect(told.filter((type) => type === 'incident.resolved').length).toBeLessThanOrEqual(1);
        if (told.length > 0) expect(begins).toBe(0);
        if (ends >= 0) expect(begins).toBeLessThan(ends);
      }
      // Nothing is lost from sight: every row is told, dead, or left out with a reason; and the key of a delivery is its own.
      expect(await desk.deliveries('waiting')).toEqual([]);
      expect((await desk.deliveries('dropped')).every(({ note }) => note !== null)).toBe(true);
      expect((await desk.deliveries('dead')).every(({ note }) => note !== null)).toBe(true);
      const bodies = new Map<string, string>();
      for (const { key, body } of desk.sent) expect(bodies.set(key, bodies.get(key) ?? body).get(key)).toBe(body);
    }),
    { numRuns: testRuns(25), seed: testSeed(20_261_124) },
  );
}, 120_000);
