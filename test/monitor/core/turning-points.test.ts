/** Pages are made anew at the very instant at which time alone changes what they say. */
import { describe, expect, test } from 'vitest';
import { type Instant, instant } from '#domain/time/instant.ts';
import { keepTurning, type TurningPoints } from '#monitor/core/turning-points.ts';
import { quiet } from '../../support/front-rig.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const START = Date.UTC(2026, 10, 28, 14, 0);
const HOUR = 3_600_000;

class Turns {
  readonly clock = new VirtualClock(START);
  readonly turned: number[] = [];
  asked = 0;
  broken = false;
  known: readonly number[];
  readonly points: TurningPoints;
  constructor(known: readonly number[]) {
    this.known = known;
    const next = async (now: Instant): Promise<Instant | null> => {
      this.asked++;
      if (this.broken) throw new Error('the store is away');
      const found = this.known.filter((at) => at > now).sort((a, b) => a - b)[0];
      return found === undefined ? null : instant(found);
    };
    this.points = keepTurning(this.clock, next, () => void this.turned.push(this.clock.now() - START), quiet);
  }
}

describe('the keeper of turning points', () => {
  test('turns at each instant, at no other, and reads the store only then', async () => {
    const turns = new Turns([START + HOUR, START + 2 * HOUR]);
    await turns.clock.advance(HOUR - 1);
    expect([turns.turned, turns.asked]).toEqual([[], 1]);
    await turns.clock.advance(1);
    expect(turns.turned).toEqual([HOUR]);
    await turns.clock.advance(HOUR);
    expect(turns.turned).toEqual([HOUR, 2 * HOUR]);
  });

  test('learns of a nearer one when it is told that something changed', async () => {
    const turns = new Turns([START + HOUR]);
    await turns.clock.advance(1_000);
    turns.known = [START + 5_000, START + HOUR];
    turns.points.again();
    await turns.clock.advance(4_000);
    expect(turns.turned).toEqual([5_000]);
  });

  test('notices within half a minute that the wall clock was set past one', async () => {
    const turns = new Turns([START + HOUR]);
    await turns.clock.advance(1_000);
    turns.clock.jumpWall(2 * HOUR);
    await turns.clock.advance(30_000);
    expect(turns.turned).toHaveLength(1);
  });

  test('asks again while the store is away, turns once when it is back, and never after it was stopped', async () => {
    const turns = new Turns([START + 60_000]);
    turns.broken = true;
    turns.points.again();
    await turns.clock.advance(31_000);
    turns.broken = false;
    await turns.clock.advance(29_000);
    expect(turns.turned).toEqual([60_000]);
    turns.known = [START + HOUR];
    turns.points.again();
    turns.points.stop();
    await turns.clock.advance(2 * HOUR);
    expect([turns.turned, turns.clock.waiting]).toEqual([[60_000], 0]);
  });
});
