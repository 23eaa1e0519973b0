import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { impactsAt, peakImpact, postedStretches, wholeImpact, worseImpact, worstImpacts } from '#domain/incident/impacts.ts';
import { IMPACTS, type Impact } from '#domain/incident/incident-fact.ts';
import { CHECKOUT, COMPONENTS, detected, IMAGES, minute, posted, SEARCH } from './incident-examples.ts';

const watched = COMPONENTS.filter((one) => one.watched);
const at = (incident: Parameters<typeof impactsAt>[0], n: number) => Object.fromEntries(impactsAt(incident, minute(n)));

/** Opened at 0, worse at 10, better at 20 and on one more component, resolved at 30. */
const story = posted(
  [
    [0, 'investigating', { [CHECKOUT]: 'degraded' }],
    [10, 'identified', { [CHECKOUT]: 'major_outage' }],
    [15, 'identified'],
    [20, 'monitoring', { [CHECKOUT]: 'none', [IMAGES]: 'partial_outage' }],
    [30, 'resolved'],
  ],
  { resolvedAt: minute(30) },
);

describe('the impact on each component', () => {
  test('holds from the update that says it until the next that speaks of it, and ends with the incident', () => {
    expect([-1, 0, 9, 10, 19, 20, 29].map((n) => at(story, n))).toEqual([
      {},
      { [CHECKOUT]: 'degraded' },
      { [CHECKOUT]: 'degraded' },
      { [CHECKOUT]: 'major_outage' },
      { [CHECKOUT]: 'major_outage' },
      { [CHECKOUT]: 'none', [IMAGES]: 'partial_outage' },
      { [CHECKOUT]: 'none', [IMAGES]: 'partial_outage' },
    ]);
    expect(at(story, 30)).toEqual({ [CHECKOUT]: 'none', [IMAGES]: 'none' });
  });
  test('what the checks found is an outage from its start, until people say otherwise', () => {
    const found = detected({}, [[12, 'identified', { [CHECKOUT]: 'degraded' }]]);
    expect([-1, 0, 11, 12].map((n) => at(found, n))).toEqual([
      {},
      { [CHECKOUT]: 'major_outage' },
      { [CHECKOUT]: 'major_outage' },
      { [CHECKOUT]: 'degraded' },
    ]);
  });
  test('what was posted after the instant at which late results end the incident says nothing', () => {
    const found = detected({ resolvedAt: minute(5) }, [[6, 'identified', { [SEARCH]: 'major_outage' }]]);
    expect(at(found, 7)).toEqual({ [CHECKOUT]: 'none', [SEARCH]: 'none' });
    expect(postedStretches([found], SEARCH)).toEqual([]);
    expect(Object.fromEntries(worstImpacts(found))).toEqual({ [CHECKOUT]: 'major_outage', [SEARCH]: 'none' });
  });
});

describe('the impact of the whole', () => {
  const cases: readonly (readonly [Readonly<Record<number, Impact>>, string])[] = [
    [{}, 'none'],
    [{ [CHECKOUT]: 'none' }, 'none'],
    [{ [CHECKOUT]: 'degraded' }, 'minor'],
    [{ [IMAGES]: 'major_outage' }, 'minor'],
    [{ [CHECKOUT]: 'partial_outage' }, 'major'],
    [{ [CHECKOUT]: 'major_outage' }, 'major'],
    [{ [CHECKOUT]: 'major_outage', [SEARCH]: 'partial_outage' }, 'major'],
    [{ [CHECKOUT]: 'major_outage', [SEARCH]: 'major_outage' }, 'critical'],
  ];
  test.each(cases)('%j is %s', (impacts, grade) => {
    expect(wholeImpact(new Map(Object.entries(impacts).map(([id, impact]) => [Number(id), impact])), watched)).toBe(grade);
  });
  test('without a critical component nothing is worse than minor', () => {
    expect(wholeImpact(new Map([[IMAGES, 'major_outage']]), [{ id: IMAGES, critical: false }])).toBe('minor');
  });
  test('an incident is remembered as the gravest that it was', () => {
    expect(peakImpact(story, watched)).toBe('major');
    expect(peakImpact(detected(), [{ id: CHECKOUT, critical: true }])).toBe('critical');
  });
});

describe('stretches of posted impact', () => {
  test('are those that updates say, until resolved; nothing where the impact is none', () => {
    expect(postedStretches([story], CHECKOUT)).toEqual([
      { start: minute(0), end: minute(10), impact: 'degraded' },
      { start: minute(10), end: minute(20), impact: 'major_outage' },
    ]);
    expect(postedStretches([story], IMAGES)).toEqual([{ start: minute(20), end: minute(30), impact: 'partial_outage' }]);
    expect(postedStretches([story], SEARCH)).toEqual([]);
  });
  test('have no end while the incident is open, and of what the checks found they know only what people said', () => {
    const open = detected({}, [[12, 'identified', { [CHECKOUT]: 'degraded' }]]);
    expect(postedStretches([open], CHECKOUT)).toEqual([{ start: minute(12), end: null, impact: 'degraded' }]);
    expect(postedStretches([detected()], CHECKOUT)).toEqual([]);
  });
  test('where two incidents speak of one component the worse holds, and like neighbours are one', () => {
    const other = posted([[5, 'investigating', { [CHECKOUT]: 'degraded' }]], { id: 'other' });
    expect(postedStretches([story, other], CHECKOUT)).toEqual([
      { start: minute(0), end: minute(10), impact: 'degraded' },
      { start: minute(10), end: minute(20), impact: 'major_outage' },
      { start: minute(20), end: null, impact: 'degraded' },
    ]);
  });

  test('at every minute they say the worst of what each incident says (law)', () => {
    const impact = fc.constantFrom(...IMPACTS);
    const one = fc.record({
      said: fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), impact), { minLength: 1, maxLength: 6 }),
      over: fc.option(fc.integer({ min: 0, max: 40 })),
    });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 4 }), (stories) => {
        const incidents = stories.map(({ said, over }) => {
          const sorted = [...said].sort((a, b) => a[0] - b[0]);
          return posted(
            sorted.map(([n, worst]) => [n, 'investigating', { [CHECKOUT]: worst }] as const),
            { resolvedAt: over === null ? null : minute(over) },
          );
        });
        // Two posts of one instant: which is the later is not what this law is about.
        if (stories.some(({ said }) => new Set(said.map(([n]) => n)).size < said.length)) return;
        const stretches = postedStretches(incidents, CHECKOUT);
        for (let n = -1; n <= 41; n++) {
          const now = minute(n);
          const worst = incidents.reduce<Impact>(
            (sum, incident) => worseImpact(sum, impactsAt(incident, now).get(CHECKOUT) ?? 'none'),
            'none',
          );
          const covering = stretches.filter(({ start, end }) => start <= now && (end === null || now < end));
          expect(covering.map((stretch) => stretch.impact)).toEqual(worst === 'none' ? [] : [worst]);
        }
      }),
      { numRuns: 300, seed: 4_211 },
    );
  });
});
