/** Arabic words of the page about the widget and badges. */
import type { embedWords as english } from '../en/embed.ts';
import { latin, named } from './grammar.ts';

export const embedWords: typeof english = {
  title: (name) => `الحالة في صفحاتك · ${named(name)}`,
  headline: 'الحالة في صفحاتك.',
  lead: 'سطران يعرضان، داخل تطبيق أو صفحة ويب، الحالة الراهنة والحوادث المفتوحة ونافذة الصيانة التالية وما يتغيّر فيها.',

  widget: 'الأداة المصغّرة',
  code: 'النص المطلوب نسخه',
  codeNote: 'لا تضع ملفات تعريف ارتباط، ولا تحمّل شيئًا آخر، ولا تعرض إلا نصًا. وعندما تتعذّر قراءة الحالة تقول ذلك.',
  corner: 'زر في زاوية النافذة',
  preview: 'كيف تبدو',
  noScript: 'تحتاج الأداة إلى البرامج النصية. الحالة الراهنة في الصفحة الأولى.',
  attributes: 'السمات',
  attribute: 'السمة',
  means: 'ما تعنيه',
  absent: 'عند غيابها',
  rows: [
    ['src', 'عنوان صفحة الحالة، إذا كان البرنامج النصي يأتي من مكان آخر.', 'العنوان الذي جاء منه البرنامج النصي'],
    [
      'position',
      `${latin('“inline”')}، أو إحدى الزوايا: ${latin('“bottom-right”')}، ${latin('“bottom-left”')}، ${latin('“top-right”')}، ${latin('“top-left”')}. في الزاوية تكون زرًا يُفتح.`,
      'inline',
    ],
    ['lang', 'لغة كلماتها.', 'لغة الصفحة المحيطة بها'],
    ['theme', `${latin('“light”')} أو ${latin('“dark”')} أو ${latin('“auto”')}.`, `${latin('auto')}: ما يفضّله القارئ`],
  ],
  policy: `مع ${latin('Content-Security-Policy')}`,
  policyNote: 'يُسمح لصفحة الحالة في توجيهين. لا حاجة إلى شيء مضمّن.',

  badges: 'الشارات',
  badgesLead: 'صور صغيرة للحالة أو لنسبة. تُقتطع النسب ولا تُقرّب إلى أعلى أبدًا.',
  badge: 'ما تعرضه',
  badgeAddress: 'العنوان',
  badgeRows: {
    status: 'الحالة الراهنة',
    month: 'التوافر في الشهر الجاري',
    '30d': 'التوافر في آخر 30 يومًا',
    '90d': 'التوافر في آخر 90 يومًا',
  },
  badgeOf: `بدلًا من ${latin('“overall”')} يوضع اسم مكوّن في هذه العناوين:`,
  asHtml: `بصيغة ${latin('HTML')}`,
  asMarkdown: `بصيغة ${latin('Markdown')}`,
  /** Copied into other pages, so without invisible signs. */
  badgeAlt: (name) => `الحالة الراهنة: ${name}`,
};
