/** Run as a child under another TZ: prints the slot starts of every rule of the fixture, in ms, as JSON. */
import { readFileSync } from 'node:fs';
import { type ReserveRule, slotsBetween } from '#domain/sla/reserve.ts';
import { instant } from '#domain/time/instant.ts';

export interface FixtureRule {
  readonly weekday: ReserveRule['weekday'];
  readonly start: string;
  readonly zone: string;
  readonly runs: readonly (readonly [day: number, slots: number, minutes: number])[];
}
export interface Fixture {
  readonly tzdb: string;
  readonly rules: readonly FixtureRule[];
}

export const readFixture = (): Fixture => JSON.parse(readFileSync(new URL('reserve-fixture.json', import.meta.url), 'utf8'));

/** The starts that the other program found. */
export const expectedStarts = (rule: FixtureRule): number[] =>
  rule.runs.flatMap(([day, slots, minutes]) =>
    Array.from({ length: slots }, (_, week) => (day + 7 * week) * 86_400_000 + minutes * 60_000),
  );

/** The starts that Avow finds over the same years. */
export const computedStarts = (rule: FixtureRule): number[] => {
  const expected = expectedStarts(rule);
  const reserve = { weekday: rule.weekday, start: rule.start, zone: rule.zone, durationMin: 300 };
  return slotsBetween(reserve, instant(expected[0] ?? 0), instant((expected.at(-1) ?? 0) + 1)).map((slot) => slot.start);
};

if (process.argv[2] === 'print') process.stdout.write(JSON.stringify(readFixture().rules.map(computedStarts)));
