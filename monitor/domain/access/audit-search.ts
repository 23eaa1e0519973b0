/**
 * What is asked of the audit: exact names of actor, verb and subject, a stretch of time, a text that stands in before, after or subject,
 * and from which row on. Read from the words of a query or of a command line; refuses what is none of them, with the name of the field.
 */
import { type Refusal, refuse } from '../refusal.ts';
import { DAY, type Instant, instant } from '../time/instant.ts';
import { dayOfText, instantOfIso } from '../time/iso.ts';

export interface AuditSearch {
  readonly actor: string | null;
  /** `maintenance.announce`, or all of a noun: `maintenance`. */
  readonly verb: string | null;
  /** `maintenance/abc`, or all of a kind: `maintenance`. */
  readonly subject: string | null;
  readonly since: Instant | null;
  /** Not in it. */
  readonly until: Instant | null;
  /** Letters of ASCII in either case. */
  readonly text: string | null;
  /** Only rows with a smaller number; null: from the last on. */
  readonly before: number | null;
}
export const SEARCH_FIELDS = ['actor', 'verb', 'subject', 'since', 'until', 'text', 'before'] as const;
const LONGEST = 200;

const readInstant = (text: string): Instant | null => {
  const day = dayOfText(text);
  return day === null ? instantOfIso(text) : instant(day * DAY);
};

/** Empty words ask for nothing. */
export const readAuditSearch = (asked: Readonly<Record<string, string | undefined>>): AuditSearch | Refusal => {
  const strange = Object.keys(asked).find((name) => !(SEARCH_FIELDS as readonly string[]).includes(name));
  if (strange !== undefined)
    return refuse('bad_search', `The audit is not searched by "${strange.slice(0, 40)}". Use: ${SEARCH_FIELDS.join(', ')}.`, {
      field: strange,
    });
  const word = (name: (typeof SEARCH_FIELDS)[number]): string | null => asked[name]?.trim() || null;
  const long = SEARCH_FIELDS.find((name) => (word(name)?.length ?? 0) > LONGEST);
  if (long !== undefined) return refuse('bad_search', `${long} has more than ${LONGEST} characters.`, { field: long });
  const times = { since: null as Instant | null, until: null as Instant | null };
  for (const name of ['since', 'until'] as const) {
    const given = word(name);
    if (given === null) continue;
    times[name] = readInstant(given);
    if (times[name] === null)
      return refuse(
        'bad_search',
        `${name} is no instant: "${given}". Write a day as 2026-11-28, or an instant as 2026-11-28T10:00-05:00.`,
        {
          field: name,
        },
      );
  }
  const before = word('before');
  if (before !== null && !/^[1-9]\d{0,14}$/.test(before))
    return refuse('bad_search', `before is no number of a row: "${before}".`, { field: 'before' });
  return {
    actor: word('actor'),
    verb: word('verb'),
    subject: word('subject'),
    ...times,
    text: word('text'),
    before: before === null ? null : Number(before),
  };
};
