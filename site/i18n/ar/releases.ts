/** Arabic sentences of the release pages. */
import type { NotesGroup } from '#domain/release/notes-groups.ts';
import type { ReleaseKind } from '#domain/release/release-fact.ts';
import type { UnscheduledReason } from '#domain/release/release-standing.ts';
import type { releasesWords as english } from '../en/releases.ts';
import { latin, NOUNS, named, plural, quoted } from './grammar.ts';

const groups: Record<NotesGroup['kind'], string> = {
  added: 'أُضيف',
  changed: 'تغيّر',
  deprecated: 'في طريقه إلى الإزالة',
  removed: 'أُزيل',
  fixed: 'أُصلح',
  security: 'الأمان',
  other: 'ملاحظات',
};
const kinds: Record<ReleaseKind, string> = { standard: 'إصدار', hotfix: 'إصلاح عاجل', emergency: 'طارئ' };
const unscheduled: Record<UnscheduledReason | 'over', string> = {
  cancelled: 'أُلغيت النافذة التي كان مخططًا له فيها.',
  nothing_excluded: 'لم يبقَ شيء من النافذة التي كان مخططًا له فيها.',
  shrunk: 'النافذة التي كان مخططًا له فيها لم تعد تتسع لموعده.',
  over: 'انتهت النافذة التي كان مخططًا له فيها قبل وصوله إلى بيئة الإنتاج.',
};
const heading = (version: string, title: string | null): string =>
  title === null ? `الإصدار ${latin(version)}` : `${latin(version)}: ${named(title)}`;

export const releasesWords: typeof english = {
  nav: 'الإصدارات',
  title: (page) => `الإصدارات · ${named(page)}`,
  releaseTitle: (version, title, page) => `${title === null ? latin(version) : `${latin(version)}: ${named(title)}`} · ${named(page)}`,
  headline: (count, day) => `${plural(count, NOUNS.release)} ضمن خطة ${day}.`,
  nothingPlanned: 'لا إصدار مخططًا له.',
  heading,

  coming: 'ما هو مخطط له',
  changesOn: (day) => `ما الذي يتغيّر: ${day}`,
  changedOn: (day) => `ما الذي تغيّر: ${day}`,
  changesUnplanned: 'ما الذي يتغيّر',
  unplanned: 'ليس في نافذة بعد',
  released: 'ما طُرح',
  nothingReleased: 'لم يُطرح شيء بعد.',
  omitted: (count) => `إصدارات أقدم غير معروضة: ${plural(count, NOUNS.release)}.`,

  kinds,
  groups,
  plannedFor: 'مخطط له في',
  window: 'النافذة',
  plannedIn: (title) => `مخطط له ضمن الصيانة ${quoted(title)}.`,
  deployedIn: (title) => `نُفّذ ضمن الصيانة ${quoted(title)}.`,
  notInWindow: 'ليس في أي نافذة معلنة بعد.',
  unscheduled: (reason) => unscheduled[reason],

  facts: 'متى',
  notesPublic: 'نشر الملاحظات',
  revisions: 'تعديلات الملاحظات',
  amended: 'معدّل',
  amendedNote: 'عُدّلت الملاحظات بعد أن بدأت النافذة أو بعد أن وصل الإصدار إلى بيئة الإنتاج.',
  firstRevision: 'أول نشر',
  laterRevision: 'عُدّلت',
  deployed: 'طُرح',
  rolledBack: 'سُحب',
  inside: 'ضمن النافذة',
  outside: 'خارج نافذة صيانة',
  outsideNote: 'جرى تغييره في بيئة الإنتاج في وقت لم يُعلن بوصفه صيانة، أو لا يُحتسب كذلك.',
  emergency: 'بوصفه طارئًا',
  noNotes: 'لم تُنشر ملاحظات لهذا الإصدار.',
  all: 'كل الإصدارات',
  waiting: 'ليس في نافذة',
  marks: {
    coming: 'مخطط له',
    released: 'طُرح',
    rolled_back: 'سُحب',
    outside: 'خارج نافذة صيانة',
  },
};
