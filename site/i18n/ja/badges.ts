/** Japanese words of badges: few and short. */
import type { badgeWords as en } from '../en/badges.ts';
import { percent } from './grammar.ts';

export const badgeWords: typeof en = {
  states: {
    operational: '正常稼働中',
    maintenance: 'メンテナンス中',
    degraded: '性能低下',
    partial_outage: '一部停止',
    major_outage: '停止',
    down: '一部が停止',
    all_down: '停止',
    partly_unknown: '一部不明',
    unknown: '不明',
  },
  investigating: '調査中',
  month: (name, month) => `${name}、${month}`,
  span: {
    '30d': (name) => `${name}、30日間`,
    '90d': (name) => `${name}、90日間`,
  },
  percent,
  noData: 'データなし',
  nobody: '稼働状況',
};
