/** Arabic words of the page about the API. */
import type { apiWords as english } from '../en/api.ts';
import { latin, named } from './grammar.ts';

export const apiWords: typeof english = {
  title: (name) => `${named(name)}: واجهة برمجة التطبيقات`,
  heading: 'واجهة برمجة التطبيقات',
  intro: `ما تقوله هذه الصفحات، بصيغة ${latin('JSON')} للبرامج. لا حاجة إلى تسجيل الدخول، ويجوز لأي صفحة ويب قراءته. تُصنع الردود مرة واحدة لكل تغيير: مع ${latin('If-None-Match')} لا يكلّف الرد الذي لم يتغيّر شيئًا.`,
  ways: `للمستندات تحت ${latin('/api/v2')} شكل ${latin('Statuspage')}، فتقرأ البرامج المكتوبة له هذه الصفحة أيضًا. وتقول المستندات تحت ${latin('/api/v1')} ما لا كلمات له في ذلك الشكل: الوقت غير المعروف والحدود والأحكام والأسباب.`,
  errors: `ما لا يمكن الرد عليه يصبح مستند مشكلة (${latin('RFC 9457')}): جملة تقول ما حدث وما العمل.`,
  openapi: `هذه الصفحة مرسومة من مستند ${latin('OpenAPI')}:`,
  operations: 'العناوين',
  schemas: 'الأشكال',
  parameters: 'المعاملات',
  example: 'مثال طلب',
  answers: 'الردود',
  noParameters: 'لا يقبل أي معاملات.',
  name: 'الاسم',
  place: 'المكان',
  places: { path: 'في المسار', query: 'في الاستعلام' },
  type: 'النوع',
  meaning: 'المعنى',
  required: 'مطلوب',
  optional: 'اختياري',
  status: 'رمز الحالة',
  shape: 'الشكل',
  tableOf: (name) => `حقول ${latin(name)}`,
  parametersOf: (path) => `معاملات ${latin(path)}`,
  answersOf: (path) => `ردود ${latin(path)}`,
  types: {
    string: 'نص',
    integer: 'عدد صحيح',
    number: 'عدد',
    boolean: 'صواب أو خطأ',
    object: 'كائن',
    null: 'فارغ',
    'date-time': `وقت (${latin('ISO 8601, UTC')})`,
    date: 'تاريخ',
    unknown: 'أي شيء',
  },
  listOf: (type) => `قائمة: ${type}`,
  orNull: (type) => `${type}، أو فارغ`,
  oneOf: (values) =>
    values.length === 1 ? `دائمًا ${latin(values.join(''))}` : `واحد من ${values.map((value) => latin(value)).join('، ')}`,
  between: (least, most) => `من ${latin(least)} إلى ${latin(most)}`,
  usually: (value) => `${latin(value)} عند إغفاله`,

  maintenancePosts: {
    started: 'بدأت نافذة الصيانة.',
    ended: 'انقضت نافذة الصيانة.',
    completed: 'أُنجزت الصيانة قبل نهاية نافذتها.',
    cancelled: 'أُلغيت الصيانة.',
  },
  localWindow: ({ day, from, endDay, to }, zone) =>
    day === endDay ? `${day}، من ${from} إلى ${to}، ${zone}` : `${day}، ${from} إلى ${endDay}، ${to}، ${zone}`,
};
