/** French words of badges: few and short. */
import { figureText } from '../../format.ts';
import type { badgeWords as english } from '../en/badges.ts';

export const badgeWords: typeof english = {
  states: {
    operational: 'opérationnel',
    maintenance: 'en maintenance',
    degraded: 'dégradé',
    partial_outage: 'panne partielle',
    major_outage: 'indisponible',
    down: 'indisponible en partie',
    all_down: 'indisponible',
    partly_unknown: 'inconnu en partie',
    unknown: 'inconnu',
  },
  investigating: 'analyse en cours',
  month: (name, month) => `${name}, ${month}`,
  span: {
    '30d': (name) => `${name}, 30 jours`,
    '90d': (name) => `${name}, 90 jours`,
  },
  percent: (figure) => `${figureText('fr', figure)} %`,
  noData: 'aucune donnée',
  nobody: 'état',
};
