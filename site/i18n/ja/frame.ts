/** Japanese words of what stands around every public page: the way to the other pages, the next window, channels, languages. */
import type { frameWords as en } from '../en/frame.ts';

export const frameWords: typeof en = {
  describes: (name) => `${name}の現在の稼働状況、今後の予定、これまでの変更、稼働率の約束がどの程度守られたかをお知らせします。`,
  feedTitle: (name) => `${name}: インシデント、メンテナンス、リリース`,
  skip: '本文へ移動',
  nav: 'ページ',
  status: '稼働状況',
  maintenance: 'メンテナンス',
  releases: 'リリース',
  history: '履歴',
  promise: '稼働率の約束',
  subscribe: '購読',
  window: '次のメンテナンス時間帯',
  windowRunning: (title) => `メンテナンスを実施中です: ${title}。`,
  windowAnnounced: (title) => `次のメンテナンス: ${title}。`,
  windowReserved: '次の予約時間帯（告知はなく、サービスは稼働を続けます）:',
  yours: 'お使いの端末の時刻では{}です。',
  support: 'サポート',
  vendorLinks: 'その他',
  languages: '言語',
  language: '言語',
  feeds: 'フィード、カレンダー、API',
};
