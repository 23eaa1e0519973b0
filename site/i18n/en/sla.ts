/** English sentences about the promise, the figures of months and the slices behind them. */
import { refusedWords, unknownWords } from '#domain/report/line-words.ts';
import { ppmWords, weekdayWord } from '#domain/report/value-words.ts';
import type { ReserveRule } from '#domain/sla/reserve.ts';
import type { UnknownPolicy } from '#domain/sla/terms.ts';
import type { MonthBudget, MonthFigure, Standing } from '#monitor/views/month-figure.ts';
import type { TermsView } from '#monitor/views/sla-view.ts';
import { counted, lengthOf, lengthOrNone, plural, shortLengthOf } from './grammar.ts';

const percent = (figure: string): string => `${figure}\u00a0%`;
const target = (ppm: number): string => ppmWords(ppm).replace(' ', '\u00a0');

const UNKNOWN: Readonly<Record<UnknownPolicy, string>> = {
  exclude:
    'Time without evidence counts neither as up nor as down. The figure then stands between two bounds, one for all of it down and one for all of it up; the promise is kept only when even the lower bound keeps it.',
  down: 'Time without evidence counts as down. How it would stand if all of it had been up is said beside the figure.',
  up: 'Time without evidence counts as up. How it would stand if all of it had been down is said beside the figure.',
};
const soFar: Readonly<Record<Standing, (promise: string) => string>> = {
  met: (promise) => `The promise of ${promise} is kept so far.`,
  below: (promise) => `That is below the promise of ${promise}; the rest of the month can still make it good.`,
  missed: (promise) => `The promise of ${promise} is broken: the rest of the month cannot make it good.`,
  indeterminate: (promise) => `Too little was measured to say whether the promise of ${promise} is kept so far.`,
  not_applicable: () => 'There is nothing to judge yet.',
};
const over: Readonly<Record<Standing, (promise: string) => string>> = {
  met: (promise) => `The promise of ${promise} was kept.`,
  below: (promise) => `The promise of ${promise} was not kept.`,
  missed: (promise) => `The promise of ${promise} was not kept.`,
  indeterminate: (promise) =>
    `Whether the promise of ${promise} was kept is undecided: time that was not measured could tip it either way.`,
  not_applicable: () => 'Nothing was left to judge.',
};
const standings: Readonly<Record<Standing, string>> = {
  met: 'Kept',
  below: 'Below',
  missed: 'Missed',
  indeterminate: 'Undecided',
  not_applicable: 'Nothing to judge',
};

const budgetSoFar = ({ wholeMs, usedMs, leftMs, weekday, slotMs, slotAhead }: MonthBudget, month: string): string => {
  if (leftMs < 0) return `${lengthOrNone(usedMs)} of downtime, ${lengthOrNone(-leftMs)} more than ${month} may have.`;
  const left =
    leftMs === 0
      ? `No downtime left in ${month}`
      : `${lengthOrNone(leftMs)} of downtime left of the ${lengthOrNone(wholeMs)} that ${month} may have`;
  return `${left}${slotAhead && leftMs < slotMs ? `; one full unannounced ${weekdayWord(weekday)} would break the promise` : ''}.`;
};
const budgetOver = ({ wholeMs, usedMs, leftMs }: MonthBudget): string => {
  if (usedMs === 0) return `No downtime, of the ${lengthOrNone(wholeMs)} that the promise allows.`;
  if (leftMs < 0)
    return `${lengthOrNone(usedMs)} of downtime, ${lengthOrNone(-leftMs)} more than the ${lengthOrNone(wholeMs)} that the promise allows.`;
  return `${lengthOrNone(usedMs)} of downtime, of the ${lengthOrNone(wholeMs)} that the promise allows.`;
};

