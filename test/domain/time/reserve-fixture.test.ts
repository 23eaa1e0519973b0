/** P20: every weekly slot of 2020–2040 in twelve zones, against another program with another copy of the tz database. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { computedStarts, expectedStarts, readFixture } from './reserve-slots.ts';

const fixture = readFixture();
const here = process.versions['tz'] ?? 'none';

/** What the database changed after 2026c in these zones (tzdb NEWS); an older copy cannot know it and is not asked. */
const CHANGES = [{ zone: 'America/Havana', version: '2026f', from: Date.UTC(2026, 10, 1), to: Date.UTC(2027, 2, 15) }];
const unknowable = (zone: string, at: number): boolean =>
  CHANGES.some((change) => change.zone === zone && here < change.version && change.from <= at && at < change.to) ||
  (here < '2026c' && at >= Date.UTC(2026, 0, 1));

describe('the slots of 2020–2040', () => {
  it('come from tzdb 2026c or later, written by another program, for twelve zones and every Saturday', () => {
    expect(fixture.tzdb >= '2026c').toBe(true);
    expect(new Set(fixture.rules.map((rule) => rule.zone)).size).toBe(12);
    for (const rule of fixture.rules) expect(expectedStarts(rule)).toHaveLength(1096);
  });

  it.each(fixture.rules)('$weekday $start in $zone starts when the other program says, whatever the clocks do', (rule) => {
    const expected = expectedStarts(rule);
    const computed = computedStarts(rule);
    expect(computed).toHaveLength(expected.length);
    const differing = expected.filter((start, index) => computed[index] !== start && !unknowable(rule.zone, start));
    expect(differing.map((start) => new Date(start).toISOString())).toEqual([]);
  });

  it('differ from tzdb 2026c in nothing but Cuba’s winter of 2026, which 2026f cancelled', () => {
    const differing = fixture.rules.flatMap((rule) => {
      const computed = computedStarts(rule);
      const count = expectedStarts(rule).filter((start, index) => computed[index] !== start).length;
      return count === 0 ? [] : [`${rule.zone} ${rule.weekday} ${rule.start}: ${count}`];
    });
    const since2026f = here >= '2026f';
    if (here >= '2026c') expect(differing).toEqual(since2026f ? [] : ['America/Havana SAT 10:00: 19', 'America/Havana SUN 00:00: 19']);
  });

  it.each(['UTC', 'Asia/Kathmandu', 'America/New_York'])('are the same when the process itself lives in %s', (TZ) => {
    const script = fileURLToPath(new URL('reserve-slots.ts', import.meta.url));
    const child = spawnSync(process.execPath, [script, 'print'], { env: { ...process.env, TZ }, encoding: 'utf8', timeout: 60_000 });
    expect(child.stderr).toBe('');
    expect(child.status).toBe(0);
    expect(JSON.parse(child.stdout)).toEqual(fixture.rules.map(computedStarts));
  });
});
