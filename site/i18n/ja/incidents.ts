/** Japanese sentences of the page of an incident. */
import type { incidentWords as en } from '../en/incidents.ts';
import { counted } from './grammar.ts';

export const incidentWords: typeof en = {
  pageTitle: (title, page) => `${title} · ${page}`,
  openSince: (at) => `${at}から継続中`,
  wasOpen: (since, asOf) => `${since}に始まり、${asOf}の時点では解決していませんでした。`,
  lasted: (from, to, length) => `${from}から${to}まで、${length}続きました。`,
  detected: 'チェックが自動で検知しました。',
  opened: '担当者が登録しました。',
  impact: {
    none: '影響はありません。',
    minor: '影響は軽微です。',
    major: '影響は重大です。',
    critical: '影響は極めて重大です。',
  },

  affected: '影響を受けるコンポーネント',
  impactOf: {
    none: '影響なし',
    degraded: '性能低下',
    partial_outage: '一部停止',
    major_outage: '停止',
  },
  nowAndWorst: (now, worst) => `${now}（最も悪い時点: ${worst}）`,
  atWorst: (impact) => `最も悪い時点: ${impact}`,

  posts: '投稿された内容',
  noPosts: '投稿はありません。',
  called: (title) => `ここから件名は「${title}」です。`,
  impactSaid: (name, impact) => `${name}: ${impact}`,

  seen: 'チェックの結果',
  seenNote: '開始の少し前から終了の少し後までの結果です。上の線はインシデントの継続時間を示します。',
  seenNoteOpen: '開始の少し前から現在までの結果です。上の線はインシデントの継続時間を示します。',
  seenLabel: (name, from, to, parts) => `${name}、${from}から${to}: ${parts.join('、')}`,
  seenPart: (state, length) => `${state}${length}`,
  seenTable: '表で見る',
  nothingSeen: '測定結果はありません。',
  moreSeen: (count) => `これより後の${counted(count, '件')}の区間は表示していません。コンポーネントのページにあります。`,

  counted: '稼働率への算入',
  countedNote:
    'ここに投稿された内容は、稼働率の計算には使われません。停止時間は、チェックの結果と台帳での訂正によって決まります。各月の内訳はこちらです:',
  countedIn: (name, month) => `${month}の${name}`,
};
