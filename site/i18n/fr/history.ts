/** French sentences of the history: months, what began in them, their figures. */
import { numberText } from '../../format.ts';
import type { historyWords as english } from '../en/history.ts';
import { capital, ofMonth, plural } from './grammar.ts';

const incidentsOf = (count: number): string => (count === 0 ? 'aucun incident' : plural(count, 'incident'));
const windowsOf = (count: number): string =>
  count === 0 ? 'aucune maintenance' : plural(count, 'fenêtre de maintenance', 'fenêtres de maintenance');

export const historyWords: typeof english = {
  title: (page) => `Historique · ${page}`,
  monthTitle: (month, page) => `${capital(month)} · Historique · ${page}`,
  monthHeadline: (month, incidents, windows) =>
    incidents === 0 && windows === 0
      ? `${capital(month)}\u00a0: ni incident ni maintenance.`
      : `${capital(month)}\u00a0: ${incidentsOf(incidents)}, ${windowsOf(windows)}.`,

  months: 'Mois',
  monthsCaption: 'Mois par mois\u00a0: ce qui s’est passé, et le chiffre du service avec ce qui le fonde',
  month: 'Mois',
  figure: 'Chiffre',
  incidentsColumn: 'Incidents',
  maintenanceColumn: 'Maintenance',
  count: (count) => (count === 0 ? '–' : numberText('fr', count)),
  older: 'Mois plus anciens',

  incidents: 'Incidents',
  incidentsCaption: (zone) => `Incidents par heure de début\u202f; horaires en ${zone}`,
  noIncidents: 'Aucun incident n’a commencé ce mois-ci.',
  more: (count) => `${plural(count, 'autre incident non affiché', 'autres incidents non affichés')}.`,
  when: 'Quand',
  length: 'Durée',
  what: 'Quoi',
  lasts: 'en cours',
  maintenance: 'Maintenance',
  noMaintenance: 'Aucune maintenance n’a été annoncée pour ce mois.',

  availability: 'Disponibilité',
  figuresCaption: 'Chaque composant pris à part\u202f; chaque chiffre mène à ce qui le fonde',
  component: 'Composant',
  noFigure: 'Rien de ce qui compte n’était surveillé.',
  explain: (month) => `Ce qui fonde le chiffre ${ofMonth(month)}`,
  allMonths: 'Tous les mois',
};
