/** Japanese words of the page about the widget and badges. */
import type { embedWords as en } from '../en/embed.ts';

export const embedWords: typeof en = {
  title: (name) => `稼働状況の埋め込み · ${name}`,
  headline: '自分のページに稼働状況を表示できます。',
  lead: '2行のコードで、現在の状態、対応中のインシデント、次のメンテナンス時間帯とその変更内容を、アプリケーションやウェブページに表示できます。',

  widget: 'ウィジェット',
  code: 'コピーするコード',
  codeNote: 'Cookieは設定せず、ほかには何も読み込まず、表示するのは文字だけです。稼働状況を読み込めないときは、そのことを表示します。',
  corner: 'ウィンドウの隅にボタンとして表示する場合',
  preview: '表示例',
  noScript: 'ウィジェットにはスクリプトが必要です。現在の状態はトップページにあります。',
  attributes: '属性',
  attribute: '属性',
  means: '意味',
  absent: '省略した場合',
  rows: [
    ['src', 'スクリプトを別の場所から配信する場合の、ステータスページのアドレスです。', 'スクリプトの配信元のアドレス'],
    [
      'position',
      '「inline」、または四隅の「bottom-right」「bottom-left」「top-right」「top-left」です。隅に置くと、押して開くボタンになります。',
      'inline',
    ],
    ['lang', '表示する言語です。', '埋め込み先のページの言語'],
    ['theme', '「light」「dark」「auto」のいずれかです。', 'auto（閲覧者の設定に従います）'],
  ],
  policy: 'Content-Security-Policyを使う場合',
  policyNote: '2つのディレクティブでステータスページを許可してください。インラインのスクリプトやスタイルは必要ありません。',

  badges: 'バッジ',
  badgesLead: '状態や稼働率を示す小さな画像です。数値は切り捨てで、切り上げることはありません。',
  badge: '表示する内容',
  badgeAddress: 'アドレス',
  badgeRows: {
    status: '現在の状態',
    month: '今月の稼働率',
    '30d': '過去30日間の稼働率',
    '90d': '過去90日間の稼働率',
  },
  badgeOf: 'アドレスの「overall」は、次のコンポーネント名に置き換えられます:',
  asHtml: 'HTML',
  asMarkdown: 'Markdown',
  badgeAlt: (name) => `${name}の現在の稼働状況`,
};
