/**
 * What if: changes as a file or a form says them, laid over a month, and the imagined month beside the real one. Never stored.
 * Refusals are sentences of the answer, so that whoever asked sees them beside what was asked. Instants come as ISO 8601 from
 * files and as wall times of the contract's zone from the form.
 */
import { z } from 'zod';
import { isRefusal, type Refusal, refuse } from '#domain/refusal.ts';
import { ppmWords } from '#domain/report/value-words.ts';
import { applyWhatIf, type WhatIf } from '#domain/report/what-if.ts';
import { compareStatements } from '#domain/report/what-if-comparison.ts';
import { monthStatement, type StatementFacts } from '#domain/sla/month-statement.ts';
import { dateOf } from '#domain/time/civil.ts';
import type { Instant } from '#domain/time/instant.ts';
import { dayOfText, instantOfIso, isoOf } from '#domain/time/iso.ts';
import { wallToInstant } from '#domain/time/zone.ts';
import type { WhatIfView } from './report-views.ts';

/** More is a slip, or an attack. */
const MOST_CHANGES = 100;

const instantText = z.string().transform((given, issue) => {
  const at = instantOfIso(given);
  if (at !== null) return at;
  issue.addIssue({ code: 'custom', message: `"${given}" is no instant; write it as 2026-10-10T10:00-04:00` });
  return z.NEVER;
});
const window = { start: instantText, end: instantText };
const id = z.string().max(200);
const change = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('move_announcement'), id, ...window }),
  z
    .strictObject({
      kind: z.literal('add_announcement'),
      announced_at: instantText,
      ...window,
      components: z.union([z.literal('*'), z.array(id)]).default('*'),
    })
    .transform(({ announced_at: announcedAt, ...rest }) => ({ ...rest, announcedAt })),
  z.strictObject({ kind: z.literal('drop_announcement'), id }),
  z.strictObject({ kind: z.literal('add_outage'), component: id, ...window }),
  z.strictObject({ kind: z.literal('drop_outage'), component: id, ...window }),
  z
    .strictObject({ kind: z.literal('target_ppm'), target_ppm: z.int() })
    .transform(({ kind, target_ppm: targetPpm }) => ({ kind, targetPpm })),
  z
    .strictObject({ kind: z.literal('tiers'), tiers: z.array(z.strictObject({ below_ppm: z.int(), credit_bp: z.int() })) })
    .transform(({ kind, tiers }) => ({ kind, tiers: tiers.map((tier) => ({ belowPpm: tier.below_ppm, creditBp: tier.credit_bp })) })),
  z.strictObject({ kind: z.literal('cap_bp'), cap_bp: z.int() }).transform(({ kind, cap_bp: capBp }) => ({ kind, capBp })),
  z
    .strictObject({ kind: z.literal('unknown_policy'), unknown_policy: z.enum(['exclude', 'down', 'up']) })
    .transform(({ kind, unknown_policy: unknownPolicy }) => ({ kind, unknownPolicy })),
  z
    .strictObject({ kind: z.literal('count_degraded'), count_degraded: z.boolean() })
    .transform(({ kind, count_degraded: countDegraded }) => ({ kind, countDegraded })),
]);
const changes = z.array(change).min(1).max(MOST_CHANGES);

/** A list of changes as parsed JSON, or what is wrong with it, with its place. */
export const readWhatIf = (value: unknown): readonly WhatIf[] | Refusal => {
  const read = changes.safeParse(value);
  if (read.success) return read.data as readonly WhatIf[];
  const [issue] = read.error.issues;
  const place = issue?.path.join('.') ?? '';
  return refuse(
    'bad_what_if',
    `The changes are not as they must be${place === '' ? '' : ` at ${place}`}: ${issue?.message ?? 'unknown'}.`,
    { place },
  );
};

/** One entry of the form, as it was typed. */
export interface WhatIfAsk {
  readonly key: string;
  readonly value: string;
}

const wallTime = (zone: string, text: string, what: string): Instant | Refusal => {
  const parts = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::\d{2})?$/.exec(text);
  const day = dayOfText(parts?.[1] ?? '');
  const [hour, minute] = [Number(parts?.[2]), Number(parts?.[3])];
  if (day === null || !parts || hour > 23 || minute > 59)
    return refuse('bad_time', `${what}: "${text}" is no time; write it as 2026-10-10T10:00.`);
  const date = dateOf(day);
  return wallToInstant(zone, date.year, date.month, date.day, hour, minute);
};
const wallWindow = (zone: string, from: string, to: string, what: string): { start: Instant; end: Instant } | Refusal => {
  const start = wallTime(zone, from, what);
  if (isRefusal(start)) return start;
  const end = wallTime(zone, to, what);
  return isRefusal(end) ? end : { start, end };
};
const percent = (text: string): number | Refusal => {
  const parts = /^(\d{1,3})(?:[.,](\d{1,4}))?$/.exec(text);
  const ppm = parts ? Number(parts[1]) * 10_000 + Number((parts[2] ?? '').padEnd(4, '0')) : Number.NaN;
  return ppm >= 0 && ppm <= 1_000_000
    ? ppm
    : refuse('bad_target', `The target "${text}" is no percentage; write it as 99.9, with four decimals at most.`);
};

