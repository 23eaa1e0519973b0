import { describe, expect, test } from 'vitest';
import { statusOf } from '#domain/incident/incident-fact.ts';
import { decideOpening, decideUpdate, MOST_POSTS, type NewIncident, type NewUpdate } from '#domain/incident/posting.ts';
import { isRefusal } from '#domain/refusal.ts';
import { detected, minute, posted, situation } from './incident-examples.ts';

const opening = (more: Partial<NewIncident> = {}): NewIncident => ({
  title: ' Checkout is slow ',
  body: 'We are looking.\r\nMore soon.',
  status: null,
  impacts: [{ component: 'checkout', impact: 'degraded' }],
  ...more,
});
const update = (more: Partial<NewUpdate> = {}): NewUpdate => ({ body: 'News.', status: null, title: null, impacts: [], ...more });
const messageOf = (answer: unknown): string =>
  isRefusal(answer) ? `${answer.code}: ${answer.message}` : `accepted: ${JSON.stringify(answer)}`;

describe('opening', () => {
  test('a new incident is investigating, dated now, with the impact of each component', () => {
    const impacts = [
      { component: 'checkout', impact: 'degraded' },
      { component: 'images', impact: 'major_outage' },
    ];
    expect(decideOpening(opening({ impacts }), situation(5))).toEqual({
      at: minute(5),
      status: 'investigating',
      title: 'Checkout is slow',
      body: 'We are looking.\nMore soon.',
      impacts: [
        { componentId: 1, impact: 'degraded' },
        { componentId: 3, impact: 'major_outage' },
      ],
    });
  });
  test.each(['identified', 'monitoring'])('it may begin %s', (status) => {
    expect(decideOpening(opening({ status }), situation(5))).toMatchObject({ status });
  });

  test('a hundred thousand names, of which the last stands twice, are looked through once', () => {
    const impacts = Array.from({ length: 100_000 }, (_, i) => ({ component: `name-${Math.min(i, 99_998)}`, impact: 'degraded' }));
    expect(messageOf(decideOpening(opening({ impacts }), situation(5)))).toBe(
      'component_twice: name-99998 is named twice. Give one impact for each component.',
    );
  });

  const on = (component: string, impact = 'degraded') => ({ impacts: [{ component, impact }] });
  const bad: readonly (readonly [string, Partial<NewIncident>, string])[] = [
    [
      'no component',
      { impacts: [] },
      'no_components: No component is named. Name at least one, with its impact: none, degraded, partial_outage, major_outage.',
    ],
    [
      'a mistyped component',
      on('chekcout'),
      'unknown_component: There is no component chekcout. Did you mean checkout? Known: checkout, images, search.',
    ],
    ['a component that is watched no more', on('fax'), 'unknown_component: There is no component fax. Known: checkout, images, search.'],
    [
      'half an impact',
      on('checkout', 'major'),
      'unknown_impact: "major" is no impact on checkout. Did you mean major_outage? Known: none, degraded, partial_outage, major_outage.',
    ],
    [
      'a component named twice',
      { impacts: [...on('search').impacts, ...on('search', 'none').impacts] },
      'component_twice: search is named twice. Give one impact for each component.',
    ],
    [
      'a resolved beginning',
      { status: 'resolved' },
      'unknown_status: "resolved" is no status of a new incident. Known: investigating, identified, monitoring.',
    ],
    [
      'a status that is none',
      { status: 'ident' },
      'unknown_status: "ident" is no status. Did you mean identified? Known: investigating, identified, monitoring.',
    ],
    ['no words', { body: ' \n ' }, 'bad_text: The body is empty. Say in words what readers should know.'],
    ['a title of two lines', { title: 'a\nb' }, 'bad_text: The title holds a control character or a line break. Write it again without.'],
  ];
  test.each(bad)('refuses %s', (_what, more, sentence) => {
    expect(messageOf(decideOpening(opening(more), situation(5)))).toBe(sentence);
  });
});

