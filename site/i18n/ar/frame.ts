/** Arabic words of what stands around every public page. */
import type { frameWords as english } from '../en/frame.ts';
import { named } from './grammar.ts';

export const frameWords: typeof english = {
  describes: (name) => `حالة ${named(name)} الآن، وما هو مخطط له، وما تغيّر، ومدى الوفاء بالتوافر الموعود.`,
  feedTitle: (name) => `${named(name)}: الحوادث والصيانة والإصدارات`,
  skip: 'الانتقال إلى المحتوى',
  nav: 'الصفحات',
  status: 'الحالة',
  maintenance: 'الصيانة',
  releases: 'الإصدارات',
  history: 'السجل',
  promise: 'الوعد',
  subscribe: 'الاشتراك',
  window: 'نافذة الصيانة التالية',
  windowRunning: (title) => `الصيانة جارية: ${named(title)}.`,
  windowAnnounced: (title) => `الصيانة التالية: ${named(title)}.`,
  windowReserved: 'النافذة المحجوزة التالية، ولم يُعلن فيها عن شيء؛ تبقى الخدمة عاملة:',
  yours: 'حسب ساعتك: {}.',
  support: 'الدعم',
  vendorLinks: 'المزيد',
  languages: 'اللغات',
  language: 'اللغة',
  feeds: 'الخلاصات والتقويم وواجهة برمجة التطبيقات',
};