/** What the form under a report asks, in its contract's zone. Its fields are told apart by their key; empty ones were left out. */
export const readWhatIfForm = (asks: readonly WhatIfAsk[], zone: string): readonly WhatIf[] | Refusal => {
  const all = (key: string): string[] => asks.filter((ask) => ask.key === key).map(({ value }) => value);
  const one = (key: string): string | null => all(key)[0] ?? null;
  if (asks.length > MOST_CHANGES) return refuse('bad_what_if', `At most ${MOST_CHANGES} changes can be imagined at once.`);
  const found: WhatIf[] = all('drop').map((announcement) => ({ kind: 'drop_announcement', id: announcement }));
  const [move, down, target, unknown] = [one('move'), one('down'), one('target'), one('unknown')];
  if (move !== null) {
    const moved = wallWindow(zone, one('move-from') ?? '', one('move-to') ?? '', 'The moved window');
    if (isRefusal(moved)) return moved;
    found.push({ kind: 'move_announcement', id: move, ...moved });
  }
  if (down !== null) {
    const outage = wallWindow(zone, one('down-from') ?? '', one('down-to') ?? '', 'The outage');
    if (isRefusal(outage)) return outage;
    found.push({ kind: 'add_outage', component: down, ...outage });
  }
  if (target !== null) {
    const targetPpm = percent(target);
    if (isRefusal(targetPpm)) return targetPpm;
    found.push({ kind: 'target_ppm', targetPpm });
  }
  if (unknown === 'exclude' || unknown === 'down' || unknown === 'up') found.push({ kind: 'unknown_policy', unknownPolicy: unknown });
  return found;
};

const between = ({ start, end }: { readonly start: Instant; readonly end: Instant }): string => `from ${isoOf(start)} to ${isoOf(end)}`;
const UNKNOWN = { exclude: 'is left out, and the bounds decide', down: 'counts as downtime', up: 'counts as up' } as const;
/** One change as a sentence. */
const wordsOf = (one: WhatIf): string => {
  switch (one.kind) {
    case 'move_announcement':
      return `Announcement ${one.id} was ${between(one)}.`;
    case 'add_announcement':
      return `A window was announced at ${isoOf(one.announcedAt)} ${between(one)}.`;
    case 'drop_announcement':
      return `Announcement ${one.id} was never made.`;
    case 'add_outage':
      return `${one.component} was down ${between(one)}.`;
    case 'drop_outage':
      return `${one.component} was up ${between(one)}.`;
    case 'target_ppm':
      return `The promise was ${ppmWords(one.targetPpm)}.`;
    case 'tiers':
      return `The credits were ${one.tiers.map(({ belowPpm, creditBp }) => `${creditBp / 100} % below ${ppmWords(belowPpm)}`).join(', ') || 'none'}.`;
    case 'cap_bp':
      return `The cap was ${one.capBp / 100} % of what was billed.`;
    case 'unknown_policy':
      return `Unknown time ${UNKNOWN[one.unknownPolicy]}.`;
    case 'count_degraded':
      return one.countDegraded ? 'Slow answers counted as downtime.' : 'Slow answers did not count as downtime.';
  }
};

/** The month with the changes, beside the real one; a refusal is told, not thrown. */
export const imagine = (facts: StatementFacts, asked: readonly WhatIf[] | Refusal): WhatIfView => {
  if (isRefusal(asked)) return { changes: [], refusal: asked.message, rows: [] };
  const told = (asked as readonly WhatIf[]).map(wordsOf);
  const imagined = applyWhatIf(facts, asked as readonly WhatIf[]);
  if (isRefusal(imagined)) return { changes: told, refusal: imagined.message, rows: [] };
  const rows = compareStatements(monthStatement(facts), monthStatement(imagined));
  return {
    changes: told,
    refusal: null,
    rows: rows.map(({ name, real, imagined: other, words }) => ({ what: name, real, imagined: other, difference: words ?? 'the same' })),
  };
};
