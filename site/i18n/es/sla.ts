/** Spanish sentences about the promise, the figures of months and the slices behind them. */
import { ppmWords } from '#domain/report/value-words.ts';
import type { UnknownPolicy } from '#domain/sla/terms.ts';
import type { MonthBudget, Standing } from '#monitor/views/month-figure.ts';
import type { TermsView } from '#monitor/views/sla-view.ts';
import { figureText } from '../../format.ts';
import type { slaWords as english } from '../en/sla.ts';
import {
  any,
  atHead,
  counted,
  fromTime,
  inside,
  lengthOf,
  lengthOrNone,
  type Noun,
  numeral,
  percent,
  plural,
  shortLengthOf,
  the,
  toTime,
  when,
} from './grammar.ts';
import { refusedWords, unknownWords, weekdayWord } from './reasons.ts';

/** 995 000 is "99,5 %". */
const target = (ppm: number): string => percent(ppmWords(ppm).replace(' %', ''));

const UNKNOWN: Readonly<Record<UnknownPolicy, string>> = {
  exclude:
    'El tiempo sin datos no cuenta ni como funcionamiento ni como inactividad. La cifra queda entonces entre dos límites, uno con todo ese tiempo como inactividad y otro con todo como funcionamiento; el compromiso solo se cumple si lo cumple incluso el límite inferior.',
  down: 'El tiempo sin datos cuenta como inactividad. Junto a la cifra se dice cuál sería si todo ese tiempo contara como funcionamiento.',
  up: 'El tiempo sin datos cuenta como funcionamiento. Junto a la cifra se dice cuál sería si todo ese tiempo contara como inactividad.',
};
const soFar: Readonly<Record<Standing, (promise: string) => string>> = {
  met: (promise) => `El compromiso del ${promise} se cumple hasta ahora.`,
  below: (promise) => `Está por debajo del compromiso del ${promise}; el resto del mes todavía puede compensarlo.`,
  missed: (promise) => `El compromiso del ${promise} está incumplido: el resto del mes no puede compensarlo.`,
  indeterminate: (promise) => `Se ha medido demasiado poco para decir si el compromiso del ${promise} se cumple hasta ahora.`,
  not_applicable: () => 'Todavía no hay nada que evaluar.',
};
const over: Readonly<Record<Standing, (promise: string) => string>> = {
  met: (promise) => `El compromiso del ${promise} se cumplió.`,
  below: (promise) => `El compromiso del ${promise} no se cumplió.`,
  missed: (promise) => `El compromiso del ${promise} no se cumplió.`,
  indeterminate: (promise) =>
    `Queda sin decidir si se cumplió el compromiso del ${promise}: el tiempo que no se midió podría inclinar el resultado en un sentido o en otro.`,
  not_applicable: () => 'No quedó nada que evaluar.',
};
const standings: Readonly<Record<Standing, string>> = {
  met: 'Cumplido',
  below: 'Por debajo',
  missed: 'Incumplido',
  indeterminate: 'Sin decidir',
  not_applicable: 'Nada que evaluar',
};

const budgetSoFar = ({ wholeMs, usedMs, leftMs, weekday, slotMs, slotAhead }: MonthBudget, month: string): string => {
  if (leftMs < 0) return `Inactividad de ${lengthOrNone(usedMs)}: supera en ${lengthOrNone(-leftMs)} la admitida en ${month}.`;
  const left =
    leftMs === 0
      ? `En ${month} no queda margen de inactividad`
      : `En ${month} queda un margen de inactividad de ${lengthOrNone(leftMs)}, de un total de ${lengthOrNone(wholeMs)}`;
  return `${left}${slotAhead && leftMs < slotMs ? `; un ${weekdayWord(weekday)} completo sin anunciar supondría incumplir el compromiso` : ''}.`;
};
const budgetOver = ({ wholeMs, usedMs, leftMs }: MonthBudget): string => {
  const allowed = `de un máximo de ${lengthOrNone(wholeMs)} que admite el compromiso`;
  if (usedMs === 0) return `Sin inactividad, ${allowed}.`;
  if (leftMs < 0)
    return `Inactividad de ${lengthOrNone(usedMs)}: supera en ${lengthOrNone(-leftMs)} el máximo de ${lengthOrNone(wholeMs)} que admite el compromiso.`;
  return `Inactividad de ${lengthOrNone(usedMs)}, ${allowed}.`;
};

