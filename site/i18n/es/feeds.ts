/** Spanish words of what leaves the pages: feeds and calendars. */
import { lengthText } from '#domain/time/length-text.ts';
import type { FeedTopic, MaintenanceEntry } from '#monitor/views/feed-entries.ts';
import { glued } from '../../format.ts';
import type { feedWords as english } from '../en/feeds.ts';
import { all, when } from './grammar.ts';

type NotCounted = MaintenanceEntry['notCounted'][number]['reason'];

const whatOf = (topic: FeedTopic | null): string =>
  topic === null
    ? 'incidentes, mantenimiento y versiones'
    : { incident: 'incidentes', maintenance: 'mantenimiento', release: 'versiones' }[topic];

const notCounted: Readonly<Record<NotCounted, string>> = {
  late: 'se anunció después del plazo',
  outside_reserve: 'queda fuera de la ventana reservada',
  late_edit: 'se modificó después del plazo, y un cambio así solo puede restar tiempo',
  cancelled: 'se canceló',
  completed: 'el trabajo terminó antes',
  unapproved_import: 'se importó, y ninguna segunda persona lo ha aprobado',
};

export const feedWords: typeof english = {
  title: (page, topic, component) => (component === null ? `${page}: ${whatOf(topic)}` : `${page}: ${whatOf(topic)} de ${component}`),
  about: (page, topic, component) =>
    component === null
      ? `Todas las novedades sobre ${whatOf(topic)} de ${page}, de la más reciente a la más antigua.`
      : `Todas las novedades sobre ${whatOf(topic)} de ${page} que afectan a ${component}, de la más reciente a la más antigua.`,

  incidentTitle: (status, title) => `${status}: ${title}`,
  maintenanceTitle: (step, title) =>
    `${{ announced: 'Mantenimiento anunciado', revised: 'Mantenimiento modificado', cancelled: 'Mantenimiento cancelado', completed: 'Mantenimiento completado' }[step]}: ${title}`,
  releaseTitle: (step, version, title) =>
    `${{ published: `Notas de la versión ${version}`, revised: `Notas de la versión ${version} modificadas`, deployed: `La versión ${version} está en producción`, rolled_back: `La versión ${version} se ha revertido` }[step]}${title === null ? '' : `: ${title}`}`,

  concerns: (names) => (names === null ? 'Afecta a todos los componentes.' : `Afecta a: ${all(names)}.`),
  window: (window) => `Ventana: ${window}.`,
  counted(excludedMs, announcedMs) {
    if (announcedMs > 0 && excludedMs === announcedMs)
      return glued(`Excluido de la disponibilidad: ${lengthText(excludedMs)}, en su totalidad.`);
    if (excludedMs === 0)
      return glued(`No excluido de la disponibilidad: ${lengthText(announcedMs)}, que cuentan como cualquier otro tiempo.`);
    return glued(`Excluido de la disponibilidad: ${lengthText(excludedMs)} de ${lengthText(announcedMs)}.`);
  },
  notCounted: (ms, reason) => glued(`No excluido: ${lengthText(ms)}, porque ${notCounted[reason]}.`),
  changes: (changes) => `Qué cambia: ${changes.join('; ')}.`,
  change: (version, title) => (title === null ? version : `${version}, ${title}`),

  maintenanceCalendar: (page) => `${page}: mantenimiento`,
  maintenanceCalendarAbout: (page) => `Mantenimiento anunciado de ${page}.`,
  reservedCalendar: (page) => `${page}: reservado para mantenimiento`,
  reservedCalendarAbout: (page) =>
    `Ventanas que ${page} ha reservado para mantenimiento y para las que no hay nada anunciado. Durante ellas, el servicio sigue activo.`,
  category: 'Mantenimiento',
  eventTitle: (page, title) => `${page}: ${title}`,
  reservedTitle: (page) => `${page}: reservado para mantenimiento, nada anunciado`,
  reservedFree: 'Esta ventana está reservada para mantenimiento. No hay nada anunciado para ella, de modo que el servicio sigue activo.',
  reservedTaken: 'Hay un mantenimiento anunciado para esta ventana. Figura en el calendario de mantenimiento anunciado.',

  deployed: (at) => `Desplegada en producción ${when(at)}.`,
  rolledBack: (at) => `Retirada de producción ${when(at)}.`,
  kind: { standard: 'Una versión ordinaria.', hotfix: 'Una corrección urgente.', emergency: 'Una versión de emergencia.' },
};
