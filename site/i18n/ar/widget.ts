/** Arabic words of the widget that stands in the vendor's own application. */
import type { widgetWords as english } from '../en/widget.ts';

export const widgetWords: typeof english = {
  label: 'حالة الخدمة',
  unavailable: 'الحالة غير متاحة',
  unavailableNote: 'تعذّرت قراءة الحالة. ما هو معروف موجود في صفحة الحالة.',
  page: 'صفحة الحالة',
  incidents: 'الحوادث المفتوحة',
  changes: 'ما الذي يتغيّر',
  support: 'الدعم',
};
