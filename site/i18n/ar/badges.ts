/** Arabic words of badges: few and short. */
import type { badgeWords as english } from '../en/badges.ts';
import { latin, named } from './grammar.ts';

export const badgeWords: typeof english = {
  states: {
    operational: 'يعمل',
    maintenance: 'صيانة',
    degraded: 'أداء متراجع',
    partial_outage: 'انقطاع جزئي',
    major_outage: 'انقطاع',
    down: 'انقطاع جزئي',
    all_down: 'انقطاع',
    partly_unknown: 'غير معروف جزئيًا',
    unknown: 'غير معروف',
  },
  investigating: 'قيد التحقق',
  month: (name, month) => `${named(name)}، ${month}`,
  span: {
    '30d': (name) => `${named(name)}، 30 يومًا`,
    '90d': (name) => `${named(name)}، 90 يومًا`,
  },
  percent: (figure) => latin(`${figure}%`),
  noData: 'لا بيانات',
  nobody: 'الحالة',
};
