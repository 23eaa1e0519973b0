/**
 * The form under a report, read: what a person typed becomes changes to imagine, or one sentence that says what is missing. Times are
 * wall times of the contract's zone. Whether what is named exists is for the calculator to say. Source: semantics B1, C2.
 */
import type { WhatIf } from '#domain/report/what-if.ts';
import type { UnknownPolicy } from '#domain/sla/terms.ts';
import { DAY, type Instant, instant } from '#domain/time/instant.ts';
import { type Interval, isEmpty } from '#domain/time/interval.ts';
import { readWallTime } from './wall-time.ts';

/** Keys of the form. `drop` may stand several times. */
const WHAT_IF_KEYS = [
  'drop',
  'move',
  'move-from',
  'move-to',
  'announce-from',
  'announce-to',
  'down',
  'down-from',
  'down-to',
  'target',
  'unknown',
] as const;
type Key = (typeof WHAT_IF_KEYS)[number];

export type ReadWhatIf = { readonly changes: readonly WhatIf[] } | { readonly fault: string };

class Unreadable extends Error {}

/** A window that is thought to be announced is announced before any deadline that a policy could set. */
const IN_GOOD_TIME = 366 * DAY;

const wallTime = (text: string, zone: string): Instant => {
  const at = readWallTime(text, zone);
  if (at === null) throw new Unreadable(`"${text}" is no time; write it like 2026-10-10T14:00.`);
  return at;
};

const POLICIES: ReadonlySet<string> = new Set<UnknownPolicy>(['exclude', 'down', 'up']);

/** "99.5" is 995 000 ppm. */
const ppmOf = (text: string): number => {
  const [, whole, fraction = ''] = /^(\d{1,3})(?:[.,](\d{1,4}))?(?:\s*%)?$/.exec(text) ?? [];
  if (whole === undefined) throw new Unreadable(`"${text}" is no promise; write a percentage with at most four decimals, like 99.9.`);
  return Number(whole) * 10_000 + Number(fraction.padEnd(4, '0'));
};

/** `query` of a report's address. Empty fields are as if they were not there. */
export const readWhatIf = (query: URLSearchParams, zone: string): ReadWhatIf => {
  const all = (key: Key): string[] =>
    query
      .getAll(key)
      .map((value) => value.trim())
      .filter((value) => value !== '');
  const one = (key: Key): string | null => all(key)[0] ?? null;
  /** Both times of a row; null: neither was given. */
  const stretch = (name: 'move' | 'announce' | 'down', what: string): Interval | null => {
    const [from, to] = [one(`${name}-from`), one(`${name}-to`)];
    if (from === null && to === null) return null;
    if (from === null || to === null) throw new Unreadable(`Give both times of ${what}.`);
    const read = { start: wallTime(from, zone), end: wallTime(to, zone) };
    if (isEmpty(read)) throw new Unreadable(`The times of ${what} end before they begin.`);
    return read;
  };
  const named = (name: 'move' | 'down', what: string, choose: string): (Interval & { readonly id: string }) | null => {
    const [id, times] = [one(name), stretch(name, what)];
    if (id === null && times === null) return null;
    if (id === null) throw new Unreadable(choose);
    if (times === null) throw new Unreadable(`Give both times of ${what}.`);
    return { ...times, id };
  };
  const read = (): WhatIf[] => {
    const moved = named('move', 'the moved announcement', 'Choose which announcement is moved.');
    const added = stretch('announce', 'the added announcement');
    const down = named('down', 'the added downtime', 'Choose which component is down.');
    const [target, unknown] = [one('target'), one('unknown')];
    if (unknown !== null && !POLICIES.has(unknown))
      throw new Unreadable('What was not measured is left out, counts as down or counts as up.');
    return [
      ...all('drop').map((id): WhatIf => ({ kind: 'drop_announcement', id })),
      ...(moved ? [{ kind: 'move_announcement' as const, ...moved }] : []),
      ...(added
        ? [{ kind: 'add_announcement' as const, ...added, announcedAt: instant(added.start - IN_GOOD_TIME), components: '*' as const }]
        : []),
      ...(down ? [{ kind: 'add_outage' as const, component: down.id, start: down.start, end: down.end }] : []),
      ...(target === null ? [] : [{ kind: 'target_ppm' as const, targetPpm: ppmOf(target) }]),
      ...(unknown === null ? [] : [{ kind: 'unknown_policy' as const, unknownPolicy: unknown as UnknownPolicy }]),
    ];
  };
  try {
    return { changes: read() };
  } catch (fault) {
    if (fault instanceof Unreadable) return { fault: fault.message };
    throw fault;
  }
};

/** Whether anything at all was asked. */
export const asksWhatIf = (query: URLSearchParams): boolean =>
  WHAT_IF_KEYS.some((key) => query.getAll(key).some((value) => value.trim() !== ''));