const FAILED: Noun = { one: 'comprobación fallida', many: 'comprobaciones fallidas', la: true };
/** "Dos comprobaciones fallidas seguidas"; where components differ, from the least to the most. */
const confirmed = ([least, most]: readonly [number, number]): string => {
  if (most === 1)
    return 'Una comprobación fallida constituye una interrupción; se fecha en esa comprobación y termina con la primera correcta.';
  const many = least === most ? atHead(counted(most, FAILED)) : `De ${numeral(least, FAILED)} a ${counted(most, FAILED)}`;
  const which = least === most ? '' : ', según indica la página de cada componente';
  return `${many} seguidas constituyen una interrupción${which}; se fecha en la primera de ellas y termina con la primera correcta. Si son menos y las sigue una comprobación correcta, son demasiado breves para contar; se informa de ellas de todos modos.`;
};
const decides = ({ names, others }: TermsView['critical']): string => {
  if (names.length === 0) return 'Todavía no se supervisa nada que cuente.';
  const list = [...names, ...(others > 0 ? [plural(others, { one: 'componente más', many: 'componentes más' })] : [])];
  return `Hay inactividad del servicio mientras esté fuera de servicio cualquiera de estos componentes: ${any(list)}. Las interrupciones simultáneas cuentan una sola vez; los demás componentes nunca cuentan.`;
};

