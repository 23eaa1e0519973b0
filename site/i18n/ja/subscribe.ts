/** Japanese words of the page about feeds, calendars and other ways to hear of what happens. */
import type { subscribeWords as en } from '../en/subscribe.ts';

export const subscribeWords: typeof en = {
  title: (name) => `購読 · ${name}`,
  headline: 'このページを開かずに、お知らせを受け取れます。',
  lead: 'このサイトの内容はすべて、フィードリーダー、カレンダー、自作のプログラムで受け取れます。登録は必要ありません。',

  feeds: 'フィード',
  feedsLead: '更新1件につき1項目で、本文をすべて含みます。フィードリーダーには数分以内に表示されます。',
  feedOf: '内容',
  feedAs: (kind) => `${kind}形式`,
  feed: {
    feed: 'すべて',
    incidents: 'インシデント',
    maintenance: 'メンテナンス',
    releases: 'リリース',
  },
  feedLink: (what, kind) => `${what}、${kind}`,
  perComponent: '1つのコンポーネントのみ',
  perComponentLead: 'そのコンポーネントのインシデントとメンテナンスです。',

  calendars: 'カレンダー',
  calendarsLead: 'メンテナンスの時間帯が、お使いのカレンダーに、設定したタイムゾーンで表示されます。変更、短縮、中止も反映されます。',
  announced: '告知された時間帯',
  announcedNote: '実施する作業です。',
  reserved: '予約時間帯',
  reservedNote: '作業が告知される可能性のある時間帯で、仮の予定として表示されます。告知がなければ、サービスは稼働を続けます。',
  subscribeTo: '購読する',
  file: 'アドレス',
  howTo: 'カレンダーの追加方法',
  programs: [
    ['Google カレンダー', 'パソコンで「他のカレンダー」のプラス記号から「URLで追加」を選び、アドレスを貼り付けます。'],
    ['Apple カレンダー', 'このページの「購読する」を開きます。または「ファイル」の「新規照会カレンダー」を選び、アドレスを貼り付けます。'],
    ['Outlook', '「予定表を追加」から「Webから定期受信」を選び、アドレスを貼り付けます。'],
    ['Thunderbird', '「新しいカレンダー」から「ネットワークのカレンダー」を選び、アドレスを貼り付けます。'],
  ],
  slowPrograms: '変更の確認が1日1回だけのプログラムもあります。このサイトの内容は常に最新です。',

  application: '自分のアプリケーションで使う',
  widget: '現在の状態と次のメンテナンス時間帯を表示するウィジェット',
  api: 'プログラム向けのAPI（JSON）',
  badges: 'ページやREADMEに置くバッジ',
};
