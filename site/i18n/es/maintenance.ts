/** Spanish sentences about maintenance: what runs, what is announced and reserved, what became of it. Times come formatted, lengths in ms. */
import type { MaintenanceState } from '#domain/maintenance/account.ts';
import { lengthText } from '#domain/time/length-text.ts';
import type { maintenanceWords as english } from '../en/maintenance.ts';
import { fromTime, lengthOf, lengthOrNone, listedAtHead, shortLengthOf, the, toTime, WINDOW, when } from './grammar.ts';
import { refusedWords, weekdayWord } from './reasons.ts';

const states: Readonly<Record<MaintenanceState, string>> = {
  upcoming: 'Anunciado',
  running: 'En curso',
  past: 'Finalizado',
  completed: 'Completado',
  cancelled: 'Cancelado',
};

/** "Anunciado el martes, 24 de noviembre, 09:00: excluido de la disponibilidad, 2 h 30 min." */
const account: typeof english.account = ({ state, announcedMs, excludedMs, refused, imported }, announced) => {
  const said = `${imported ? 'Anunciado, según se declaró,' : 'Anunciado'} ${when(announced)}`;
  const endedBefore = state === 'cancelled' && refused.every(({ reason }) => reason === 'cancelled');
  if (excludedMs === 0 && endedBefore) return `${said}, y cancelado antes de empezar: no se excluye nada.`;
  if (excludedMs === 0) return `${said}: no programado, cuenta como cualquier otro tiempo.`;
  if (excludedMs === announcedMs) return `${said}: excluido de la disponibilidad, ${lengthOrNone(excludedMs)}.`;
  return `${said}: excluido de la disponibilidad, ${lengthOrNone(excludedMs)} de ${lengthOrNone(announcedMs)}.`;
};

/** "Desplegada el sábado, 28 de noviembre, 10:20, dentro de una ventana anunciada." */
const releasedSentence: typeof english.releasedSentence = ({ kind, place }, at) => {
  if (kind === 'rollback') return `Revertida ${when(at)}.`;
  return `Desplegada ${when(at)}, ${place === 'outside_window' ? 'fuera de una ventana anunciada' : 'dentro de una ventana anunciada'}.`;
};

const orNothing = (ms: number): string => (ms === 0 ? 'nada' : lengthOrNone(ms));

