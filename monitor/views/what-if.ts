/**
 * What if: changes as a file says them, or the form under a report (site/server/what-if-query.ts), laid over a month, and the imagined month beside the real one. Never stored.
 * Refusals are sentences of the answer, so that whoever asked sees them beside what was asked. Instants come as ISO 8601.
 */
import { z } from 'zod';
import { isRefusal, type Refusal, refuse } from '#domain/refusal.ts';
import { applyWhatIf, type WhatIf } from '#domain/report/what-if.ts';
import { compareStatements } from '#domain/report/what-if-comparison.ts';
import { whatIfWords } from '#domain/report/what-if-words.ts';
import { monthStatement, type StatementFacts } from '#domain/sla/month-statement.ts';
import { instantOfIso } from '#domain/time/iso.ts';
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
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const place = issue?.path.join('.') ?? '';
  return refuse(
    'bad_what_if',
    `The changes are not as they must be${place === '' ? '' : ` at ${place}`}: ${issue?.message ?? 'unknown'}.`,
    { place },
  );
};

/** The month with the changes, beside the real one; a refusal is told, not thrown. */
export const imagine = (facts: StatementFacts, asked: readonly WhatIf[] | Refusal): WhatIfView => {
  if (isRefusal(asked)) return { changes: [], refusal: asked.message, rows: [] };
  const told = asked.map((one) => whatIfWords(one, facts.contract.reportZone));
  const imagined = applyWhatIf(facts, asked);
  if (isRefusal(imagined)) return { changes: told, refusal: imagined.message, rows: [] };
  const rows = compareStatements(monthStatement(facts), monthStatement(imagined));
  return {
    changes: told,
    refusal: null,
    rows: rows.map(({ name, real, imagined: other, words }) => ({ what: name, real, imagined: other, difference: words ?? 'the same' })),
  };
};
