/**
 * iCalendar text (RFC 5545): lines of at most 75 octets that end in CRLF and never break inside a character, text with its four
 * escapes, times in UTC. A calendar without events holds the zone UTC instead, as an empty one is none.
 */
import { isoText } from '../format.ts';
import { cleanText } from './xml.ts';

export const ICAL_TYPE = 'text/calendar; charset=utf-8';

export interface IcalEvent {
  readonly uid: string;
  /** ms. */
  readonly start: number;
  readonly end: number;
  readonly status: 'CONFIRMED' | 'TENTATIVE' | 'CANCELLED';
  readonly sequence: number;
  readonly createdAt: number;
  readonly changedAt: number;
  readonly summary: string;
  readonly description: string;
  readonly url: string;
  readonly categories: readonly string[];
}
export interface Ical {
  readonly name: string;
  readonly about: string;
  readonly events: readonly IcalEvent[];
}

const MOST_OCTETS = 75;

const octets = (character: string): number => {
  const code = character.codePointAt(0) as number;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x1_0000 ? 3 : 4;
};

/** The space that begins a continued line counts as one of its octets. */
const folded = (line: string): string => {
  if (line.length * 3 <= MOST_OCTETS) return line;
  let out = '';
  let used = 0;
  for (const character of line) {
    const size = octets(character);
    if (used + size > MOST_OCTETS) {
      out += '\r\n ';
      used = 1;
    }
    out += character;
    used += size;
  }
  return out;
};

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', ';': '\\;', ',': '\\,', '\n': '\\n' };
const text = (value: string): string => cleanText(value).replaceAll(/[\\;,\n]/g, (sign) => ESCAPES[sign] as string);

/** `20261128T150000Z`; a calendar knows whole seconds. */
const time = (at: number): string => isoText(at).replaceAll(/[-:]|[.]\d+/g, '');

const linesOf = (event: IcalEvent): string[] => [
  'BEGIN:VEVENT',
  `UID:${text(event.uid)}`,
  `SEQUENCE:${event.sequence}`,
  `DTSTAMP:${time(event.changedAt)}`,
  `CREATED:${time(event.createdAt)}`,
  `LAST-MODIFIED:${time(event.changedAt)}`,
  `DTSTART:${time(event.start)}`,
  `DTEND:${time(event.end)}`,
  `STATUS:${event.status}`,
  // Maintenance of a service makes nobody busy who reads of it.
  'TRANSP:TRANSPARENT',
  'CLASS:PUBLIC',
  `SUMMARY:${text(event.summary)}`,
  `DESCRIPTION:${text(event.description)}`,
  // One a line: some programs cannot tell a comma that parts from one after a backslash.
  ...event.categories.map((category) => `CATEGORIES:${text(category)}`),
  `URL:${event.url}`,
  'END:VEVENT',
];

const UTC_ZONE = [
  'BEGIN:VTIMEZONE',
  'TZID:Etc/UTC',
  'BEGIN:STANDARD',
  'DTSTART:19700101T000000',
  'TZOFFSETFROM:+0000',
  'TZOFFSETTO:+0000',
  'END:STANDARD',
  'END:VTIMEZONE',
];

export const icalText = ({ name, about, events }: Ical): string =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Avow//Avow//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `NAME:${text(name)}`,
    `X-WR-CALNAME:${text(name)}`,
    `DESCRIPTION:${text(about)}`,
    `X-WR-CALDESC:${text(about)}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    'X-PUBLISHED-TTL:PT1H',
    ...(events.length === 0 ? UTC_ZONE : events.flatMap(linesOf)),
    'END:VCALENDAR',
  ]
    .map((line) => `${folded(line)}\r\n`)
    .join('');
