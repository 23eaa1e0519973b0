/** Arabic sentences about maintenance: what runs, what is announced and reserved, what became of it. Times come formatted, lengths in ms. */
import type { MaintenanceState } from '#domain/maintenance/account.ts';
import type { maintenanceWords as english } from '../en/maintenance.ts';
import { refusedWords, weekdayWord } from './domain.ts';
import { exactLengthOf, latin, lengthOf, lengthOrNone, listed, NOUNS, named, quoted, shortLengthOf } from './grammar.ts';

const states: Readonly<Record<MaintenanceState, string>> = {
  upcoming: 'معلنة',
  running: 'جارية',
  past: 'انقضت',
  completed: 'أُنجزت',
  cancelled: 'أُلغيت',
};

const account: typeof english.account = ({ state, announcedMs, excludedMs, refused, imported }, announced) => {
  const said = `${imported ? 'قيل إنها أُعلنت يوم' : 'أُعلنت يوم'} ${announced}`;
  const endedBefore = state === 'cancelled' && refused.every(({ reason }) => reason === 'cancelled');
  if (excludedMs === 0 && endedBefore) return `${said}، وأُلغيت قبل أن تبدأ: لا يُستثنى شيء.`;
  if (excludedMs === 0) return `${said}: غير مجدولة، وتُحتسب كأي وقت آخر.`;
  if (excludedMs === announcedMs) return `${said}: مستثناة من حساب التوافر، ${lengthOrNone(excludedMs)}.`;
  return `${said}: مستثنى من حساب التوافر ${lengthOrNone(excludedMs)} من أصل ${lengthOrNone(announcedMs, true)}.`;
};

