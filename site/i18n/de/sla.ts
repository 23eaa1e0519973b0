/** German sentences about the promise, the figures of months and the slices behind them. */
import type { UnknownPolicy } from '#domain/sla/terms.ts';
import type { MonthBudget, Standing } from '#monitor/views/month-figure.ts';
import type { TermsView } from '#monitor/views/sla-view.ts';
import { figureText } from '../../format.ts';
import type { slaWords as enSla } from '../en/sla.ts';
import { any, capital, counted, lengthOf, lengthOrNone, ofLength, ofLengthOrNone, plural, shortLengthOf } from './grammar.ts';
import { percent, refusedWords, target, unknownWords, weekdayWord } from './reasons.ts';

const UNKNOWN: Readonly<Record<UnknownPolicy, string>> = {
  exclude:
    'Zeit ohne Nachweis zählt weder als verfügbar noch als Ausfall. Die Verfügbarkeit liegt dann zwischen zwei Grenzen: der einen, wenn in dieser Zeit alles ausgefallen war, und der anderen, wenn alles verfügbar war. Die Zusage ist nur eingehalten, wenn auch die untere Grenze sie einhält.',
  down: 'Zeit ohne Nachweis zählt als Ausfall. Wie es stünde, wenn in dieser Zeit alles verfügbar war, steht neben der Zahl.',
  up: 'Zeit ohne Nachweis zählt als verfügbar. Wie es stünde, wenn in dieser Zeit alles ausgefallen war, steht neben der Zahl.',
};
const soFar: Readonly<Record<Standing, (promise: string) => string>> = {
  met: (promise) => `Die Zusage von ${promise} ist bisher eingehalten.`,
  below: (promise) => `Das liegt unter der Zusage von ${promise}; der Rest des Monats kann es noch ausgleichen.`,
  missed: (promise) => `Die Zusage von ${promise} ist verfehlt: Der Rest des Monats kann es nicht mehr ausgleichen.`,
  indeterminate: (promise) => `Es wurde zu wenig gemessen, um zu sagen, ob die Zusage von ${promise} bisher eingehalten ist.`,
  not_applicable: () => 'Es gibt noch nichts zu beurteilen.',
};
const over: Readonly<Record<Standing, (promise: string) => string>> = {
  met: (promise) => `Die Zusage von ${promise} wurde eingehalten.`,
  below: (promise) => `Die Zusage von ${promise} wurde nicht eingehalten.`,
  missed: (promise) => `Die Zusage von ${promise} wurde nicht eingehalten.`,
  indeterminate: (promise) =>
    `Ob die Zusage von ${promise} eingehalten wurde, ist offen: Nicht gemessene Zeit könnte in beide Richtungen den Ausschlag geben.`,
  not_applicable: () => 'Es blieb nichts zu beurteilen.',
};
const standings: Readonly<Record<Standing, string>> = {
  met: 'Eingehalten',
  below: 'Darunter',
  missed: 'Verfehlt',
  indeterminate: 'Offen',
  not_applicable: 'Nichts zu beurteilen',
};

const budgetSoFar = ({ wholeMs, usedMs, leftMs, weekday, slotMs, slotAhead }: MonthBudget, month: string): string => {
  if (leftMs < 0) return `${lengthOrNone(usedMs)} Ausfallzeit, ${lengthOrNone(-leftMs)} mehr als im ${month} erlaubt.`;
  const left =
    leftMs === 0
      ? `Im ${month} keine Ausfallzeit mehr übrig`
      : `Noch ${lengthOrNone(leftMs)} Ausfallzeit übrig von insgesamt ${ofLengthOrNone(wholeMs)} im ${month}`;
  const breaks = `; ein ganzer unangekündigter ${weekdayWord(weekday)} würde die Zusage brechen`;
  return `${left}${slotAhead && leftMs < slotMs ? breaks : ''}.`;
};
const budgetOver = ({ wholeMs, usedMs, leftMs }: MonthBudget): string => {
  const allowed = `die Zusage erlaubt ${lengthOrNone(wholeMs)}`;
  if (usedMs === 0) return `Keine Ausfallzeit; ${allowed}.`;
  if (leftMs < 0) return `${lengthOrNone(usedMs)} Ausfallzeit, ${lengthOrNone(-leftMs)} zu viel; ${allowed}.`;
  return `${lengthOrNone(usedMs)} Ausfallzeit; ${allowed}.`;
};

