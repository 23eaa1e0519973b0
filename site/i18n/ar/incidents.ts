/** Arabic sentences of the page of an incident. */
import type { incidentWords as english } from '../en/incidents.ts';
import { NOUNS, named, plural, quoted } from './grammar.ts';

export const incidentWords: typeof english = {
  pageTitle: (title, page) => `${named(title)} · ${named(page)}`,
  openSince: (at) => `مفتوح منذ ${at}`,
  wasOpen: (since, asOf) => `بدأ في ${since} ولم يكن قد انتهى في ${asOf}.`,
  lasted: (from, to, length) => `استمر من ${from} إلى ${to}، ${length}.`,
  detected: 'اكتشفته الفحوص من تلقاء نفسها.',
  opened: 'فُتح يدويًا.',
  impact: {
    none: 'بلا أثر.',
    minor: 'أثر طفيف.',
    major: 'أثر كبير.',
    critical: 'أثر بالغ.',
  },

  affected: 'المكوّنات المتأثرة',
  impactOf: {
    none: 'غير متأثر',
    degraded: 'أداء متراجع',
    partial_outage: 'انقطاع جزئي',
    major_outage: 'انقطاع',
  },
  nowAndWorst: (now, worst) => `${now}؛ في أسوأ الأحوال: ${worst}`,
  atWorst: (impact) => `في أسوأ الأحوال: ${impact}`,

  posts: 'ما نُشر عنه',
  noPosts: 'لم يُنشر شيء.',
  called: (title) => `العنوان من هنا فصاعدًا: ${quoted(title)}.`,
  impactSaid: (name, impact) => `${named(name)}: ${impact}`,

  seen: 'ما رصدته الفحوص',
  seenNote: 'من قبيل بدايته إلى ما بعد نهايته بقليل. يبيّن الخط في الأعلى المدة التي كان فيها الحادث مفتوحًا.',
  seenNoteOpen: 'من قبيل بدايته حتى الآن. يبيّن الخط في الأعلى المدة التي مضت على الحادث وهو مفتوح.',
  seenLabel: (name, from, to, parts) => `${named(name)}، من ${from} إلى ${to}: ${parts.join('، ')}`,
  seenPart: (state, length) => `${state} ${length}`,
  seenTable: 'على شكل جدول',
  nothingSeen: 'لم يُقَس شيء.',
  moreSeen: (count) => `غير معروض هنا من الفترات اللاحقة: ${plural(count, NOUNS.stretch)}؛ وهي في صفحة المكوّن.`,

  counted: 'هل احتُسب',
  countedNote: 'ما يُنشر هنا لا يحتسب شيئًا. وقت التوقف هو ما رصدته الفحوص وما صُحّح في الدفتر؛ وكل شهر يشرحه:',
  countedIn: (name, month) => `${named(name)} في ${month}`,
};
