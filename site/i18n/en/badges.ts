/** English words of badges: few and short. */
import type { StatusBadge } from '#monitor/views/badge.ts';

export const badgeWords = {
  states: {
    operational: 'operational',
    maintenance: 'maintenance',
    degraded: 'degraded',
    partial_outage: 'partial outage',
    major_outage: 'down',
    down: 'partly down',
    all_down: 'down',
    partly_unknown: 'partly unknown',
    unknown: 'unknown',
  } satisfies Record<StatusBadge['state'], string>,
  investigating: 'investigating',
  month: (name: string, month: string) => `${name}, ${month}`,
  span: {
    '30d': (name: string) => `${name}, 30 days`,
    '90d': (name: string) => `${name}, 90 days`,
  },
  percent: (figure: string) => `${figure} %`,
  noData: 'no data',
  nobody: 'status',
};
