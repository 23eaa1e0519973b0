/** How often may be guessed, while a flood of keys tries to make the limit forget (P13, in virtual time). */
import { describe, expect, test } from 'vitest';
import { MINUTE } from '#domain/time/instant.ts';
import { guessLimit } from '#monitor/identity/guess-limit.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const WINDOW = 15 * MINUTE;

test('twenty at once, then one every 45 seconds; a guess that is given back counts for nothing', () => {
  const clock = new VirtualClock();
  const limit = guessLimit(clock, 20, WINDOW);
  for (let i = 0; i < 20; i++) expect(limit.take('a')).toBe(0);
  expect(limit.take('a')).toBe(45);
  limit.giveBack('a');
  expect(limit.take('a')).toBe(0);
  clock.stall(44_999);
  expect(limit.take('a')).toBe(1);
  clock.stall(1);
  expect(limit.take('a')).toBe(0);
});

describe('a flood of keys', () => {
  test('makes it forget no guess: whoever has guessed stays slowed down, whoever is new waits, and afterwards all is well', () => {
    const clock = new VirtualClock();
    const limit = guessLimit(clock, 5, WINDOW, { keys: 1_000 });
    for (let i = 0; i < 5; i++) expect(limit.take('guesser')).toBe(0);
    for (let i = 0; i < 999; i++) expect(limit.take(`flood ${i}`)).toBe(0);
    // Full of keys that have each guessed: nobody new, for as long as one guess takes to come back.
    expect(limit.take('new')).toBe(180);
    for (let i = 0; i < 5_000; i++) expect(limit.take(`more ${i}`)).toBe(180);
    expect(limit.take('guesser')).toBe(180);
    expect(limit.take('flood 7')).toBe(0);
    clock.stall(179_999);
    expect(limit.take('new')).toBe(180);
    // The others have all their guesses again by now and are forgotten.
    clock.stall(1_001);
    expect(limit.take('new')).toBe(0);
    expect(limit.take('guesser')).toBe(0);
    expect(limit.take('guesser')).toBeGreaterThan(0);
  });

  test('keeps nobody new from what is no secret, and slows down whoever it knows as before', () => {
    const clock = new VirtualClock();
    const limit = guessLimit(clock, 2, WINDOW, { keys: 10, whenFull: 'admit' });
    for (let i = 0; i < 10; i++) for (let k = 0; k < 2; k++) expect(limit.take(`reader ${i}`)).toBe(0);
    expect(limit.take('reader 3')).toBe(450);
    for (let i = 0; i < 50; i++) expect(limit.take('new')).toBe(0);
    expect(limit.take('reader 3')).toBe(450);
  });

  test('of guesses that were given back takes no room', () => {
    const clock = new VirtualClock();
    const limit = guessLimit(clock, 5, WINDOW, { keys: 10 });
    for (let i = 0; i < 1_000; i++) {
      expect(limit.take(`right ${i}`)).toBe(0);
      limit.giveBack(`right ${i}`);
    }
    expect(limit.take('new')).toBe(0);
  });
});
