/** Spanish words of badges: few and short. */
import { figureText } from '../../format.ts';
import type { badgeWords as english } from '../en/badges.ts';

export const badgeWords: typeof english = {
  states: {
    operational: 'operativo',
    maintenance: 'mantenimiento',
    degraded: 'degradado',
    partial_outage: 'interrupción parcial',
    major_outage: 'fuera de servicio',
    down: 'en parte fuera de servicio',
    all_down: 'fuera de servicio',
    partly_unknown: 'en parte desconocido',
    unknown: 'desconocido',
  },
  investigating: 'en investigación',
  month: (name, month) => `${name}, ${month}`,
  span: {
    '30d': (name) => `${name}, 30 días`,
    '90d': (name) => `${name}, 90 días`,
  },
  percent: (figure) => `${figureText('es', figure)} %`,
  noData: 'sin datos',
  nobody: 'estado',
};
