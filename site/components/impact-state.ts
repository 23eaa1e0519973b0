/** An impact as the state whose shape it has; null: it has none. */
import type { Impact } from '#domain/incident/incident-fact.ts';
import type { ComponentState } from '#domain/sla/overall.ts';

export const IMPACT_STATES: Readonly<Record<Impact, ComponentState | null>> = {
  none: null,
  degraded: 'degraded',
  partial_outage: 'partial_outage',
  major_outage: 'major_outage',
};
