/** Japanese words of the widget that stands in the vendor's own application. */
import type { widgetWords as en } from '../en/widget.ts';

export const widgetWords: typeof en = {
  label: 'サービスの稼働状況',
  unavailable: '稼働状況を取得できません',
  unavailableNote: '稼働状況を読み込めませんでした。確認できている内容はステータスページにあります。',
  page: 'ステータスページ',
  incidents: '対応中のインシデント',
  changes: '変更内容',
  support: 'サポート',
};
