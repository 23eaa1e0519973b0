/** Spanish sentences of the page of an incident. */
import type { incidentWords as english } from '../en/incidents.ts';
import { fromTime, plural, the, toTime, when } from './grammar.ts';

export const incidentWords: typeof english = {
  pageTitle: (title, page) => `${title} · ${page}`,
  openSince: (at) => `Abierto desde ${the(at)}`,
  wasOpen: (since, asOf) => `Empezó ${when(since)} y ${when(asOf)} no había terminado.`,
  lasted: (from, to, length) => `Duró ${fromTime(from)} ${toTime(to)}, ${length}.`,
  detected: 'Lo detectaron las propias comprobaciones.',
  opened: 'Se abrió manualmente.',
  impact: {
    none: 'Sin impacto.',
    minor: 'Impacto menor.',
    major: 'Impacto importante.',
    critical: 'Impacto crítico.',
  },

  affected: 'Componentes afectados',
  impactOf: {
    none: 'Sin impacto',
    degraded: 'Rendimiento degradado',
    partial_outage: 'Interrupción parcial',
    major_outage: 'Interrupción',
  },
  nowAndWorst: (now, worst) => `${now}; en el peor momento: ${worst}`,
  atWorst: (impact) => `En el peor momento: ${impact}`,

  posts: 'Lo que se publicó',
  noPosts: 'No se publicó nada.',
  called: (title) => `A partir de aquí se llama «${title}».`,
  impactSaid: (name, impact) => `${name}: ${impact}`,

  seen: 'Lo que vieron las comprobaciones',
  seenNote:
    'Desde un poco antes de su inicio hasta un poco después de su final. La línea superior muestra cuánto tiempo estuvo abierto el incidente.',
  seenNoteOpen: 'Desde un poco antes de su inicio hasta ahora. La línea superior muestra cuánto tiempo lleva abierto el incidente.',
  seenLabel: (name, from, to, parts) => `${name}, ${fromTime(from)} ${toTime(to)}: ${parts.join(', ')}`,
  seenPart: (state, length) => `${state} ${length}`,
  seenTable: 'En forma de tabla',
  nothingSeen: 'No se midió nada.',
  moreSeen: (count) =>
    `${plural(count, { one: 'tramo posterior', many: 'tramos posteriores' })} sin mostrar; la página del componente los contiene.`,

  counted: 'Si contó o no',
  countedNote:
    'Lo que se publica aquí no cuenta para nada. La inactividad es lo que vieron las comprobaciones y lo que se corrigió en el libro de registro; cada mes la explica:',
  countedIn: (name, month) => `${name} en ${month}`,
};
