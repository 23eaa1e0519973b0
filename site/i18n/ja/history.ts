/** Japanese sentences of the history: months, what began in them, their figures. */
import { numberText } from '../../format.ts';
import type { historyWords as en } from '../en/history.ts';
import { counted } from './grammar.ts';

export const historyWords: typeof en = {
  title: (page) => `履歴 · ${page}`,
  monthTitle: (month, page) => `${month} · 履歴 · ${page}`,
  /** "2026年11月: インシデント3件、メンテナンス2件。" */
  monthHeadline: (month, incidents, windows) =>
    incidents === 0 && windows === 0
      ? `${month}: インシデントもメンテナンスもありません。`
      : `${month}: ${incidents === 0 ? 'インシデントなし' : `インシデント${counted(incidents, '件')}`}、${windows === 0 ? 'メンテナンスなし' : `メンテナンス${counted(windows, '件')}`}。`,

  months: '月別',
  monthsCaption: '各月の内容とサービスの稼働率。稼働率から内訳を確認できます',
  month: '月',
  figure: '稼働率',
  incidentsColumn: 'インシデント',
  maintenanceColumn: 'メンテナンス',
  count: (count) => (count === 0 ? '–' : numberText('ja', count)),
  older: '以前の月',

  incidents: 'インシデント',
  incidentsCaption: (zone) => `開始時刻順のインシデント。時刻は${zone}です`,
  noIncidents: 'この月に始まったインシデントはありません。',
  more: (count) => `ほかに${counted(count, '件')}のインシデントがあります（表示していません）。`,
  when: '日時',
  length: '長さ',
  what: '内容',
  lasts: '継続中',
  maintenance: 'メンテナンス',
  noMaintenance: 'この月に告知されたメンテナンスはありません。',

  availability: '稼働率',
  figuresCaption: 'コンポーネントごとの稼働率。どの数値からも内訳を確認できます',
  component: 'コンポーネント',
  noFigure: '判定対象のコンポーネントは監視されていませんでした。',
  explain: (month) => `${month}の稼働率の内訳`,
  allMonths: 'すべての月',
};
