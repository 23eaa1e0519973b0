import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ComponentState, describeOverall, overallState, type Weighed } from '#domain/sla/overall.ts';

const one = (name: string, state: ComponentState, critical = true): Weighed => ({ name, critical, state });
const seen = (...components: Weighed[]): [string, string] => {
  const overall = overallState(components);
  return [overall.indicator, describeOverall(overall)];
};

test('failures that are not confirmed yet are investigated, not called unmeasured; a known outage is told first', () => {
  const said = (investigating: string[], ...components: Weighed[]) => describeOverall(overallState(components), investigating);
  expect(said(['Web'], one('Web', 'unknown'))).toBe('Investigating Web: the last check failed');
  expect(said(['Web'], one('Web', 'unknown'), one('API', 'operational'))).toBe('Investigating Web: the last check failed');
  expect(said(['Web'], one('Web', 'unknown'), one('API', 'unknown'))).toBe(
    'Investigating Web: the last check failed; state unknown of API',
  );
  expect(said(['Web'], one('Web', 'unknown'), one('API', 'major_outage'))).toBe('API is down; state unknown of Web');
});

describe('the overall indicator', () => {
  test('is none when everything is operational', () => {
    expect(seen(one('Web', 'operational'), one('API', 'operational'))).toEqual(['none', 'All systems operational']);
  });
  test('is critical when all critical components are down, whatever the others do', () => {
    expect(seen(one('Web', 'major_outage'), one('API', 'partial_outage'), one('Docs', 'operational', false))).toEqual([
      'critical',
      'Web and API are down, everything critical among them',
    ]);
  });
  test('is major when one critical component is down and another is not', () => {
    expect(seen(one('Web', 'major_outage'), one('API', 'operational'))).toEqual(['major', 'Web is down']);
  });
  test('is minor when only a component that is not critical is down', () => {
    expect(seen(one('Web', 'operational'), one('Docs', 'major_outage', false))).toEqual(['minor', 'Docs is down']);
  });
  test('is minor, not critical, when nothing is critical and everything is down', () => {
    expect(seen(one('Docs', 'major_outage', false))[0]).toBe('minor');
  });
  test('is minor for a degraded component', () => {
    expect(seen(one('Web', 'degraded'), one('API', 'operational'))).toEqual(['minor', 'Web is degraded']);
  });
  test('is minor for a component nobody knows of, and the description names it', () => {
    expect(seen(one('Web', 'operational'), one('API', 'unknown'))).toEqual(['minor', 'No trouble seen; state unknown of API']);
    expect(seen(one('Web', 'major_outage'), one('API', 'unknown'))).toEqual(['major', 'Web is down; state unknown of API']);
  });
  test('says that the state is unknown when nothing was measured or nothing is watched', () => {
    expect(seen(one('Web', 'unknown'), one('API', 'unknown'))).toEqual(['minor', 'State unknown: nothing was measured lately']);
    expect(seen()).toEqual(['minor', 'State unknown: nothing is watched yet']);
  });
  test('takes announced work as no trouble', () => {
    expect(seen(one('Web', 'maintenance'), one('API', 'operational'))).toEqual(['none', 'Web is under maintenance']);
  });
  test('keeps the sentence short when many are concerned', () => {
    expect(seen(...['A', 'B', 'C', 'D', 'E'].map((n) => one(n, 'degraded')))[1]).toBe('A, B and 3 others are degraded');
  });
});

test('law: none is said only when every component is operational or under maintenance', () => {
  const states: ComponentState[] = ['operational', 'degraded', 'partial_outage', 'major_outage', 'maintenance', 'unknown'];
  const component = fc.record({ name: fc.constantFrom('A', 'B', 'C'), critical: fc.boolean(), state: fc.constantFrom(...states) });
  fc.assert(
    fc.property(fc.array(component, { maxLength: 8 }), (components) => {
      const calm = components.length > 0 && components.every((c) => c.state === 'operational' || c.state === 'maintenance');
      expect(overallState(components).indicator === 'none').toBe(calm);
    }),
    { seed: Number(process.env['AVOW_TEST_SEED'] ?? 20_260_701) },
  );
});
