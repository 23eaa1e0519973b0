import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import type { AnnouncementFact } from '#domain/maintenance/announcement-fact.ts';
import type { ReleaseFact } from '#domain/release/release-fact.ts';
import type { Instant } from '#domain/time/instant.ts';
import { buildMaintenanceCalendar, buildReservedCalendar } from '#monitor/views/calendars.ts';
import { maintenanceIcal, reservedIcal } from '#site/documents/calendars.ts';
import { type IcalEvent, icalText } from '#site/documents/ical.ts';
import { cleanText } from '#site/documents/xml.ts';
import { calendarRoutes } from '#site/server/calendar-routes.ts';
import { nobodysChrome } from '#site/server/nobody.ts';
import { HOSTILE_TEXTS } from '../../support/hostile-texts.ts';
import { at, POLICY } from '../../support/maintenance-desk.ts';
import { announcement, CANARY, ending, release, revision } from '../../support/public-facts.ts';

const NOW = at('2026-11-25T12:00Z');
const chrome = { ...nobodysChrome(NOW), pageName: 'Example, Inc.', origin: 'https://status.example.com' };
const NAMES = new Map([['checkout', 'Checkout']]);
const calendar = (facts: readonly AnnouncementFact[], now: Instant = NOW, releases: readonly ReleaseFact[] = []): string =>
  maintenanceIcal(
    { instanceId: 'inst', zone: POLICY.reserve.zone, events: buildMaintenanceCalendar(facts, releases, NAMES, POLICY, now) },
    chrome,
  );
const reserved = (facts: readonly AnnouncementFact[], now: Instant = NOW, policy = POLICY): string =>
  reservedIcal({ instanceId: 'inst', zone: policy.reserve.zone, events: buildReservedCalendar(facts, policy, now) }, chrome);

interface Read {
  readonly uid: string;
  readonly sequence: number;
  readonly status: string;
  readonly start: number;
  readonly end: number;
  readonly summary: string;
  readonly description: string;
  readonly url: string;
  readonly categories: readonly string[];
  readonly stamp: number;
}
/** As a program of another make understands the bytes. */
const read = (text: string): Read[] =>
  new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((event) => {
    const one = (name: string): unknown => event.getFirstPropertyValue(name);
    const time = (name: string): number => (one(name) as ICAL.Time).toJSDate().getTime();
    return {
      uid: String(one('uid')),
      sequence: Number(one('sequence')),
      status: String(one('status')),
      start: time('dtstart'),
      end: time('dtend'),
      summary: String(one('summary')),
      description: String(one('description')),
      url: String(one('url')),
      categories: event.getAllProperties('categories').map((property) => String(property.getFirstValue())),
      stamp: time('dtstamp'),
    };
  });
const only = (text: string): Read => {
  const [event, ...others] = read(text);
  if (!event || others.length > 0) throw new Error('one event is expected');
  return event;
};

const first = revision(1, '2026-11-24T10:00Z', '2026-11-28T10:00-05:00', '2026-11-28T12:00-05:00');
const second = revision(2, '2026-11-25T10:00Z', '2026-11-28T10:00-05:00', '2026-11-28T13:00-05:00', { title: 'Longer' });

describe('announced windows', () => {
  test('are confirmed events in UTC with a link, what changes and whether they count', () => {
    const planned = release('2.0.0', 'Faster search', {
      plans: [{ recordedAt: at('2026-11-24T11:00Z'), announcement: 'm-1', plannedAt: null, author: CANARY }],
      publications: [{ rev: 1, recordedAt: at('2026-11-24T11:00Z'), publicAt: at('2026-11-24T11:00Z'), author: CANARY }],
    });
    const secret = { ...release('3.0.0', CANARY), plans: planned.plans };
    const text = calendar([announcement('m-1', [first], { components: ['checkout'] })], NOW, [planned, secret]);
    const event = only(text);
    expect(event).toMatchObject({
      uid: 'm-1@inst',
      sequence: 0,
      status: 'CONFIRMED',
      start: at('2026-11-28T15:00Z'),
      end: at('2026-11-28T17:00Z'),
      summary: 'Example, Inc.: Database upgrade',
      url: 'https://status.example.com/maintenance/m-1',
      categories: ['Maintenance', 'Checkout'],
      stamp: at('2026-11-24T10:00Z'),
    });
    expect(text).toContain('\r\nDTSTART:20261128T150000Z\r\n');
    expect(event.description.split('\n\n')).toEqual([
      'Window: Sat, 28 Nov 2026, 10:00–12:00 Eastern Time (EST, UTC−5) = 15:00–17:00 UTC.',
      'Checkout is away for some minutes.',
      'What changes: 2.0.0, Faster search.',
      'Excluded from availability: 2\u00a0h 0\u00a0min, all of it.',
      'Concerns Checkout.',
    ]);
    expect(text).not.toContain(CANARY);
    expect(text).not.toContain('3.0.0');
  });

  test('announced, revised, cancelled: the same event, each time newer', () => {
    const states = [
      announcement('m-1', [first]),
      announcement('m-1', [first, second]),
      announcement('m-1', [first, second], { ending: ending('cancelled', '2026-11-26T10:00Z') }),
    ].map((fact) => only(calendar([fact], at('2026-11-27T12:00Z'))));
    expect(states.map(({ uid, sequence, status }) => [uid, sequence, status])).toEqual([
      ['m-1@inst', 0, 'CONFIRMED'],
      ['m-1@inst', 1, 'CONFIRMED'],
      ['m-1@inst', 2, 'CANCELLED'],
    ]);
    expect(states.map(({ stamp }) => stamp)).toEqual([at('2026-11-24T10:00Z'), at('2026-11-25T10:00Z'), at('2026-11-26T10:00Z')]);
    expect(states[1]?.end).toBe(at('2026-11-28T18:00Z'));
  });

  test('work that is over early ends early, as a newer event', () => {
    const done = announcement('m-1', [first], { ending: ending('completed', '2026-11-28T11:10:20.500-05:00') });
    expect(only(calendar([done], at('2026-11-28T18:00Z')))).toMatchObject({
      sequence: 1,
      status: 'CONFIRMED',
      end: at('2026-11-28T16:10:20Z'),
    });
  });

  test('ending what is over changes nothing, and no event is shorter than a second', () => {
    const after = at('2026-11-29T12:00Z');
    for (const kind of ['cancelled', 'completed'] as const) {
      const late = announcement('m-1', [first], { ending: ending(kind, '2026-11-28T12:00-05:00') });
      expect(only(calendar([late], after))).toMatchObject({ sequence: 0, status: 'CONFIRMED', end: at('2026-11-28T17:00Z') });
    }
    const atOnce = announcement('m-1', [first], { ending: ending('completed', '2026-11-28T10:00:00.001-05:00') });
    const { start, end } = only(calendar([atOnce], after));
    expect(end - start).toBe(1_000);
  });

  test('stay for three months', () => {
    expect(read(calendar([announcement('m-1', [first])], at('2027-02-28T16:59Z')))).toHaveLength(1);
    expect(read(calendar([announcement('m-1', [first])], at('2027-02-28T17:00Z')))).toHaveLength(0);
  });
});

