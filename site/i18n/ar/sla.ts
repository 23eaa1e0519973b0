/** Arabic sentences about the promise, the figures of months and the slices behind them. */
import { ppmWords } from '#domain/report/value-words.ts';
import type { UnknownPolicy } from '#domain/sla/terms.ts';
import type { MonthBudget, Standing } from '#monitor/views/month-figure.ts';
import type { TermsView } from '#monitor/views/sla-view.ts';
import { figureText } from '../../format.ts';
import type { slaWords as english } from '../en/sla.ts';
import { refusedWords, unknownWords, weekdayWord } from './domain.ts';
import { any, latin, lengthOf, lengthOrNone, NOUNS, named, plural, shortLengthOf } from './grammar.ts';

/** The sign stands at the digits, and both stay together. */
const percent = (figure: string): string => latin(`${figureText('ar', figure)}%`);
const target = (ppm: number): string => percent(ppmWords(ppm).replace(' %', ''));

const UNKNOWN: Readonly<Record<UnknownPolicy, string>> = {
  exclude:
    'الوقت الذي لا دليل عليه لا يُحتسب تشغيلًا ولا توقفًا. عندئذ تقع النسبة بين حدين، أحدهما لو كان كله توقفًا والآخر لو كان كله تشغيلًا؛ ولا يُعد الوعد محفوظًا إلا إذا حفظه الحد الأدنى أيضًا.',
  down: 'الوقت الذي لا دليل عليه يُحتسب توقفًا. وتُذكر بجانب النسبة قيمتها لو كان كله تشغيلًا.',
  up: 'الوقت الذي لا دليل عليه يُحتسب تشغيلًا. وتُذكر بجانب النسبة قيمتها لو كان كله توقفًا.',
};
const soFar: Readonly<Record<Standing, (promise: string) => string>> = {
  met: (promise) => `الوعد بنسبة ${promise} محفوظ حتى الآن.`,
  below: (promise) => `هذا دون الوعد بنسبة ${promise}؛ ولا يزال بوسع بقية الشهر أن تعوّضه.`,
  missed: (promise) => `أُخلف الوعد بنسبة ${promise}: لا تستطيع بقية الشهر تعويضه.`,
  indeterminate: (promise) => `ما قيس أقل من أن يبيّن هل الوعد بنسبة ${promise} محفوظ حتى الآن.`,
  not_applicable: () => 'ليس هناك ما يُحكم عليه بعد.',
};
const over: Readonly<Record<Standing, (promise: string) => string>> = {
  met: (promise) => `حُفظ الوعد بنسبة ${promise}.`,
  below: (promise) => `لم يُحفظ الوعد بنسبة ${promise}.`,
  missed: (promise) => `لم يُحفظ الوعد بنسبة ${promise}.`,
  indeterminate: (promise) => `لم يُحسم هل حُفظ الوعد بنسبة ${promise}: قد يرجّح الوقت غير المقيس أيًا من الاحتمالين.`,
  not_applicable: () => 'لم يبقَ ما يُحكم عليه.',
};
const standings: Readonly<Record<Standing, string>> = {
  met: 'محفوظ',
  below: 'دون الوعد',
  missed: 'لم يُحفظ',
  indeterminate: 'غير محسوم',
  not_applicable: 'لا شيء للحكم عليه',
};

const budgetSoFar = ({ wholeMs, usedMs, leftMs, weekday, slotMs, slotAhead }: MonthBudget, month: string): string => {
  if (leftMs < 0) return `وقت التوقف: ${lengthOrNone(usedMs)}، بزيادة قدرها ${lengthOrNone(-leftMs)} على ما هو مسموح به في ${month}.`;
  const left =
    leftMs === 0
      ? `لم يبقَ وقت توقف مسموح به في ${month}`
      : `وقت التوقف المتبقي: ${lengthOrNone(leftMs)} من أصل ${lengthOrNone(wholeMs, true)} مسموح بها في ${month}`;
  return `${left}${slotAhead && leftMs < slotMs ? `؛ ويكفي توقف كامل غير معلن في يوم ${weekdayWord(weekday)} واحد لإخلاف الوعد` : ''}.`;
};
const budgetOver = ({ wholeMs, usedMs, leftMs }: MonthBudget): string => {
  if (usedMs === 0) return `لا وقت توقف، من أصل ${lengthOrNone(wholeMs, true)} يسمح بها الوعد.`;
  if (leftMs < 0)
    return `وقت التوقف: ${lengthOrNone(usedMs)}، بزيادة قدرها ${lengthOrNone(-leftMs)} على ما يسمح به الوعد، وهو ${lengthOrNone(wholeMs)}.`;
  return `وقت التوقف: ${lengthOrNone(usedMs)}، من أصل ${lengthOrNone(wholeMs, true)} يسمح بها الوعد.`;
};

