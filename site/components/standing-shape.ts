/** The shape of how a month stands to its promise; null: there is nothing to judge. */
import type { ComponentState } from '#domain/sla/overall.ts';
import type { Standing } from '#monitor/views/month-figure.ts';

export const STANDING_SHAPES: Readonly<Record<Standing, ComponentState | null>> = {
  met: 'operational',
  below: 'degraded',
  missed: 'major_outage',
  indeterminate: 'unknown',
  not_applicable: null,
};