export const maintenanceWords: typeof english = {
  title: (page) => `الصيانة · ${named(page)}`,
  headline: (running, next, ahead) => {
    if (running.length === 1) return `الصيانة جارية: ${named(running[0] ?? '')}.`;
    if (running.length > 1) return `أعمال صيانة جارية في ${listed(running, NOUNS.window)}.`;
    if (next !== null) return `موعد الصيانة التالية المعلنة: ${next}.`;
    return ahead ? 'لا صيانة معلنة؛ تبقى الخدمة عاملة.' : 'لا صيانة معلنة.';
  },
  rule: ({ weekday, start, durationMin }, zone) =>
    `محجوز كل يوم ${weekdayWord(weekday)}: ${lengthOf(durationMin * 60_000)} ابتداءً من ${start} (${zone}). لا يُستثنى من نسبة التوافر إلا ما يُعلن ضمن هذا الوقت قبل أن يبدأ.`,
  state: (state) => states[state],

  now: 'جارية الآن',
  progress: ({ passedMs, wholeMs, leftMs }) =>
    passedMs < 1_000
      ? `بدأت للتو؛ المتبقي ${lengthOrNone(leftMs)}.`
      : `مضت ${lengthOf(passedMs)} من أصل ${lengthOrNone(wholeMs, true)}؛ المتبقي ${lengthOrNone(leftMs)}.`,
  progressLabel: (title) => `ما مضى من النافذة: ${named(title)}`,

  ahead: 'المعلن والمحجوز',
  nothingAhead: 'لا شيء محجوز، ولا شيء معلن.',
  reservedNothing: (from, to) => `محجوز من ${from} إلى ${to}. لم يُعلن عن شيء؛ تبقى الخدمة عاملة.`,
  outside: 'خارج الوقت المحجوز.',

  past: 'ما آلت إليه',
  pastCaption: 'لكل نافذة محجوزة: كم أُعلن منها، وكم من ذلك مستثنى من حساب التوافر، وكم استُخدم.',
  nothingPast: `لم تمرّ أي نافذة محجوزة منذ بدأ ${latin('Avow')} المراقبة.`,
  older: (month) => `النوافذ السابقة لشهر ${month} معروضة شهرًا بشهر في السجل.`,
  window: 'النافذة',
  reservedMs: 'محجوز',
  announcedMs: 'معلن',
  excludedMs: 'مستثنى',
  usedMs: 'مستخدم',
  length: (ms) => (ms === 0 ? '–' : shortLengthOf(ms)),
  use: ({ reservedMs, announcedMs, excludedMs, usedMs }) =>
    `المحجوز: ${lengthOf(reservedMs)}؛ المعلن: ${announcedMs === 0 ? 'لا شيء' : lengthOrNone(announcedMs)}؛ المستثنى: ${excludedMs === 0 ? 'لا شيء' : lengthOrNone(excludedMs)}؛ المستخدم: ${usedMs === 0 ? 'لا شيء' : lengthOrNone(usedMs)}.`,
  elsewhere: (ms) => `محتسب في نسبة الخدمة رغم ذلك: ${lengthOrNone(ms)}. ${refusedWords('down_elsewhere')}`,
  usedNote: 'المستخدم هو الوقت المستثنى الذي كان فيه مكوّن متوقفًا أو لم يُقَس فيه شيء.',

  affects: 'تشمل',
  all: 'كل المكوّنات',
  account,
  refused: (reason, ms) => `غير مستثنى: ${lengthOrNone(ms)}. ${refusedWords(reason)}`,
  reason: refusedWords,
  endedAt: (state, at) => `${state === 'cancelled' ? 'أُلغيت' : 'أُنجزت'} يوم ${at}.`,
  notDeciding: 'لا تشمل أي مكوّن محسوب، لذلك لا تتأثر بها نسبة الخدمة.',
  imported: (approved) =>
    approved === null
      ? 'سُجّلت بعد وقوعها. لم يوافق عليها شخص ثانٍ، لذلك لا تستثني شيئًا.'
      : `سُجّلت بعد وقوعها، ووافق عليها شخص ثانٍ يوم ${approved}.`,

  changes: 'ما الذي يتغيّر',
  release: (version, title) => (title === null ? latin(version) : `${latin(version)}: ${named(title)}`),
  notes: (at) => (at === null ? 'لم تُنشر الملاحظات.' : `نُشرت الملاحظات يوم ${at}.`),
  releasedSentence: ({ kind, place }, at) => {
    if (kind === 'rollback') return `سُحب يوم ${at}.`;
    return `طُرح يوم ${at}، ${place === 'outside_window' ? 'خارج أي نافذة معلنة' : 'ضمن نافذة معلنة'}.`;
  },

  announcementTitle: (title, page) => `${named(title)} · الصيانة · ${named(page)}`,
  text: 'الإعلان',
  noText: 'لم يُذكر شيء آخر.',
  counts: 'ما يُحتسب',
  countsCaption: (zone) => `ما يُستثنى منها من حساب التوافر؛ الأوقات حسب ${zone}`,
  part: 'من – إلى',
  partLength: 'المدة',
  partSays: 'التوافر',
  partExcluded: 'مستثنى.',
  partCounts: (reason) => `محتسب. ${refusedWords(reason)}`,
  whole: (excludedMs, announcedMs) =>
    excludedMs === announcedMs && announcedMs > 0
      ? `كلها مستثناة من حساب التوافر: ${exactLengthOf(announcedMs)}.`
      : `المستثنى من حساب التوافر: ${excludedMs === 0 ? 'لا شيء' : exactLengthOf(excludedMs)} من أصل ${exactLengthOf(announcedMs)} معلنة. والباقي يُحتسب كأي وقت آخر.`,
  slot: (from, to, deadline) => `النافذة المحجوزة من ${from} إلى ${to}. لا يُعتدّ بإعلان لها إلا إذا كان منشورًا في موعد أقصاه ${deadline}.`,
  inFigure: (month) => `ما استُثني من نسبة ${month}`,
  revisions: 'كل النسخ',
  revision: (rev) => `النسخة ${rev}`,
  publicAt: (at) => `قيل إنها كانت منشورة يوم ${at}.`,
  changedTime: (what, before, after) => (what === 'start' ? `تبدأ ${after} بدلًا من ${before}.` : `تنتهي ${after} بدلًا من ${before}.`),
  changedTitle: (before, after) => `العنوان ${quoted(after)} بدلًا من ${quoted(before)}.`,
  changedBody: 'نص آخر.',
  fromTo: (from, to) => `من ${from} إلى ${to}.`,
  before: 'قبل',
  after: 'بعد',
  toAll: 'كل أعمال الصيانة',

  next: (day) => `التالية: ${day}`,
  staysUp: 'لم يُعلن عن شيء؛ تبقى الخدمة عاملة.',
  later: 'معلن بعد ذلك:',
  whatChanges: 'ما الذي يتغيّر:',
  changesHeading: 'التغييرات',
  lastReleased: 'آخر ما طُرح',
  nextReleased: 'القادم',
  releasedAt: (at) => `طُرح يوم ${at}`,
  withWindow: (at) => `مخطط له يوم ${at}`,
  withoutWindow: 'من دون نافذة بعد',
  allReleases: 'كل الإصدارات',
};