const confirmed = ([least, most]: readonly [number, number]): string => {
  if (most === 1) return 'فحص فاشل واحد يعني انقطاعًا؛ يُؤرّخ بذلك الفحص وينتهي بأول فحص ناجح.';
  const many = least === most ? '' : `، وحتى ${plural(most, NOUNS.failedCheck, true)} كما تبيّن صفحة كل مكوّن`;
  return `يُعد انقطاعًا ما بلغ ${plural(least, NOUNS.failedCheck, true)} على التوالي${many}؛ يُؤرّخ بأولها وينتهي بأول فحص ناجح. وما كان أقل من ذلك ثم تبعه فحص ناجح فهو أقصر من أن يُحتسب؛ ومع ذلك يُذكر.`;
};
const decides = ({ names, others }: TermsView['critical']): string => {
  if (names.length === 0) return 'لا يُراقب بعد أي شيء محسوب.';
  const each = [...names.map(named), ...(others > 0 ? [plural(others, NOUNS.otherComponent)] : [])];
  return `تُعد الخدمة متوقفة ما دام أي مما يلي متوقفًا: ${any(each)}. الانقطاعات المتزامنة تُحتسب مرة واحدة؛ والمكوّنات الأخرى لا تُحتسب أبدًا.`;
};

export const slaWords: typeof english = {
  nav: 'الوعد والنسب',
  percent,
  target,
  noFigure: 'لا نسبة',
  promise: (ppm) => `نعد بتوافر قدره ${target(ppm)} خارج أوقات الصيانة المعلنة.`,
  title: (page) => `ما وُعد به وما حُفظ منه · ${named(page)}`,

  thisMonth: (month, current) => (current ? `${month} حتى الآن` : month),
  asOf: (at) => `حتى ${at}؛ لا يُعرف ما هو أحدث.`,
  ofMeasured: ({ knownMs }) => ` من وقت مقيس قدره ${lengthOf(knownMs)}.`,
  ofMeasuredAlone: ({ knownMs }) => `من وقت مقيس قدره ${lengthOf(knownMs)}.`,
  noFigureYet: (running) => (running ? 'لا توجد نسبة بعد: لم يُقَس شيء.' : 'لا توجد نسبة: لم يُقَس شيء.'),
  inMonth: (month) => `في ${month}`,
  verdict: ({ standing, targetPpm, running }, current) => (running && current ? soFar : over)[standing](target(targetPpm)),
  verdictAsOf: (ppm) => `الموعود به ${target(ppm)}.`,
  standing: (standing) => standings[standing],
  bounds: (unknownMs) => `غير مقيس: ${lengthOrNone(unknownMs)}. لو كان كله توقفًا لكانت النسبة `,
  boundsMiddle: '، ولو كان كله تشغيلًا لكانت ',
  between: (lower, upper) => `من ${latin(lower)} إلى ${latin(upper)}`,
  budget: ({ budget, running }, month) => (running ? budgetSoFar(budget, month) : budgetOver(budget)),
  explain: 'شرح هذه النسبة',
  rowNote: (month) => `النسبة في نهاية السطر هي نسبة ${month} حتى الآن، وتقود إلى ما وراءها.`,
  thisMonthShort: 'هذا الشهر',
  belowPromise: 'دون الهدف',

  months: 'آخر اثني عشر شهرًا',
  componentMonths: 'شهرًا بشهر',
  monthsCaption: 'شهرًا بشهر؛ كل نسبة تقود إلى ما وراءها',
  month: 'الشهر',
  figure: 'النسبة',
  verdictColumn: 'الوعد',
  downtime: 'وقت التوقف',
  budgetUsed: 'المسموح به',
  used: ({ wholeMs }) => (wholeMs === 0 ? '–' : shortLengthOf(wholeMs)),
  running: 'حتى الآن',
  notWatchedBefore: (month) => `قبل ${month} لم يكن أي شيء مراقبًا.`,
  notWatched: `لم يكن ${latin('Avow')} يراقب بعد.`,

  terms: 'الشروط',
  termNames: {
    promise: 'الوعد',
    maintenance: 'الصيانة',
    notice: 'الإعلان المسبق',
    down: 'التوقف',
    outage: 'الانقطاع',
    unknown: 'غير المقيس',
    figures: 'النسب',
    changes: 'التغييرات',
  },
  promiseTerm: ({ targetPpm, thirtyDaysBudgetMs }, zone) =>
    `خارج أوقات الصيانة المعلنة تعمل الخدمة ${target(targetPpm)} من الوقت، في كل شهر ميلادي (${zone}). والمسموح به في ثلاثين يومًا من دون صيانة هو ${lengthOrNone(thirtyDaysBudgetMs)} من وقت التوقف.`,
  reserveTerm: ({ weekday, start, durationMin }, zone) =>
    `محجوز كل يوم ${weekdayWord(weekday)}: ${lengthOf(durationMin * 60_000)} ابتداءً من ${start} (${zone}). ما يُعلن ضمن هذا الوقت يُستثنى من النسبة؛ وبقيته تُحتسب كأي وقت آخر.`,
  nextSlot: 'التالية:',
  slotBreaks: ({ reserve, slotBreaks }) =>
    slotBreaks ? `توقف كامل غير معلن في يوم ${weekdayWord(reserve.weekday)} واحد يكفي وحده لإخلاف وعد شهره.` : '',
  noticeTerm: (minNoticeMs) =>
    `${minNoticeMs === 0 ? 'يُعتدّ بالإعلان إذا كان منشورًا قبل بداية الوقت المحجوز.' : `يُعتدّ بالإعلان إذا كان منشورًا قبل بداية الوقت المحجوز بمدة لا تقل عن ${lengthOf(minNoticeMs, true)}.`} وما يُعدّل بعد ذلك لا يمكنه إلا أن ينقص الوقت. والعمل الذي يطول أكثر مما أُعلن يُحتسب.`,
  downTerm: (terms) =>
    `${decides(terms.critical)} ${terms.countDegraded ? 'الردود البطيئة تُحتسب توقفًا.' : 'الردود البطيئة تُعرض بوصفها أداءً متراجعًا ولا تُحتسب توقفًا.'}`,
  outageTerm: ({ confirmations }) => confirmed(confirmations ?? [2, 2]),
  unknownTerm: (policy) => UNKNOWN[policy],
  figuresTerm:
    'تُقتطع النسب بعد المنزلة العشرية الرابعة ولا تُقرّب أبدًا: لا تظهر 100 إلا إذا لم يُفقد شيء. وتجري المقارنات بأجزاء صحيحة من ألف من الثانية.',
  changesTerm: 'لا تتغير الشروط إلا ابتداءً من أول الشهر.',

  explainedTitle: (subject, month, page) => `${subject === null ? '' : `${named(subject)}، `}شرح ${month} · ${named(page)}`,
  explained: (subject, month, figure) =>
    `${subject === null ? month : `${named(subject)}، ${month}`}: ${figure === null ? 'لا نسبة' : percent(figure)}.`,
  sum: 'الحساب',
  sumCaption: 'كيف تنشأ النسبة، بدقة جزء من ألف من الثانية',
  sumWhat: 'البند',
  sumLength: 'المدة',
  sumMs: 'أجزاء الألف من الثانية',
  sumRows: {
    period: (from, to) => `من ${from} إلى ${to}`,
    excluded: 'ناقص الصيانة المعلنة',
    eligible: 'ما يشمله الوعد',
    unknown: 'ناقص ما لم يُقَس',
    unknownDown: 'ناقص ما لم يُقَس: يُحتسب توقفًا',
    known: 'المقيس',
    down: 'ناقص وقت التوقف',
    up: 'وقت التشغيل',
    upWithUnknown: 'وقت التشغيل، ومنه ما لم يُقَس',
  },
  division: (part, whole) => `${part} / ${whole} = `,
  cutOff: '، مقتطعة بعد المنزلة العشرية الرابعة.',
  watchedFrom: (at) => `بدأ ${latin('Avow')} المراقبة في ${at}؛ ولا يُحكم على ما قبل ذلك.`,

  down: 'ما كان متوقفًا',
  nothingDown: 'لم يتوقف شيء.',
  overlap: (countedMs) => `الانقطاعات المتزامنة تُحتسب مرة واحدة؛ المحتسب: ${lengthOrNone(countedMs)}.`,
  excluded: 'ما استُثني',
  nothingExcluded: 'لم يُستثنَ شيء: لم يُعلن عن صيانة، أو لا يُعتدّ بشيء منها.',
  refused: 'معلن، ومحتسب رغم ذلك',
  unknown: 'ما لم يُقَس',
  nothingUnknown: 'قيس كل شيء.',
  blips: 'أقصر من أن يُحتسب',
  blipsNote: (count, ms) => `إخفاقات نفاها الفحص التالي: ${plural(count, NOUNS.failure)}، ومجموعها ${lengthOrNone(ms)}. تُحتسب تشغيلًا.`,
  byComponent: 'مكوّنًا بمكوّن',
  componentsCaption: 'كل مكوّن على حدة، وفق الشروط نفسها',
  more: (count, what) => `غير معروض هنا: ${plural(count, what === undefined || what === 'line' ? NOUNS.line : NOUNS.component)}.`,
  tableCaption: (zone) => `الأوقات حسب ${zone}`,
  component: 'المكوّن',
  when: 'متى',
  length: 'المدة',
  said: 'ما قيل',
  byHand: 'أدخله شخص.',
  announcement: 'أُعلن بوصفه',
  announcedAt: (rev) => `النسخة ${rev}، أُعلنت`,
  firstAnnounced: 'أُعلنت',
  why: 'لماذا يُحتسب',
  cause: 'السبب',
  location: 'رُصد من',
  others: (count) => `و${plural(count, NOUNS.otherComponent)}`,
  reason: refusedWords,
  causeOf: unknownWords,
  oneByOne: 'واحدًا واحدًا',
  notCounted: 'محتسب في الشهر السابق',
  otherMonths: 'أشهر أخرى',
  wholeService: (month) => `الخدمة في ${month}`,
  allMonths: 'كل الأشهر والشروط',
};
