/** Arabic words of what leaves the pages: feeds, calendars, badges, the picture for social networks. */
import type { FeedTopic, MaintenanceEntry } from '#monitor/views/feed-entries.ts';
import type { feedWords as english } from '../en/feeds.ts';
import { all, exactLengthOf, latin, named } from './grammar.ts';

type Reason = MaintenanceEntry['notCounted'][number]['reason'];

const whatOf = (topic: FeedTopic | null): string =>
  topic === null ? 'الحوادث والصيانة والإصدارات' : { incident: 'الحوادث', maintenance: 'الصيانة', release: 'الإصدارات' }[topic];

const notCounted: Readonly<Record<Reason, string>> = {
  late: 'لأنها أُعلنت بعد انقضاء المهلة',
  outside_reserve: 'لأنها تقع خارج النافذة المحجوزة',
  late_edit: 'لأنها عُدّلت بعد انقضاء المهلة، ومثل هذا التعديل لا يمكنه إلا أن ينقص الوقت',
  cancelled: 'لأنها أُلغيت',
  completed: 'لأن العمل انتهى قبل ذلك',
  unapproved_import: 'لأنها سُجّلت بعد وقوعها، ولم يوافق عليها شخص ثانٍ',
};
const steps = {
  maintenance: { announced: 'إعلان صيانة', revised: 'تعديل صيانة', cancelled: 'إلغاء صيانة', completed: 'انتهاء صيانة' },
  release: {
    published: (version: string) => `ملاحظات الإصدار ${latin(version)}`,
    revised: (version: string) => `تعديل ملاحظات الإصدار ${latin(version)}`,
    deployed: (version: string) => `الإصدار ${latin(version)} في بيئة الإنتاج`,
    rolled_back: (version: string) => `التراجع عن الإصدار ${latin(version)}`,
  },
};

export const feedWords: typeof english = {
  title: (page, topic, component) =>
    component === null ? `${named(page)}: ${whatOf(topic)}` : `${named(page)}: ${whatOf(topic)} الخاصة بالمكوّن ${named(component)}`,
  about: (page, topic, component) =>
    component === null
      ? `كل تحديث عن ${whatOf(topic)} لدى ${named(page)}، الأحدث أولًا.`
      : `كل تحديث عن ${whatOf(topic)} لدى ${named(page)} يخص المكوّن ${named(component)}، الأحدث أولًا.`,

  incidentTitle: (status, title) => `${status}: ${named(title)}`,
  maintenanceTitle: (step, title) => `${steps.maintenance[step]}: ${named(title)}`,
  releaseTitle: (step, version, title) => `${steps.release[step](version)}${title === null ? '' : `: ${named(title)}`}`,

  concerns: (names) => (names === null ? 'يخص كل المكوّنات.' : `يخص: ${all(names.map(named))}.`),
  window: (window) => `النافذة: ${window}.`,
  counted(excludedMs, announcedMs) {
    if (announcedMs > 0 && excludedMs === announcedMs) return `مستثنى من حساب التوافر: ${exactLengthOf(excludedMs)}، أي المدة كلها.`;
    if (excludedMs === 0) return `غير مستثنى من حساب التوافر: تُحتسب المدة (${exactLengthOf(announcedMs)}) كأي وقت آخر.`;
    return `مستثنى من حساب التوافر: ${exactLengthOf(excludedMs)} من ${exactLengthOf(announcedMs)}.`;
  },
  notCounted: (ms, reason) => `غير مستثنى: ${exactLengthOf(ms)}، ${notCounted[reason]}.`,
  changes: (changes) => `ما الذي يتغيّر: ${changes.join('؛ ')}.`,
  change: (version, title) => (title === null ? latin(version) : `${latin(version)}، ${named(title)}`),

  maintenanceCalendar: (page) => `${named(page)}: الصيانة`,
  maintenanceCalendarAbout: (page) => `الصيانة المعلنة لدى ${named(page)}.`,
  reservedCalendar: (page) => `${named(page)}: محجوز للصيانة`,
  reservedCalendarAbout: (page) => `نوافذ محجوزة للصيانة لدى ${named(page)} لم يُعلن فيها عن شيء. تبقى الخدمة عاملة خلالها.`,
  category: 'صيانة',
  eventTitle: (page, title) => `${named(page)}: ${named(title)}`,
  reservedTitle: (page) => `${named(page)}: محجوز للصيانة، لم يُعلن عن شيء`,
  reservedFree: 'هذه النافذة محجوزة للصيانة. لم يُعلن فيها عن شيء، لذلك تبقى الخدمة عاملة.',
  reservedTaken: 'أُعلن عن صيانة في هذه النافذة، وهي في تقويم الصيانة المعلنة.',

  deployed: (at) => `طُرح في بيئة الإنتاج: ${at}.`,
  rolledBack: (at) => `سُحب من بيئة الإنتاج: ${at}.`,
  kind: { standard: 'إصدار عادي.', hotfix: 'إصلاح عاجل.', emergency: 'إصدار طارئ.' },
};
