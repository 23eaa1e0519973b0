/** When time alone changes what the public pages say. */
import { expect, test } from 'vitest';
import type { AnnouncementFact } from '#domain/maintenance/announcement-fact.ts';
import { type Instant, instant, millis } from '#domain/time/instant.ts';
import { isoOf } from '#domain/time/iso.ts';
import { buildFrame } from '#monitor/views/frame.ts';
import { nextTurn } from '#monitor/views/next-turn.ts';
import { at, POLICY } from '../../support/maintenance-desk.ts';

const announced = (start: string, end: string, ending: AnnouncementFact['ending'] = null): AnnouncementFact => ({
  id: 'm-1',
  recordedAt: at('2026-11-24T09:00-05:00'),
  components: '*',
  imported: false,
  author: null,
  revisions: [
    {
      rev: 1,
      recordedAt: at('2026-11-24T09:00-05:00'),
      publicAt: at('2026-11-24T09:00-05:00'),
      start: at(start),
      end: at(end),
      title: 'Database upgrade',
      body: 'Checkout is away.',
      author: null,
    },
  ],
  ending,
  approval: null,
});
const turn = (now: string | Instant, facts: readonly AnnouncementFact[], publicAt: readonly Instant[] = []): string | null => {
  const publications = publicAt.map((instantOf) => ({ rev: 1, recordedAt: instantOf, publicAt: instantOf, author: null }));
  const found = nextTurn(facts, [{ publications }], POLICY, typeof now === 'string' ? at(now) : now);
  return found === null ? null : isoOf(found);
};
const SATURDAY = announced('2026-11-28T10:30-05:00', '2026-11-28T12:00-05:00');

test('without any announcement the next one is the next reserved slot', () => {
  expect(turn('2026-11-24T12:00-05:00', [])).toBe('2026-11-28T15:00:00.000Z');
});

test('a window turns when it begins and when it ends, to the millisecond', () => {
  expect(turn('2026-11-28T10:00-05:00', [SATURDAY])).toBe('2026-11-28T15:30:00.000Z');
  expect(turn(instant(at('2026-11-28T10:30-05:00') - 1), [SATURDAY])).toBe('2026-11-28T15:30:00.000Z');
  expect(turn('2026-11-28T10:30-05:00', [SATURDAY])).toBe('2026-11-28T17:00:00.000Z');
  expect(turn('2026-11-28T12:00-05:00', [SATURDAY])).toBe('2026-12-05T15:00:00.000Z');
});

test('notes that become public later are a turn', () => {
  expect(turn('2026-11-24T12:00-05:00', [], [at('2026-11-25T08:00-05:00')])).toBe('2026-11-25T13:00:00.000Z');
});

test('the frame names the window that runs, else the next announced one, else the reserve', () => {
  const frame = (now: string, facts: readonly AnnouncementFact[]) => {
    const { window } = buildFrame(facts, { ...POLICY, minNoticeMs: millis(0) }, at(now));
    return window && [window.state, window.id, isoOf(window.start)];
  };
  expect(frame('2026-11-24T12:00-05:00', [])).toEqual(['reserved', null, '2026-11-28T15:00:00.000Z']);
  expect(frame('2026-11-24T12:00-05:00', [SATURDAY])).toEqual(['announced', 'm-1', '2026-11-28T15:30:00.000Z']);
  expect(frame('2026-11-28T10:30-05:00', [SATURDAY])).toEqual(['running', 'm-1', '2026-11-28T15:30:00.000Z']);
  expect(frame('2026-11-28T12:00-05:00', [SATURDAY])).toEqual(['reserved', null, '2026-12-05T15:00:00.000Z']);
  const cancelled = announced('2026-11-28T10:30-05:00', '2026-11-28T12:00-05:00', {
    kind: 'cancelled',
    recordedAt: at('2026-11-25T09:00-05:00'),
    author: null,
  });
  expect(frame('2026-11-26T12:00-05:00', [cancelled])).toEqual(['reserved', null, '2026-11-28T15:00:00.000Z']);
});
