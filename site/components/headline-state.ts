/** The state whose shape and colour stand beside the sentence of a headline. */
import type { ComponentState, Headline } from '#domain/sla/overall.ts';

export const HEADLINE_STATES: Readonly<Record<Headline, ComponentState>> = {
  operational: 'operational',
  maintenance: 'maintenance',
  degraded: 'degraded',
  down: 'major_outage',
  all_down: 'major_outage',
  unknown: 'unknown',
  partly_unknown: 'unknown',
};