describe('reserved windows', () => {
  test('three months of Saturdays at ten in New York, on both sides of the change of clocks', () => {
    const events = read(reserved([], at('2027-01-01T00:00Z')));
    expect(events).toHaveLength(13);
    expect(events.every(({ status, sequence }) => status === 'TENTATIVE' && sequence === 0)).toBe(true);
    const utc = (uid: string): string => new Date(events.find((event) => event.uid === `${uid}@inst`)?.start ?? 0).toISOString();
    expect(utc('reserved-2027-03-13')).toBe('2027-03-13T15:00:00.000Z');
    expect(utc('reserved-2027-03-20')).toBe('2027-03-20T14:00:00.000Z');
  });

  test('a slot that gets announced is taken back, and comes again when the announcement is cancelled', () => {
    const of = (facts: readonly AnnouncementFact[]): Read | undefined =>
      read(reserved(facts, at('2026-11-27T12:00Z'))).find(({ uid }) => uid === 'reserved-2026-11-28@inst');
    expect(of([])).toMatchObject({ sequence: 0, status: 'TENTATIVE' });
    expect(of([announcement('m-1', [first])])).toMatchObject({ sequence: 1, status: 'CANCELLED', stamp: at('2026-11-24T10:00Z') });
    const cancelled = announcement('m-1', [first], { ending: ending('cancelled', '2026-11-26T10:00Z') });
    expect(of([cancelled])).toMatchObject({ sequence: 2, status: 'TENTATIVE', stamp: at('2026-11-26T10:00Z') });
    const again = announcement('m-2', [revision(1, '2026-11-27T10:00Z', '2026-11-28T10:00-05:00', '2026-11-28T11:00-05:00')]);
    expect(of([cancelled, again])).toMatchObject({ sequence: 3, status: 'CANCELLED' });
  });

  test('make nobody busy', () => {
    expect(reserved([]).match(/^TRANSP:TRANSPARENT\r$/gm)).toHaveLength(read(reserved([])).length);
  });
});

describe('the text', () => {
  test('opens as calendars expect', () => {
    expect(calendar([]).split('\r\n').slice(0, 7)).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Avow//Avow//EN',
      'CALSCALE:GREGORIAN',
      'METHOD:PUBLISH',
      'NAME:Example\\, Inc.: maintenance',
      'X-WR-CALNAME:Example\\, Inc.: maintenance',
    ]);
  });

  test('is a calendar even when nothing is in it', () => {
    for (const route of calendarRoutes) {
      const component = new ICAL.Component(ICAL.parse(String(route.blank(null, NOW))));
      expect(component.getAllSubcomponents().map(({ name }) => name)).toEqual(['vtimezone']);
    }
  });

  const event = (said: string): IcalEvent => ({
    uid: 'm-1@inst',
    start: NOW,
    end: NOW + 3_600_000,
    status: 'CONFIRMED',
    sequence: 0,
    createdAt: NOW,
    changedAt: NOW,
    summary: said,
    description: said,
    url: 'https://status.example.com/maintenance/m-1',
    categories: [said, 'Maintenance'],
  });
  const isWhole = (said: string): void => {
    const text = icalText({ name: said, about: said, events: [event(said)] });
    expect(only(text)).toMatchObject({
      summary: cleanText(said),
      description: cleanText(said),
      categories: [cleanText(said), 'Maintenance'],
    });
    const lines = text.split('\r\n');
    expect(lines.at(-1)).toBe('');
    // A strict decoder: no character is cut in two.
    for (const line of lines) {
      expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
      expect(line.isWellFormed()).toBe(true);
      expect(line).not.toMatch(/[\r\n]/);
    }
    expect(lines.filter((line) => line === 'BEGIN:VEVENT')).toHaveLength(1);
  };
  test.each(HOSTILE_TEXTS)('%j arrives whole, in lines of at most 75 octets', isWhole);
  test('anything at all arrives whole', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 120 }), isWhole), { numRuns: 300, seed: 20_261_124 });
  });
  test('every length of line is folded where it must be', () => {
    for (let length = 50; length < 160; length++) for (const letter of ['a', 'ä', '語', '👍']) isWhole(letter.repeat(length));
  });
});
