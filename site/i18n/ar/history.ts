/** Arabic sentences of the history: months, what began in them, their figures. */
import { numberText } from '../../format.ts';
import type { historyWords as english } from '../en/history.ts';
import { NOUNS, named, plural } from './grammar.ts';

export const historyWords: typeof english = {
  title: (page) => `السجل · ${named(page)}`,
  monthTitle: (month, page) => `${month} · السجل · ${named(page)}`,
  monthHeadline: (month, incidents, windows) =>
    incidents === 0 && windows === 0
      ? `${month}: لا حوادث ولا صيانة.`
      : `${month}: ${incidents === 0 ? 'لا حوادث' : plural(incidents, NOUNS.incident)}، ${windows === 0 ? 'لا صيانة' : plural(windows, NOUNS.window)}.`,

  months: 'الأشهر',
  monthsCaption: 'شهرًا بشهر: ما حدث فيه، ونسبة الخدمة وما وراءها',
  month: 'الشهر',
  figure: 'النسبة',
  incidentsColumn: 'الحوادث',
  maintenanceColumn: 'الصيانة',
  count: (count) => (count === 0 ? '–' : numberText('ar', count)),
  older: 'الأشهر الأقدم',

  incidents: 'الحوادث',
  incidentsCaption: (zone) => `الحوادث مرتبة حسب وقت بدايتها؛ الأوقات حسب ${zone}`,
  noIncidents: 'لم يبدأ أي حادث في هذا الشهر.',
  more: (count) => `غير معروض هنا: ${plural(count, NOUNS.incident)}.`,
  when: 'متى',
  length: 'المدة',
  what: 'ماذا',
  lasts: 'مفتوح',
  maintenance: 'الصيانة',
  noMaintenance: 'لم يُعلن عن صيانة في هذا الشهر.',

  availability: 'التوافر',
  figuresCaption: 'كل مكوّن على حدة؛ كل نسبة تقود إلى ما وراءها',
  component: 'المكوّن',
  noFigure: 'لم يُراقب أي شيء محسوب.',
  explain: (month) => `ما وراء نسبة ${month}`,
  allMonths: 'كل الأشهر',
};