export const maintenanceWords: typeof english = {
  title: (page) => `Mantenimiento · ${page}`,
  headline: (running, next, ahead) => {
    if (running.length === 1) return `Mantenimiento en curso: ${running[0]}.`;
    if (running.length > 1)
      return `${listedAtHead(
        running.map((title) => `«${title}»`),
        WINDOW,
      )} están en curso.`;
    if (next !== null) return `El próximo mantenimiento está anunciado para ${the(next)}.`;
    return ahead ? 'No hay ningún mantenimiento anunciado; el servicio sigue activo.' : 'No hay ningún mantenimiento anunciado.';
  },
  rule: ({ weekday, start, durationMin }, zone) =>
    `Cada ${weekdayWord(weekday)} se reserva para mantenimiento un tiempo de ${lengthOf(durationMin * 60_000)} a partir de ${the(start)} (${zone}). Solo lo que se anuncia dentro de ese tiempo, antes de que empiece, queda fuera de la cifra de disponibilidad.`,
  state: (state) => states[state],

  now: 'En curso ahora',
  progress: ({ passedMs, wholeMs, leftMs }) =>
    passedMs < 1_000
      ? `Acaba de empezar; tiempo restante: ${lengthOrNone(leftMs)}.`
      : `Tiempo transcurrido: ${lengthOf(passedMs)} de ${lengthOrNone(wholeMs)}; tiempo restante: ${lengthOrNone(leftMs)}.`,
  progressLabel: (title) => `Parte transcurrida de la ventana: ${title}`,

  ahead: 'Anunciado y reservado',
  nothingAhead: 'No hay nada reservado ni anunciado.',
  reservedNothing: (from, to) => `Reservado ${fromTime(from)} ${toTime(to)}. No hay nada anunciado; el servicio sigue activo.`,
  outside: 'Fuera del tiempo reservado.',

  past: 'En qué quedó',
  pastCaption:
    'De cada ventana reservada: cuánto se anunció, cuánto de ello queda excluido de la disponibilidad y cuánto de ello se utilizó.',
  nothingPast: 'Desde que Avow empezó a supervisar no ha pasado ninguna ventana reservada.',
  older: (month) => `Las ventanas anteriores a ${month} se cuentan mes a mes en el historial.`,
  window: 'Ventana',
  reservedMs: 'Reservado',
  announcedMs: 'Anunciado',
  excludedMs: 'Excluido',
  usedMs: 'Utilizado',
  length: (ms) => (ms === 0 ? '–' : shortLengthOf(ms)),
  use: ({ reservedMs, announcedMs, excludedMs, usedMs }) =>
    `Reservado: ${lengthOf(reservedMs)}; anunciado: ${orNothing(announcedMs)}; excluido: ${orNothing(excludedMs)}; utilizado: ${orNothing(usedMs)}.`,
  elsewhere: (ms) => `Contado de todos modos en la cifra del servicio: ${lengthOrNone(ms)}. ${refusedWords('down_elsewhere')}`,
  usedNote: 'Utilizado es el tiempo excluido en el que un componente estuvo fuera de servicio o no se midió nada.',

  affects: 'Afecta a:',
  all: 'todos los componentes',
  account,
  refused: (reason, ms) => `No excluido: ${lengthOrNone(ms)}. ${refusedWords(reason)}`,
  reason: refusedWords,
  endedAt: (state, at) => (state === 'cancelled' ? `Cancelado ${when(at)}.` : `Completado ${when(at)}.`),
  notDeciding: 'No abarca ningún componente determinante, de modo que la cifra del servicio no depende de ello.',
  imported: (approved) =>
    approved === null
      ? 'Registrado con posterioridad. Ninguna segunda persona lo ha aprobado, de modo que no excluye nada.'
      : `Registrado con posterioridad y aprobado por una segunda persona ${when(approved)}.`,

  changes: 'Qué cambia',
  release: (version, title) => (title === null ? version : `${version}: ${title}`),
  notes: (at) => (at === null ? 'Las notas no están publicadas.' : `Notas publicadas ${when(at)}.`),
  releasedSentence,

  announcementTitle: (title, page) => `${title} · Mantenimiento · ${page}`,
  text: 'Anuncio',
  noText: 'No se dijo nada más.',
  counts: 'Qué cuenta',
  countsCaption: (zone) => `Qué parte queda excluida de la disponibilidad; horas en ${zone}`,
  part: 'Desde – hasta',
  partLength: 'Duración',
  partSays: 'Disponibilidad',
  partExcluded: 'Excluido.',
  partCounts: (reason) => `Cuenta. ${refusedWords(reason)}`,
  whole: (excludedMs, announcedMs) =>
    excludedMs === announcedMs && announcedMs > 0
      ? `Queda excluido de la disponibilidad en su totalidad: ${lengthText(announcedMs)}.`
      : `Excluido de la disponibilidad: ${excludedMs === 0 ? 'nada' : lengthText(excludedMs)}, de un total anunciado de ${lengthText(announcedMs)}. El resto cuenta como cualquier otro tiempo.`,
  slot: (from, to, deadline) =>
    `La ventana reservada dura ${fromTime(from)} ${toTime(to)}. Un anuncio para ella cuenta si era público ${when(deadline)} como muy tarde.`,
  inFigure: (month) => `Qué quedó fuera de la cifra de ${month}`,
  revisions: 'Todas las revisiones',
  revision: (rev) => `Revisión ${rev}`,
  publicAt: (at) => `Público, según se declaró, ${when(at)}.`,
  changedTime: (what, before, after) =>
    what === 'start' ? `Empieza ${when(after)} en lugar de ${when(before)}.` : `Termina ${when(after)} en lugar de ${when(before)}.`,
  changedTitle: (before, after) => `Se llama «${after}» en lugar de «${before}».`,
  changedBody: 'Otro texto.',
  fromTo: (from, to) => `Dura ${fromTime(from)} ${toTime(to)}.`,
  before: 'Antes',
  after: 'Después',
  toAll: 'Todo el mantenimiento',

  next: (day) => `Próxima ventana: ${day}`,
  staysUp: 'No hay nada anunciado; el servicio sigue activo.',
  later: 'Anunciado para más adelante:',
  whatChanges: 'Qué cambia:',
  changesHeading: 'Cambios',
  lastReleased: 'Últimos despliegues',
  nextReleased: 'Próximas versiones',
  releasedAt: (at) => `desplegada ${when(at)}`,
  withWindow: (at) => `planificada para ${the(at)}`,
  withoutWindow: 'todavía sin ventana',
  allReleases: 'Todas las versiones',
};
