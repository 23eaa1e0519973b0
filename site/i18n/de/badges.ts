/** German words of badges: few and short. */
import { figureText } from '../../format.ts';
import type { badgeWords as enBadges } from '../en/badges.ts';

export const badgeWords: typeof enBadges = {
  states: {
    operational: 'in Betrieb',
    maintenance: 'Wartung',
    degraded: 'beeinträchtigt',
    partial_outage: 'Teilausfall',
    major_outage: 'Ausfall',
    down: 'teilweise ausgefallen',
    all_down: 'Ausfall',
    partly_unknown: 'teilweise unbekannt',
    unknown: 'unbekannt',
  },
  investigating: 'wird untersucht',
  month: (name, month) => `${name}, ${month}`,
  span: {
    '30d': (name) => `${name}, 30 Tage`,
    '90d': (name) => `${name}, 90 Tage`,
  },
  percent: (figure) => `${figureText('de', figure)} %`,
  noData: 'keine Daten',
  nobody: 'Status',
};
