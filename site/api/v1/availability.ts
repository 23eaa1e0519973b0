/**
 * `/api/v1/components/{slug}/availability`: the figure of one month with everything behind it, from the same view as the page that
 * explains it. Sums are integer ms; percentages are strings, cut off after the fourth decimal.
 */
import { z } from '@hono/zod-openapi';
import type { Instant } from '#domain/time/instant.ts';
import type { Interval } from '#domain/time/interval.ts';
import { isoOf } from '#domain/time/iso.ts';
import { isMonth, monthAt } from '#domain/time/month.ts';
import { explainedMonthPage } from '#monitor/views/explained-month-page.ts';
import { type ExplainedMonthView, expireExplainedMonth, type Told } from '#monitor/views/explained-month-view.ts';
import type { MonthFigure } from '#monitor/views/month-figure.ts';
import { type Asked, document, freshness, freshnessOf, ms, type Params, type Surroundings, text, time } from '../document.ts';
import { REASONS } from './maintenance.ts';

const percent = text
  .nullable()
  .openapi({ description: 'Percent, cut off after the fourth decimal; null: nothing to divide by.', example: '99.8308' });
const line = { id: text, start: time, end: time, ms };
const lines = <T extends z.ZodRawShape>(shape: T) =>
  z.strictObject({
    ms: ms.openapi({ description: 'Of all lines, the omitted too.' }),
    omitted: z.number().int(),
    lines: z.array(z.strictObject({ ...line, ...shape })),
  });
const availability = z
  .strictObject({
    component: z.strictObject({ slug: text, name: text }),
    month: text.openapi({ example: '2026-10' }),
    zone: text.openapi({ description: 'The month begins and ends at local midnight of this zone.' }),
    whole: z.strictObject({ start: time, end: time }),
    period: z.strictObject({ start: time, end: time }).openapi({ description: 'What of the month is counted.' }),
    running: z.boolean(),
    current: z.boolean().openapi({ description: 'False: the facts are too old to speak of the present.' }),
    availability: percent,
    lower: percent,
    upper: percent,
    target_ppm: z.number().int().openapi({ description: 'What is promised, in millionths.', example: 995_000 }),
    verdict: z.enum(['met', 'missed', 'indeterminate', 'not_applicable', 'below']).openapi({
      description: 'below: the running month lies under the target, and what is left of it can still make it good.',
    }),
    unknown_policy: z.enum(['exclude', 'up', 'down']),
    sums: z
      .strictObject({
        period_ms: ms,
        excluded_ms: ms,
        eligible_ms: ms,
        unknown_ms: ms,
        downtime_ms: ms,
        up_ms: ms,
        known_ms: ms.openapi({ description: 'The whole that the figure is a share of.' }),
      })
      .openapi({ description: 'period = excluded + eligible; eligible = up + downtime + unknown.' }),
    budget: z.strictObject({ whole_ms: ms, used_ms: ms, left_ms: ms.openapi({ description: 'Negative: more was used.' }) }),
    downtime: lines({
      by_hand: z.boolean().openapi({ description: 'A person said so, not the checks.' }),
      incident: z.strictObject({ id: text, title: text }).nullable(),
    }),
    exclusions: lines({
      announcements: z.array(z.strictObject({ id: text, title: text, rev: z.number().int(), announced_at: time })),
    }).openapi({ description: 'What was left out, and who was told when.' }),
    not_excluded: lines({
      title: text,
      reason: z.enum([...REASONS, 'down_elsewhere', 'not_critical']),
      announced_at: time.nullable(),
    }).openapi({ description: 'What was announced and counts all the same, and why.' }),
    unknown: lines({
      causes: z.array(z.enum(['worker_silent', 'location_silent', 'probe_error', 'paused', 'unconfirmed', 'override'])),
    }).openapi({ description: 'What nobody knows, and why.' }),
    blips: lines({
      location: text,
      counted: z.boolean().openapi({ description: 'False: it began in the month before and is counted there.' }),
    }).openapi({ description: 'Failures too short to be an outage; they are not downtime.' }),
  })
  .openapi('Availability');