/** "Two failed checks in a row make an outage"; where components differ, from the least to the most. */
const confirmed = ([least, most]: readonly [number, number]): string => {
  if (most === 1) return 'One failed check makes an outage; it is dated from that check and ends with the first good one.';
  const many = least === most ? counted(least) : `${counted(least)} to ${counted(most).toLowerCase()}`;
  const which = least === most ? '' : ', as the page of each component says';
  return `${many} failed checks in a row make an outage${which}; it is dated from the first of them and ends with the first good one. Fewer, when a good check follows, are too short to count; they are told all the same.`;
};
const decides = ({ names, others }: TermsView['critical']): string => {
  if (names.length === 0) return 'Nothing that counts is watched yet.';
  const all = [...names, ...(others > 0 ? [plural(others, 'other component')] : [])];
  return `The service is down while any of these is down: ${new Intl.ListFormat('en', { type: 'disjunction' }).format(all).replace(/, or /, ' or ')}. Outages at one time count once; other components never count.`;
};

export const slaWords = {
  nav: 'Promise and figures',
  percent,
  target,
  noFigure: 'no figure',
  promise: (ppm: number) => `We promise ${target(ppm)} outside announced maintenance.`,
  title: (page: string) => `What is promised, and what was kept · ${page}`,

  thisMonth: (month: string, current: boolean) => (current ? `${month} so far` : month),
  asOf: (at: string) => `As of ${at}; nothing newer is known.`,
  /** A figure with what it is a share of stands before it. */
  ofMeasured: ({ knownMs }: Pick<MonthFigure, 'knownMs'>) => ` of ${lengthOf(knownMs)} measured.`,
  ofMeasuredAlone: ({ knownMs }: Pick<MonthFigure, 'knownMs'>) => `Of ${lengthOf(knownMs)} measured.`,
  noFigureYet: (running: boolean): string =>
    running ? 'There is no figure yet: nothing was measured.' : 'There is no figure: nothing was measured.',
  inMonth: (month: string) => `in ${month}`,
  verdict: ({ standing, targetPpm, running }: Pick<MonthFigure, 'standing' | 'targetPpm' | 'running'>, current: boolean) =>
    (running && current ? soFar : over)[standing](target(targetPpm)),
  verdictAsOf: (ppm: number) => `Promised are ${target(ppm)}.`,
  standing: (standing: Standing) => standings[standing],
  bounds: (unknownMs: number) => `Not measured: ${lengthOrNone(unknownMs)}. All of it down would make `,
  boundsMiddle: ', all of it up ',
  between: (lower: string, upper: string) => `${lower} to ${upper}`,
  budget: ({ budget, running }: Pick<MonthFigure, 'budget' | 'running'>, month: string) =>
    running ? budgetSoFar(budget, month) : budgetOver(budget),
  explain: 'Explain this number',
  rowNote: (month: string) => `The figure at the right is ${month} so far and leads to what is behind it.`,
  thisMonthShort: 'this month',
  belowPromise: 'below target',

  months: 'The last twelve months',
  componentMonths: 'Month by month',
  monthsCaption: 'Month by month; every figure leads to what is behind it',
  month: 'Month',
  figure: 'Figure',
  verdictColumn: 'Promise',
  downtime: 'Downtime',
  budgetUsed: 'Allowed',
  used: ({ wholeMs }: MonthBudget) => (wholeMs === 0 ? '–' : shortLengthOf(wholeMs)),
  running: 'so far',
  notWatchedBefore: (month: string) => `Before ${month} nothing was watched.`,
  notWatched: 'Avow was not watching yet.',

  terms: 'The terms',
  termNames: {
    promise: 'Promise',
    maintenance: 'Maintenance',
    notice: 'Notice',
    down: 'Down',
    outage: 'Outage',
    unknown: 'Not measured',
    figures: 'Figures',
    changes: 'Changes',
  },
  promiseTerm: ({ targetPpm, thirtyDaysBudgetMs }: TermsView, zone: string) =>
    `Outside announced maintenance the service is up ${target(targetPpm)} of the time, in every calendar month (${zone}). Thirty days without maintenance may have ${lengthOrNone(thirtyDaysBudgetMs)} of downtime.`,
  reserveTerm: ({ weekday, start, durationMin }: ReserveRule, zone: string) =>
    `Every ${weekdayWord(weekday)} ${lengthOf(durationMin * 60_000)} from ${start} (${zone}) are reserved. What is announced inside them is left out of the figure; the rest of them counts like any other time.`,
  nextSlot: 'Next:',
  slotBreaks: ({ reserve, slotBreaks }: TermsView) =>
    slotBreaks ? `One full unannounced ${weekdayWord(reserve.weekday)} of downtime alone breaks the promise of its month.` : '',
  noticeTerm: (minNoticeMs: number) =>
    `${minNoticeMs === 0 ? 'An announcement counts when it is public before the reserved time begins.' : `An announcement counts when it is public ${lengthOf(minNoticeMs)} before the reserved time begins.`} What is changed later can only take time away. Work that takes longer than announced counts.`,
  downTerm: (terms: TermsView) =>
    `${decides(terms.critical)} ${terms.countDegraded ? 'Slow answers count as down.' : 'Slow answers are shown as degraded and do not count as down.'}`,
  outageTerm: ({ confirmations }: Pick<TermsView, 'confirmations'>) => confirmed(confirmations ?? [2, 2]),
  unknownTerm: (policy: UnknownPolicy) => UNKNOWN[policy],
  figuresTerm:
    'Percentages are cut off after the fourth decimal and never rounded: 100 is shown only when nothing was lost. Comparisons are made in whole milliseconds.',
  changesTerm: 'Terms change only from the first of a month.',

  explainedTitle: (subject: string | null, month: string, page: string) =>
    `${subject === null ? '' : `${subject}, `}${month}, explained · ${page}`,
  explained: (subject: string | null, month: string, figure: string | null) =>
    `${subject === null ? month : `${subject}, ${month}`}: ${figure === null ? 'no figure' : percent(figure)}.`,
  sum: 'The sum',
  sumCaption: 'How the figure comes about, to the millisecond',
  sumWhat: 'What',
  sumLength: 'Length',
  sumMs: 'Milliseconds',
  sumRows: {
    period: (from: string, to: string) => `From ${from} to ${to}`,
    excluded: 'less announced maintenance',
    eligible: 'what the promise covers',
    unknown: 'less what was not measured',
    unknownDown: 'less what was not measured: it counts as down',
    known: 'measured',
    down: 'less downtime',
    up: 'up',
    upWithUnknown: 'up, what was not measured among it',
  },
  division: (part: string, whole: string) => `${part} / ${whole} = `,
  cutOff: ', cut off after the fourth decimal.',
  watchedFrom: (at: string) => `Avow began to watch at ${at}; nothing before it is judged.`,

  down: 'What was down',
  nothingDown: 'Nothing was down.',
  overlap: (countedMs: number) => `Outages at one time count once: ${lengthOrNone(countedMs)} count.`,
  excluded: 'What was left out',
  nothingExcluded: 'Nothing was left out: no maintenance was announced, or none of it counts.',
  refused: 'Announced, and counts all the same',
  unknown: 'What was not measured',
  nothingUnknown: 'Everything was measured.',
  blips: 'Too short to count',
  blipsNote: (count: number, ms: number) =>
    `${plural(count, 'failure')} refuted by the next check, ${lengthOrNone(ms)} together. They count as up.`,
  byComponent: 'Component by component',
  componentsCaption: 'Each component by itself, by the same terms',
  more: (count: number, what = 'line') => `${plural(count, `more ${what}`)} not shown.`,
  tableCaption: (zone: string) => `Times in ${zone}`,
  component: 'Component',
  when: 'When',
  length: 'Length',
  said: 'What was said',
  byHand: 'Entered by a person.',
  announcement: 'Announced as',
  announcedAt: (rev: number) => `revision ${rev}, announced`,
  firstAnnounced: 'Announced',
  why: 'Why it counts',
  cause: 'Why',
  location: 'Seen from',
  others: (count: number) => `and ${plural(count, 'other')}`,
  reason: refusedWords,
  causeOf: unknownWords,
  oneByOne: 'One by one',
  notCounted: 'counted in the month before',
  otherMonths: 'Other months',
  wholeService: (month: string) => `The service in ${month}`,
  allMonths: 'All months and the terms',
};