export const slaWords: typeof english = {
  nav: 'Compromiso y cifras',
  percent,
  target,
  noFigure: 'sin cifra',
  promise: (ppm) => `Nos comprometemos a una disponibilidad del ${target(ppm)} fuera del mantenimiento anunciado.`,
  title: (page) => `Qué se promete y qué se ha cumplido · ${page}`,

  thisMonth: (month, current) => (current ? `${atHead(month)}, hasta ahora` : atHead(month)),
  asOf: (at) => `Datos del ${at}; no se conoce nada más reciente.`,
  ofMeasured: ({ knownMs }) => ` del tiempo medido: ${lengthOf(knownMs)}.`,
  ofMeasuredAlone: ({ knownMs }) => `Del tiempo medido: ${lengthOf(knownMs)}.`,
  noFigureYet: (running) => (running ? 'Todavía no hay cifra: no se ha medido nada.' : 'No hay cifra: no se midió nada.'),
  inMonth: (month) => `en ${month}`,
  verdict: ({ standing, targetPpm, running }, current) => (running && current ? soFar : over)[standing](target(targetPpm)),
  verdictAsOf: (ppm) => `El compromiso es del ${target(ppm)}.`,
  standing: (standing) => standings[standing],
  bounds: (unknownMs) => `Sin medir: ${lengthOrNone(unknownMs)}. Con todo ese tiempo como inactividad, la cifra sería `,
  boundsMiddle: '; con todo como funcionamiento, ',
  between: (lower, upper) => `${figureText('es', lower)} a ${figureText('es', upper)}`,
  budget: ({ budget, running }, month) => (running ? budgetSoFar(budget, month) : budgetOver(budget)),
  explain: 'Explicar esta cifra',
  rowNote: (month) => `La cifra de la derecha es la de ${month} hasta ahora y lleva a lo que hay detrás de ella.`,
  thisMonthShort: 'este mes',
  belowPromise: 'por debajo del objetivo',

  months: 'Los últimos doce meses',
  componentMonths: 'Mes a mes',
  monthsCaption: 'Mes a mes; cada cifra lleva a lo que hay detrás de ella',
  month: 'Mes',
  figure: 'Cifra',
  verdictColumn: 'Compromiso',
  downtime: 'Inactividad',
  budgetUsed: 'Admitida',
  used: ({ wholeMs }) => (wholeMs === 0 ? '–' : shortLengthOf(wholeMs)),
  running: 'hasta ahora',
  notWatchedBefore: (month) => `Antes de ${month} no se supervisaba nada.`,
  notWatched: 'Avow todavía no supervisaba.',

  terms: 'Las condiciones',
  termNames: {
    promise: 'Compromiso',
    maintenance: 'Mantenimiento',
    notice: 'Preaviso',
    down: 'Inactividad',
    outage: 'Interrupción',
    unknown: 'Sin medir',
    figures: 'Cifras',
    changes: 'Cambios',
  },
  promiseTerm: ({ targetPpm, thirtyDaysBudgetMs }, zone) =>
    `Fuera del mantenimiento anunciado, el servicio funciona el ${target(targetPpm)} del tiempo, en cada mes natural (${zone}). Treinta días sin mantenimiento admiten una inactividad de ${lengthOrNone(thirtyDaysBudgetMs)}.`,
  reserveTerm: ({ weekday, start, durationMin }, zone) =>
    `Cada ${weekdayWord(weekday)} se reserva un tiempo de ${lengthOf(durationMin * 60_000)} a partir de ${the(start)} (${zone}). Lo que se anuncia dentro de ese tiempo queda fuera de la cifra; el resto cuenta como cualquier otro tiempo.`,
  nextSlot: 'Próxima ventana:',
  slotBreaks: ({ reserve, slotBreaks }) =>
    slotBreaks
      ? `La inactividad de un ${weekdayWord(reserve.weekday)} completo sin anunciar basta para incumplir el compromiso de su mes.`
      : '',
  noticeTerm: (minNoticeMs) =>
    `${minNoticeMs === 0 ? 'Un anuncio cuenta si es público antes de que empiece el tiempo reservado.' : `Un anuncio cuenta si es público con una antelación de ${lengthOf(minNoticeMs)} al inicio del tiempo reservado.`} Lo que se cambia después solo puede restar tiempo. El trabajo que dura más de lo anunciado cuenta.`,
  downTerm: (terms) =>
    `${decides(terms.critical)} ${terms.countDegraded ? 'Las respuestas lentas cuentan como inactividad.' : 'Las respuestas lentas se muestran como rendimiento degradado y no cuentan como inactividad.'}`,
  outageTerm: ({ confirmations }) => confirmed(confirmations ?? [2, 2]),
  unknownTerm: (policy) => UNKNOWN[policy],
  figuresTerm:
    'Los porcentajes se truncan tras el cuarto decimal y nunca se redondean: solo se muestra 100 si no se perdió nada. Las comparaciones se hacen en milisegundos enteros.',
  changesTerm: 'Las condiciones solo cambian a partir del primer día de un mes.',

  explainedTitle: (subject, month, page) =>
    `${subject === null ? atHead(month) : `${subject}, ${inside(month)}`}: explicación de la cifra · ${page}`,
  explained: (subject, month, figure) =>
    `${subject === null ? atHead(month) : `${subject}, ${inside(month)}`}: ${figure === null ? 'sin cifra' : percent(figure)}.`,
  sum: 'La suma',
  sumCaption: 'Cómo se obtiene la cifra, al milisegundo',
  sumWhat: 'Concepto',
  sumLength: 'Duración',
  sumMs: 'Milisegundos',
  sumRows: {
    period: (from, to) => `${atHead(fromTime(from))} ${toTime(to)}`,
    excluded: 'menos el mantenimiento anunciado',
    eligible: 'lo que abarca el compromiso',
    unknown: 'menos lo que no se midió',
    unknownDown: 'menos lo que no se midió: cuenta como inactividad',
    known: 'medido',
    down: 'menos la inactividad',
    up: 'en funcionamiento',
    upWithUnknown: 'en funcionamiento, incluido lo que no se midió',
  },
  division: (part, whole) => `${part} / ${whole} = `,
  cutOff: ', truncado tras el cuarto decimal.',
  watchedFrom: (at) => `Avow empezó a supervisar ${when(at)}; no se evalúa nada anterior.`,

  down: 'Qué estuvo fuera de servicio',
  nothingDown: 'Nada estuvo fuera de servicio.',
  overlap: (countedMs) => `Las interrupciones simultáneas cuentan una sola vez: tiempo contado, ${lengthOrNone(countedMs)}.`,
  excluded: 'Qué quedó fuera del cálculo',
  nothingExcluded: 'Nada quedó fuera del cálculo: no se anunció ningún mantenimiento, o nada de él es válido.',
  refused: 'Anunciado, y cuenta de todos modos',
  unknown: 'Qué no se midió',
  nothingUnknown: 'Se midió todo.',
  blips: 'Demasiado breve para contar',
  blipsNote: (count, ms) =>
    count === 1
      ? `1 fallo descartado por la comprobación siguiente, de ${lengthOrNone(ms)}. Cuenta como funcionamiento.`
      : `${plural(count, { one: 'fallo descartado', many: 'fallos descartados' })} por la comprobación siguiente, ${lengthOrNone(ms)} en total. Cuentan como funcionamiento.`,
  byComponent: 'Componente por componente',
  componentsCaption: 'Cada componente por separado, según las mismas condiciones',
  more: (count) => `${plural(count, { one: 'línea más', many: 'líneas más' })} sin mostrar.`,
  tableCaption: (zone) => `Horas en ${zone}`,
  component: 'Componente',
  when: 'Cuándo',
  length: 'Duración',
  said: 'Lo que se dijo',
  byHand: 'Introducido por una persona.',
  announcement: 'Anunciado como',
  announcedAt: (rev) => `revisión ${rev}, anunciada el`,
  firstAnnounced: 'Anunciado el',
  why: 'Por qué cuenta',
  cause: 'Por qué',
  location: 'Visto desde',
  others: (count) => `y ${plural(count, { one: 'más', many: 'más' })}`,
  reason: refusedWords,
  causeOf: unknownWords,
  oneByOne: 'Uno por uno',
  notCounted: 'contado en el mes anterior',
  otherMonths: 'Otros meses',
  wholeService: (month) => `El servicio en ${month}`,
  allMonths: 'Todos los meses y las condiciones',
};