const availabilityDocument = z
  .strictObject({
    ...freshness,
    availability: z.union([availability, z.null()]).openapi({ description: 'Null only while nothing was ever known.' }),
  })
  .openapi('ComponentAvailability');

const MONTH = 'month is written YYYY-MM, for instance 2026-10. Leave it out for the running month.';
const availabilityQuery = z.strictObject({
  month: z.string().refine(isMonth, MONTH).optional().openapi({
    description: 'YYYY-MM, of the zone of the page; the running month when it is left out.',
    pattern: '^\\d{4}-(0[1-9]|1[0-2])$',
    example: '2026-10',
  }),
});

interface AvailabilityView {
  readonly asOf: Instant;
  readonly month: ExplainedMonthView | null;
}

const span = ({ start, end }: Interval): { start: string; end: string } => ({ start: isoOf(start), end: isoOf(end) });

type Line = Interval & { readonly id: string; readonly ms: number };
const told = <T extends Line, R extends object>({ ms: sum, omitted, lines: some }: Told<T>, tell: (one: T) => R) => ({
  ms: sum,
  omitted,
  lines: some.map((one) => ({ id: one.id, ...span(one), ms: one.ms, ...tell(one) })),
});

const figureOf = (figure: MonthFigure) => ({
  month: figure.month,
  whole: span(figure.whole),
  period: span(figure.period),
  running: figure.running,
  availability: figure.availability,
  lower: figure.lower,
  upper: figure.upper,
  target_ppm: figure.targetPpm,
  verdict: figure.standing,
  unknown_policy: figure.unknownPolicy,
  sums: {
    period_ms: figure.sums.periodMs,
    excluded_ms: figure.sums.excludedMs,
    eligible_ms: figure.sums.eligibleMs,
    unknown_ms: figure.sums.unknownMs,
    downtime_ms: figure.sums.downtimeMs,
    up_ms: figure.sums.upMs,
    known_ms: figure.knownMs,
  },
  budget: { whole_ms: figure.budget.wholeMs, used_ms: figure.budget.usedMs, left_ms: figure.budget.leftMs },
});

const availabilityOf = (view: ExplainedMonthView): z.infer<typeof availability> => ({
  component: { slug: view.component?.slug ?? '', name: view.component?.name ?? '' },
  zone: view.zone,
  current: view.current,
  ...figureOf(view.figure),
  downtime: told(view.downtime, ({ byHand, incident }) => ({ by_hand: byHand, incident })),
  exclusions: told(view.exclusions, ({ announcements }) => ({
    announcements: announcements.map(({ id, title, rev, announcedAt }) => ({ id, title, rev, announced_at: isoOf(announcedAt) })),
  })),
  not_excluded: told(view.refused, ({ title, reason, announcedAt }) => ({
    title,
    reason,
    announced_at: announcedAt === null ? null : isoOf(announcedAt),
  })),
  unknown: told(view.unknown, ({ causes }) => ({ causes: causes.map(({ cause }) => cause) })),
  blips: told(view.blips, ({ location, counted }) => ({ location, counted })),
});

const read = async (asked: Asked, { slug = '', month: named }: Params): Promise<AvailabilityView | null> => {
  const month = await explainedMonthPage(asked, named ?? monthAt(asked.config.policy.zone, asked.clock.now()), slug);
  return month && { asOf: month.asOf, month };
};

export const availabilityV1 = document<AvailabilityView>({
  path: '/api/v1/components/{slug}/availability',
  id: 'getAvailability',
  summary: 'The figure of one month, explained',
  description:
    'Sums, availability with its bounds, verdict and error budget of one component, and every stretch behind them: downtime, what was excluded, what was announced and counts all the same, what is unknown, what was too short to count.',
  params: z.strictObject({ slug: text.openapi({ description: 'Of the component.', example: 'website' }) }),
  query: availabilityQuery,
  schema: availabilityDocument,
  view: read,
  expire: (view) => ({ ...view, month: view.month && expireExplainedMonth(view.month) }),
  nothing: (asOf) => ({ asOf, month: null }),
  write: (view: AvailabilityView, around: Surroundings): z.infer<typeof availabilityDocument> => ({
    ...freshnessOf(view.asOf, around),
    availability: view.month && availabilityOf(view.month),
  }),
});
