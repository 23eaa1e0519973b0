/** Arabic words of the page about feeds, calendars and other ways to hear of what happens. */
import type { subscribeWords as english } from '../en/subscribe.ts';
import { latin, named } from './grammar.ts';

export const subscribeWords: typeof english = {
  title: (name) => `الاشتراك · ${named(name)}`,
  headline: 'متابعة المستجدات من دون زيارة هذه الصفحات.',
  lead: 'كل ما في هذه الصفحات يمكن أن يتابعه برنامج: قارئ خلاصات أو تقويم أو برنامج خاص. ولا حاجة إلى أي تسجيل.',

  feeds: 'الخلاصات',
  feedsLead: 'مدخل واحد لكل تحديث، بنصه الكامل. يعرض قارئ الخلاصات الجديد منها خلال دقائق.',
  feedOf: 'ما تتضمنه',
  feedAs: (kind) => `بصيغة ${latin(kind)}`,
  feed: {
    feed: 'كل شيء',
    incidents: 'الحوادث',
    maintenance: 'الصيانة',
    releases: 'الإصدارات',
  },
  feedLink: (what, kind) => `${named(what)}، ${latin(kind)}`,
  perComponent: 'مكوّن واحد فقط',
  perComponentLead: 'حوادث ذلك المكوّن وصيانته.',

  calendars: 'التقاويم',
  calendarsLead: 'تظهر النوافذ في تقويمك بمنطقتك الزمنية، وتتبع كل نقل أو تقصير أو إلغاء.',
  announced: 'النوافذ المعلنة',
  announcedNote: 'أعمال ستُنفّذ.',
  reserved: 'النوافذ المحجوزة',
  reservedNote: 'أوقات يمكن أن يُعلن فيها عن أعمال، بوصفها مواعيد مبدئية. من دون إعلان تبقى الخدمة عاملة.',
  subscribeTo: 'الاشتراك',
  file: 'العنوان',
  howTo: 'كيف يُضاف تقويم',
  programs: [
    ['Google Calendar', `على حاسوب: «تقاويم أخرى»، ثم علامة الجمع، ثم «من عنوان ${latin('URL')}». يُلصق العنوان.`],
    ['Apple Calendar', 'يُفتح رابط «الاشتراك» في هذه الصفحة؛ أو من قائمة «ملف»: «اشتراك جديد في تقويم»، ثم يُلصق العنوان.'],
    ['Outlook', '«إضافة تقويم»، ثم «الاشتراك من الويب». يُلصق العنوان.'],
    ['Thunderbird', '«تقويم جديد»، ثم «على الشبكة». يُلصق العنوان.'],
  ],
  slowPrograms: 'بعض البرامج لا تبحث عن التغييرات إلا مرة في اليوم. الصفحات هنا محدّثة دائمًا.',

  application: 'في تطبيقك',
  widget: 'أداة مصغّرة تعرض الحالة الراهنة والنافذة التالية',
  api: `واجهة برمجة التطبيقات، بصيغة ${latin('JSON')}، للبرامج`,
  badges: 'شارات لصفحة أو لملف تعريف بمشروع',
};