describe('posting on one', () => {
  const open = posted([
    [0, 'investigating', { 1: 'degraded' }],
    [10, 'monitoring'],
  ]);
  const over = posted(
    [
      [0, 'investigating', { 1: 'degraded' }],
      [20, 'resolved'],
    ],
    { resolvedAt: minute(20) },
  );

  test('without a status it stays what it is', () => {
    expect(decideUpdate(open.id, open, update(), situation(12))).toEqual({
      at: minute(12),
      status: 'monitoring',
      body: 'News.',
      title: null,
      impacts: [],
    });
  });
  test.each(['investigating', 'identified', 'monitoring', 'resolved'])('while it is open it may go on to %s', (status) => {
    expect(decideUpdate(open.id, open, update({ status }), situation(12))).toMatchObject({ status });
  });
  test('a title that it has already is no new title', () => {
    expect(decideUpdate(open.id, open, update({ title: 'Checkout is slow' }), situation(12))).toMatchObject({ title: null });
    expect(decideUpdate(open.id, open, update({ title: 'Payments fail' }), situation(12))).toMatchObject({ title: 'Payments fail' });
  });
  test('nothing is dated before what was said last, even if the clock was set back', () => {
    expect(decideUpdate(open.id, open, update(), situation(3))).toMatchObject({ at: minute(10) });
  });

  const refusals: readonly (readonly [string, Parameters<typeof decideUpdate>[1], Partial<NewUpdate>, string])[] = [
    [
      'an incident that there is not',
      null,
      {},
      'unknown_incident: There is no incident abcdefghijk2. `avow incident list --all` shows them.',
    ],
    [
      'more words on what is resolved',
      over,
      {},
      'already_resolved: abcdefghijk2 was resolved at Tue 2026-11-24 03:20 UTC. Nothing but a postmortem follows (--status postmortem); what is new is a new incident.',
    ],
    [
      'to resolve it again',
      over,
      { status: 'resolved' },
      'already_resolved: abcdefghijk2 was resolved at Tue 2026-11-24 03:20 UTC. Nothing but a postmortem follows (--status postmortem); what is new is a new incident.',
    ],
    [
      'to open it again',
      over,
      { status: 'investigating' },
      'already_resolved: abcdefghijk2 was resolved at Tue 2026-11-24 03:20 UTC. Nothing but a postmortem follows (--status postmortem); what is new is a new incident.',
    ],
    [
      'a postmortem before the end',
      open,
      { status: 'postmortem' },
      'not_resolved: abcdefghijk2 is not resolved yet. A postmortem comes after that.',
    ],
    ['no words', open, { body: '' }, 'bad_text: The body is empty. Say in words what readers should know.'],
    [
      'an impact with the end',
      open,
      { status: 'resolved', impacts: [{ component: 'checkout', impact: 'none' }] },
      'impact_after_end: What is resolved has no impact any more. Leave the components out.',
    ],
    [
      'to resolve what the checks see down',
      detected(),
      { status: 'resolved' },
      'still_down: The checks have seen checkout down since Tue 2026-11-24 03:00 UTC, and no good check since. abcdefghijk2 resolves itself at the first one; until then, post what you know.',
    ],
  ];
  test.each(refusals)('refuses %s', (_what, incident, more, sentence) => {
    expect(messageOf(decideUpdate('abcdefghijk2', incident, update(more), situation(30)))).toBe(sentence);
  });

  test('after the end comes a postmortem, and more than one when each is asked for by name', () => {
    expect(decideUpdate(over.id, over, update({ status: 'postmortem' }), situation(90))).toMatchObject({ status: 'postmortem' });
    const told = posted(
      [
        [0, 'investigating'],
        [20, 'resolved'],
        [90, 'postmortem'],
      ],
      { resolvedAt: minute(20) },
    );
    expect(decideUpdate(told.id, told, update(), situation(95))).toMatchObject({ code: 'already_resolved' });
    expect(decideUpdate(told.id, told, update({ status: 'postmortem' }), situation(95))).toMatchObject({ status: 'postmortem' });
  });
  test('people may post on what the checks found, and after its end write the postmortem', () => {
    const more = { title: 'Payments fail', status: 'identified', impacts: [{ component: 'checkout', impact: 'partial_outage' }] };
    expect(decideUpdate('abcdefghijk2', detected(), update(more), situation(12))).toMatchObject({
      status: 'identified',
      title: 'Payments fail',
    });
    expect(
      decideUpdate('abcdefghijk2', detected({ resolvedAt: minute(20) }), update({ status: 'postmortem' }), situation(30)),
    ).toMatchObject({
      status: 'postmortem',
    });
  });
});

describe('the status now', () => {
  test('is the newest one while it is open', () => {
    expect(
      statusOf(
        posted([
          [0, 'investigating'],
          [10, 'monitoring'],
          [12, 'identified'],
        ]),
      ),
    ).toBe('identified');
  });
  test('is resolved once it ended, even if somebody posted after the instant that later results say it ended at', () => {
    expect(statusOf(detected({ resolvedAt: minute(5) }, [[6, 'identified']]))).toBe('resolved');
    expect(
      statusOf(
        detected({ resolvedAt: minute(5) }, [
          [5, 'resolved'],
          [90, 'postmortem'],
        ]),
      ),
    ).toBe('postmortem');
  });
  test('of an incident without a word is investigating', () => expect(statusOf(posted([]))).toBe('investigating'));
});

test(`an incident takes ${MOST_POSTS} posts and not one more`, () => {
  const many = (count: number) => posted(Array.from({ length: count }, (_, i) => [i, 'investigating', i === 0 ? { 1: 'degraded' } : {}]));
  const next = (count: number) => messageOf(decideUpdate('abcdefghijk2', many(count), update(), situation(900)));
  expect(next(MOST_POSTS - 1)).toMatch(/^accepted/);
  expect(next(MOST_POSTS)).toMatch(/^too_many_posts: abcdefghijk2 has 200 posts, and 200 is the most\. Go on in a new incident/);
});
