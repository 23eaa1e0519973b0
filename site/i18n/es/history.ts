/** Spanish sentences of the history: months, what began in them, their figures. */
import { numberText } from '../../format.ts';
import type { historyWords as english } from '../en/history.ts';
import { atHead, INCIDENT, plural, WINDOW } from './grammar.ts';

export const historyWords: typeof english = {
  title: (page) => `Historial · ${page}`,
  monthTitle: (month, page) => `${atHead(month)} · Historial · ${page}`,
  /** "Noviembre de 2026: 3 incidentes, 2 ventanas de mantenimiento." */
  monthHeadline: (month, incidents, windows) =>
    incidents === 0 && windows === 0
      ? `${atHead(month)}: sin incidentes ni mantenimiento.`
      : `${atHead(month)}: ${incidents === 0 ? 'sin incidentes' : plural(incidents, INCIDENT)}, ${windows === 0 ? 'sin mantenimiento' : plural(windows, WINDOW)}.`,

  months: 'Meses',
  monthsCaption: 'Mes a mes: su contenido y la cifra del servicio, con lo que hay detrás de ella',
  month: 'Mes',
  figure: 'Cifra',
  incidentsColumn: 'Incidentes',
  maintenanceColumn: 'Mantenimiento',
  count: (count) => (count === 0 ? '–' : numberText('es', count)),
  older: 'Meses anteriores',

  incidents: 'Incidentes',
  incidentsCaption: (zone) => `Incidentes por momento de inicio; horas en ${zone}`,
  noIncidents: 'En este mes no empezó ningún incidente.',
  more: (count) => `${plural(count, { one: 'incidente más', many: 'incidentes más' })} sin mostrar.`,
  when: 'Cuándo',
  length: 'Duración',
  what: 'Qué',
  lasts: 'abierto',
  maintenance: 'Mantenimiento',
  noMaintenance: 'En este mes no se anunció ningún mantenimiento.',

  availability: 'Disponibilidad',
  figuresCaption: 'Cada componente por separado; cada cifra lleva a lo que hay detrás de ella',
  component: 'Componente',
  noFigure: 'No se supervisaba nada que cuente.',
  explain: (month) => `Qué hay detrás de la cifra de ${month}`,
  allMonths: 'Todos los meses',
};
