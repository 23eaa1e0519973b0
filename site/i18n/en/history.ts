/** English sentences of the history: months, what began in them, their figures. */
import { numberText } from '../../format.ts';
import { plural } from './grammar.ts';

export const historyWords = {
  title: (page: string) => `History · ${page}`,
  monthTitle: (month: string, page: string) => `${month} · History · ${page}`,
  /** "November 2026: 3 incidents, 2 maintenance windows." */
  monthHeadline: (month: string, incidents: number, windows: number) =>
    incidents === 0 && windows === 0
      ? `${month}: no incident and no maintenance.`
      : `${month}: ${incidents === 0 ? 'no incident' : plural(incidents, 'incident')}, ${windows === 0 ? 'no maintenance' : plural(windows, 'maintenance window')}.`,

  months: 'Months',
  monthsCaption: 'Month by month: what is in it, and the figure of the service with what is behind it',
  month: 'Month',
  figure: 'Figure',
  incidentsColumn: 'Incidents',
  maintenanceColumn: 'Maintenance',
  count: (count: number) => (count === 0 ? '–' : numberText('en', count)),
  older: 'Older months',

  incidents: 'Incidents',
  incidentsCaption: (zone: string) => `Incidents by the time at which they began; times in ${zone}`,
  noIncidents: 'No incident began in this month.',
  more: (count: number) => `${plural(count, 'more incident')} not shown.`,
  when: 'When',
  length: 'Length',
  what: 'What',
  lasts: 'open',
  maintenance: 'Maintenance',
  noMaintenance: 'No maintenance was announced in this month.',

  availability: 'Availability',
  figuresCaption: 'Each component by itself; every figure leads to what is behind it',
  component: 'Component',
  noFigure: 'Nothing that counts was watched.',
  explain: (month: string) => `What is behind the figure of ${month}`,
  allMonths: 'All months',
};