/** "Zwei fehlgeschlagene Prüfungen in Folge gelten als Ausfall"; where components differ, from the least to the most. */
const confirmed = ([least, most]: readonly [number, number]): string => {
  if (most === 1) return 'Eine fehlgeschlagene Prüfung gilt als Ausfall; er beginnt mit dieser Prüfung und endet mit der ersten guten.';
  const from = least === 1 ? 'eine' : counted(least);
  const many = capital(least === most ? counted(most) : `${from} bis ${counted(most)}`);
  const which = least === most ? '' : ', wie es auf der Seite jeder Komponente steht';
  return `${many} fehlgeschlagene Prüfungen in Folge gelten als Ausfall${which}; er beginnt mit der ersten davon und endet mit der ersten guten. Weniger, auf die eine gute Prüfung folgt, sind zu kurz, um zu zählen; genannt werden sie trotzdem.`;
};
const decides = ({ names, others }: TermsView['critical']): string => {
  if (names.length === 0) return 'Noch wird nichts überwacht, was zählt.';
  const all = [...names, ...(others > 0 ? [plural(others, 'weitere Komponente', 'weitere Komponenten')] : [])];
  return `Der Dienst gilt als ausgefallen, solange etwas davon ausgefallen ist: ${any(all)}. Gleichzeitige Ausfälle zählen einmal; andere Komponenten zählen nie.`;
};

