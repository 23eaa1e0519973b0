/** Spanish sentences of the release pages: what changes in which window, what changed, and whether it kept to its window. */
import type { NotesGroup } from '#domain/release/notes-groups.ts';
import type { ReleaseKind } from '#domain/release/release-fact.ts';
import type { UnscheduledReason } from '#domain/release/release-standing.ts';
import type { releasesWords as english } from '../en/releases.ts';
import { atHead, counted, plural, RELEASE, the } from './grammar.ts';

const groups: Record<NotesGroup['kind'], string> = {
  added: 'Añadido',
  changed: 'Modificado',
  deprecated: 'Obsoleto',
  removed: 'Eliminado',
  fixed: 'Corregido',
  security: 'Seguridad',
  other: 'Notas',
};
const kinds: Record<ReleaseKind, string> = { standard: 'Versión', hotfix: 'Corrección urgente', emergency: 'Emergencia' };
const unscheduled: Record<UnscheduledReason | 'over', string> = {
  cancelled: 'La ventana en la que estaba planificada se canceló.',
  nothing_excluded: 'No queda nada de la ventana en la que estaba planificada.',
  shrunk: 'La ventana en la que estaba planificada ya no abarca su hora.',
  over: 'La ventana en la que estaba planificada terminó antes de su paso a producción.',
};

export const releasesWords: typeof english = {
  nav: 'Versiones',
  title: (page) => `Versiones · ${page}`,
  releaseTitle: (version, title, page) => `${title === null ? version : `${version}: ${title}`} · ${page}`,
  headline: (count, day) => `${atHead(counted(count, RELEASE))} ${count > 1 ? 'están planificadas' : 'está planificada'} para ${the(day)}.`,
  nothingPlanned: 'No hay ninguna versión planificada.',
  heading: (version, title) => (title === null ? `Versión ${version}` : `${version}: ${title}`),

  coming: 'Lo que está planificado',
  changesOn: (day) => `Qué cambia ${the(day)}`,
  changedOn: (day) => `Qué cambió ${the(day)}`,
  changesUnplanned: 'Qué cambia',
  unplanned: 'Todavía en ninguna ventana',
  released: 'Lo que se ha desplegado',
  nothingReleased: 'Todavía no se ha desplegado nada.',
  omitted: (count) => `${plural(count, { one: 'versión anterior', many: 'versiones anteriores' })} sin mostrar.`,

  kinds,
  groups,
  plannedFor: 'Planificada para el',
  window: 'Ventana',
  plannedIn: (title) => `Planificada en el mantenimiento «${title}».`,
  deployedIn: (title) => `Realizada en el mantenimiento «${title}».`,
  notInWindow: 'Todavía no está en ninguna ventana anunciada.',
  unscheduled: (reason) => unscheduled[reason],

  facts: 'Cuándo',
  notesPublic: 'Notas publicadas',
  revisions: 'Cambios en las notas',
  amended: 'Notas modificadas',
  amendedNote: 'Las notas se modificaron después de que empezara la ventana o de que la versión estuviera en producción.',
  firstRevision: 'Primera publicación',
  laterRevision: 'Cambio',
  deployed: 'Desplegada',
  rolledBack: 'Revertida',
  inside: 'Dentro de la ventana',
  outside: 'Fuera de una ventana de mantenimiento',
  outsideNote: 'Se cambió en producción en un momento que no estaba anunciado, o que no se cuenta, como mantenimiento.',
  emergency: 'Como emergencia',
  noNotes: 'No se publicaron notas de esta versión.',
  all: 'Todas las versiones',
  waiting: 'En ninguna ventana',
  marks: {
    coming: 'Planificada',
    released: 'Desplegada',
    rolled_back: 'Revertida',
    outside: 'Fuera de una ventana de mantenimiento',
  },
};
