/** German sentences of the history: months, what began in them, their figures. */
import { numberText } from '../../format.ts';
import type { historyWords as enHistory } from '../en/history.ts';
import { plural } from './grammar.ts';

export const historyWords: typeof enHistory = {
  title: (page) => `Verlauf · ${page}`,
  monthTitle: (month, page) => `${month} · Verlauf · ${page}`,
  monthHeadline: (month, incidents, windows) =>
    incidents === 0 && windows === 0
      ? `${month}: kein Vorfall und keine Wartung.`
      : `${month}: ${incidents === 0 ? 'kein Vorfall' : plural(incidents, 'Vorfall', 'Vorfälle')}, ${windows === 0 ? 'keine Wartung' : plural(windows, 'Wartungsfenster', 'Wartungsfenster')}.`,

  months: 'Monate',
  monthsCaption: 'Monat für Monat: was darin liegt, und die Kennzahl des Dienstes mit ihrer Herleitung',
  month: 'Monat',
  figure: 'Verfügbar',
  incidentsColumn: 'Vorfälle',
  maintenanceColumn: 'Wartung',
  count: (count) => (count === 0 ? '–' : numberText('de', count)),
  older: 'Ältere Monate',

  incidents: 'Vorfälle',
  incidentsCaption: (zone) => `Vorfälle nach ihrem Beginn; Zeitzone: ${zone}`,
  noIncidents: 'In diesem Monat begann kein Vorfall.',
  more: (count) => `Nicht gezeigt: ${plural(count, 'weiterer Vorfall', 'weitere Vorfälle')}.`,
  when: 'Wann',
  length: 'Dauer',
  what: 'Was',
  lasts: 'offen',
  maintenance: 'Wartung',
  noMaintenance: 'In diesem Monat wurde keine Wartung angekündigt.',

  availability: 'Verfügbarkeit',
  figuresCaption: 'Jede Komponente für sich; jede Zahl führt zu ihrer Herleitung',
  component: 'Komponente',
  noFigure: 'Nichts, was zählt, wurde überwacht.',
  explain: (month) => `Wie die Zahl zustande kommt: ${month}`,
  allMonths: 'Alle Monate',
};