export const slaWords: typeof enSla = {
  nav: 'Zusage und Zahlen',
  percent,
  target,
  noFigure: 'keine Zahl',
  promise: (ppm) => `Wir sagen ${target(ppm)} Verfügbarkeit außerhalb angekündigter Wartung zu.`,
  title: (page) => `Was zugesagt ist und was eingehalten wurde · ${page}`,

  thisMonth: (month, current) => (current ? `${month} bisher` : month),
  asOf: (at) => `Stand: ${at}; Neueres ist nicht bekannt.`,
  ofMeasured: ({ knownMs }) => ` von ${ofLength(knownMs)} gemessener Zeit.`,
  ofMeasuredAlone: ({ knownMs }) => `Von ${ofLength(knownMs)} gemessener Zeit.`,
  noFigureYet: (running) =>
    running ? 'Es gibt noch keine Zahl: Es wurde nichts gemessen.' : 'Es gibt keine Zahl: Es wurde nichts gemessen.',
  inMonth: (month) => `im ${month}`,
  verdict: ({ standing, targetPpm, running }, current) => (running && current ? soFar : over)[standing](target(targetPpm)),
  verdictAsOf: (ppm) => `Zugesagt sind ${target(ppm)}.`,
  standing: (standing) => standings[standing],
  bounds: (unknownMs) => `Nicht gemessen: ${lengthOrNone(unknownMs)}. Ganz als Ausfall gerechnet ergäbe das `,
  boundsMiddle: ', ganz als verfügbar ',
  between: (lower, upper) => `${figureText('de', lower)} bis ${figureText('de', upper)}`,
  budget: ({ budget, running }, month) => (running ? budgetSoFar(budget, month) : budgetOver(budget)),
  explain: 'Diese Zahl erklären',
  rowNote: (month) => `Die Zahl rechts ist der ${month} bisher und führt zu ihrer Herleitung.`,
  thisMonthShort: 'in diesem Monat',
  belowPromise: 'unter der Zusage',

  months: 'Die letzten zwölf Monate',
  componentMonths: 'Monat für Monat',
  monthsCaption: 'Monat für Monat; jede Zahl führt zu ihrer Herleitung',
  month: 'Monat',
  figure: 'Verfügbar',
  verdictColumn: 'Zusage',
  downtime: 'Ausfallzeit',
  budgetUsed: 'Erlaubt',
  used: ({ wholeMs }) => (wholeMs === 0 ? '–' : shortLengthOf(wholeMs)),
  running: 'bisher',
  notWatchedBefore: (month) => `Vor ${month} wurde nichts überwacht.`,
  notWatched: 'Avow hat noch nicht überwacht.',

  terms: 'Die Bedingungen',
  termNames: {
    promise: 'Zusage',
    maintenance: 'Wartung',
    notice: 'Ankündigung',
    down: 'Ausgefallen',
    outage: 'Ausfall',
    unknown: 'Nicht gemessen',
    figures: 'Zahlen',
    changes: 'Änderungen',
  },
  promiseTerm: ({ targetPpm, thirtyDaysBudgetMs }, zone) =>
    `Außerhalb angekündigter Wartung ist der Dienst ${target(targetPpm)} der Zeit verfügbar, in jedem Kalendermonat (${zone}). Dreißig Tage ohne Wartung dürfen ${lengthOrNone(thirtyDaysBudgetMs)} Ausfallzeit haben.`,
  reserveTerm: ({ weekday, start, durationMin }, zone) =>
    `Jeden ${weekdayWord(weekday)} ist ein Fenster von ${ofLength(durationMin * 60_000)} ab ${start} (${zone}) reserviert. Was darin angekündigt ist, wird aus der Verfügbarkeit ausgenommen; der Rest davon zählt wie jede andere Zeit.`,
  nextSlot: 'Nächstes Fenster:',
  slotBreaks: ({ reserve, slotBreaks }) =>
    slotBreaks ? `Ein ganzer unangekündigter ${weekdayWord(reserve.weekday)} als Ausfallzeit bricht allein die Zusage seines Monats.` : '',
  noticeTerm: (minNoticeMs) =>
    `${minNoticeMs === 0 ? 'Eine Ankündigung zählt, wenn sie öffentlich ist, bevor die reservierte Zeit beginnt.' : `Eine Ankündigung zählt, wenn sie ${lengthOf(minNoticeMs)} vor Beginn der reservierten Zeit öffentlich ist.`} Spätere Änderungen können nur Zeit wegnehmen. Arbeiten, die länger dauern als angekündigt, zählen.`,
  downTerm: (terms) =>
    `${decides(terms.critical)} ${terms.countDegraded ? 'Langsame Antworten zählen als Ausfall.' : 'Langsame Antworten werden als beeinträchtigt gezeigt und zählen nicht als Ausfall.'}`,
  outageTerm: ({ confirmations }) => confirmed(confirmations ?? [2, 2]),
  unknownTerm: (policy) => UNKNOWN[policy],
  figuresTerm:
    'Prozentzahlen werden nach der vierten Nachkommastelle abgeschnitten und nie gerundet: 100 steht nur da, wenn nichts verloren ging. Verglichen wird in ganzen Millisekunden.',
  changesTerm: 'Die Bedingungen ändern sich nur zum Ersten eines Monats.',

  explainedTitle: (subject, month, page) => `${subject === null ? '' : `${subject}, `}${month}, erklärt · ${page}`,
  explained: (subject, month, figure) =>
    `${subject === null ? month : `${subject}, ${month}`}: ${figure === null ? 'keine Zahl' : percent(figure)}.`,
  sum: 'Die Rechnung',
  sumCaption: 'Wie die Zahl zustande kommt, auf die Millisekunde',
  sumWhat: 'Was',
  sumLength: 'Dauer',
  sumMs: 'Millisekunden',
  sumRows: {
    period: (from, to) => `Von ${from} bis ${to}`,
    excluded: 'abzüglich angekündigter Wartung',
    eligible: 'was die Zusage umfasst',
    unknown: 'abzüglich nicht gemessener Zeit',
    unknownDown: 'abzüglich nicht gemessener Zeit: Sie zählt als Ausfall',
    known: 'gemessen',
    down: 'abzüglich Ausfallzeit',
    up: 'verfügbar',
    upWithUnknown: 'verfügbar, darin nicht gemessene Zeit',
  },
  division: (part, whole) => `${part} / ${whole} = `,
  cutOff: ', abgeschnitten nach der vierten Nachkommastelle.',
  watchedFrom: (at) => `Avow überwacht seit ${at}; was davor war, wird nicht beurteilt.`,

  down: 'Was ausgefallen war',
  nothingDown: 'Nichts war ausgefallen.',
  overlap: (countedMs) => `Gleichzeitige Ausfälle zählen einmal. Gezählt: ${lengthOrNone(countedMs)}.`,
  excluded: 'Was ausgenommen wurde',
  nothingExcluded: 'Nichts wurde ausgenommen: Keine Wartung war angekündigt, oder keine davon zählt als solche.',
  refused: 'Angekündigt, und zählt trotzdem',
  unknown: 'Was nicht gemessen wurde',
  nothingUnknown: 'Alles wurde gemessen.',
  blips: 'Zu kurz, um zu zählen',
  blipsNote: (count, ms) =>
    `${plural(count, 'Fehlschlag', 'Fehlschläge')}, von der nächsten Prüfung widerlegt, zusammen ${lengthOrNone(ms)}. Diese Zeit zählt als verfügbar.`,
  byComponent: 'Komponente für Komponente',
  componentsCaption: 'Jede Komponente für sich, nach denselben Bedingungen',
  more: (count) => `Nicht gezeigt: ${plural(count, 'weitere Zeile', 'weitere Zeilen')}.`,
  tableCaption: (zone) => `Zeitzone: ${zone}`,
  component: 'Komponente',
  when: 'Wann',
  length: 'Dauer',
  said: 'Was gesagt wurde',
  byHand: 'Von einer Person eingetragen.',
  announcement: 'Angekündigt als',
  announcedAt: (rev) => `Fassung ${rev}, angekündigt am`,
  firstAnnounced: 'Angekündigt am',
  why: 'Warum es zählt',
  cause: 'Warum',
  location: 'Gesehen von',
  others: (count) => `und ${plural(count, 'weitere', 'weitere')}`,
  reason: refusedWords,
  causeOf: unknownWords,
  oneByOne: 'Einzeln',
  notCounted: 'im Monat davor gezählt',
  otherMonths: 'Andere Monate',
  wholeService: (month) => `Der gesamte Dienst im ${month}`,
  allMonths: 'Alle Monate und die Bedingungen',
};
