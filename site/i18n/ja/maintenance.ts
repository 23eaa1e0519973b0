/** Japanese sentences about maintenance: what runs, what is announced and reserved, what became of it. Times come formatted, lengths in ms. */
import type { MaintenanceState } from '#domain/maintenance/account.ts';
import type { maintenanceWords as en } from '../en/maintenance.ts';
import { exactLengthOf, lengthOf, lengthOrNone, listed, refusedSentence, shortLengthOf, weekdays } from './grammar.ts';

const states: Readonly<Record<MaintenanceState, string>> = {
  upcoming: '告知済み',
  running: '実施中',
  past: '終了',
  completed: '完了',
  cancelled: '中止',
};
const orNothing = (ms: number): string => (ms === 0 ? 'なし' : lengthOrNone(ms));

export const maintenanceWords: typeof en = {
  title: (page) => `メンテナンス · ${page}`,
  headline: (running, next, ahead) => {
    if (running.length === 1) return `メンテナンスを実施中です: ${running[0]}。`;
    if (running.length > 1) {
      const titles = running.map((title) => `「${title}」`);
      return `${listed(titles, 'メンテナンス')}を実施中です。`;
    }
    if (next !== null) return `次の告知済みメンテナンスは${next}です。`;
    return ahead ? '告知されたメンテナンスはなく、サービスは稼働を続けます。' : '告知されたメンテナンスはありません。';
  },
  rule: ({ weekday, start, durationMin }, zone) =>
    `毎週${weekdays[weekday]}の${start}（${zone}）から${lengthOf(durationMin * 60_000)}を予約しています。稼働率の計算から除外されるのは、その開始前に告知された、予約時間帯の中の時間だけです。`,
  state: (state) => states[state],

  now: '実施中',
  progress: ({ passedMs, wholeMs, leftMs }) =>
    passedMs < 1_000
      ? `始まったばかりです。残り${lengthOrNone(leftMs)}です。`
      : `${lengthOrNone(wholeMs)}のうち${lengthOf(passedMs)}が経過し、残り${lengthOrNone(leftMs)}です。`,
  progressLabel: (title) => `時間帯の経過: ${title}`,

  ahead: '告知と予約',
  nothingAhead: '予約も告知もありません。',
  reservedNothing: (from, to) => `${from}から${to}まで予約しています。告知はなく、サービスは稼働を続けます。`,
  outside: '予約時間帯の外です。',

  past: 'これまでの実施結果',
  pastCaption: '予約時間帯ごとに、告知された時間、そのうち稼働率の計算から除外された時間、さらにそのうち使用した時間を示します。',
  nothingPast: 'Avowが監視を始めてから、終了した予約時間帯はまだありません。',
  older: (month) => `${month}より前の時間帯は、履歴で月ごとに確認できます。`,
  window: '時間帯',
  reservedMs: '予約',
  announcedMs: '告知',
  excludedMs: '除外',
  usedMs: '使用',
  length: (ms) => (ms === 0 ? '–' : shortLengthOf(ms)),
  use: ({ reservedMs, announcedMs, excludedMs, usedMs }) =>
    `予約${lengthOf(reservedMs)}の内訳: 告知${orNothing(announcedMs)}、除外${orNothing(excludedMs)}、使用${orNothing(usedMs)}。`,
  elsewhere: (ms) => `それでもサービスの稼働率に算入された時間: ${lengthOrNone(ms)}。${refusedSentence('down_elsewhere')}`,
  usedNote: '「使用」は、除外された時間のうち、コンポーネントが停止していたか、測定できなかった時間です。',

  affects: '対象:',
  all: 'すべてのコンポーネント',
  /** "11月24日火曜日 9:00に告知: 稼働率の計算から除外されます（2時間30分）。" */
  account({ state, announcedMs, excludedMs, refused, imported }, announced) {
    const said = imported ? `${announced}に告知されたとの記録` : `${announced}に告知`;
    const endedBefore = state === 'cancelled' && refused.every(({ reason }) => reason === 'cancelled');
    if (excludedMs === 0 && endedBefore) return `${said}、開始前に中止: 除外される時間はありません。`;
    if (excludedMs === 0) return `${said}: 計画外の扱いとなり、ほかの時間と同じく算入されます。`;
    if (excludedMs === announcedMs) return `${said}: ${lengthOrNone(excludedMs)}が稼働率の計算から除外されます。`;
    return `${said}: ${lengthOrNone(announcedMs)}のうち${lengthOrNone(excludedMs)}が稼働率の計算から除外されます。`;
  },
  refused: (reason, ms) => `除外されない時間: ${lengthOrNone(ms)}。${refusedSentence(reason)}`,
  reason: refusedSentence,
  endedAt: (state, at) => (state === 'cancelled' ? `${at}に中止しました。` : `${at}に完了しました。`),
  notDeciding: '判定対象のコンポーネントを含まないため、サービスの稼働率には影響しません。',
  imported: (approved) =>
    approved === null
      ? '事後の記録です。二人目の承認がないため、除外される時間はありません。'
      : `事後の記録で、${approved}に二人目が承認しました。`,

  changes: '変更内容',
  release: (version, title) => (title === null ? version : `${version}: ${title}`),
  notes: (at) => (at === null ? 'リリースノートは公開されていません。' : `リリースノートは${at}に公開されました。`),
  releasedSentence({ kind, place }, at) {
    if (kind === 'rollback') return `${at}にロールバックしました。`;
    return place === 'outside_window'
      ? `${at}に、告知された時間帯の外でリリースしました。`
      : `${at}に、告知された時間帯の中でリリースしました。`;
  },

  announcementTitle: (title, page) => `${title} · メンテナンス · ${page}`,
  text: '告知の本文',
  noText: '本文はありません。',
  counts: '稼働率への算入',
  countsCaption: (zone) => `稼働率の計算から除外される部分。時刻は${zone}です`,
  part: '開始 – 終了',
  partLength: '長さ',
  partSays: '稼働率',
  partExcluded: '除外されます。',
  partCounts: (reason) => `算入されます。${refusedSentence(reason)}`,
  whole: (excludedMs, announcedMs) =>
    excludedMs === announcedMs && announcedMs > 0
      ? `全体が稼働率の計算から除外されます: ${exactLengthOf(announcedMs)}。`
      : `稼働率の計算から除外されるのは、告知された${exactLengthOf(announcedMs)}のうち${exactLengthOf(excludedMs)}です。残りは、ほかの時間と同じく算入されます。`,
  slot: (from, to, deadline) =>
    `予約時間帯は${from}から${to}までです。告知が認められるのは、遅くとも${deadline}までに公開されている場合です。`,
  inFigure: (month) => `${month}の稼働率から除外された時間`,
  revisions: 'すべての版',
  revision: (rev) => `第${rev}版`,
  publicAt: (at) => `${at}に公開されたとの記録です。`,
  changedTime: (what, before, after) =>
    what === 'start' ? `開始を${before}から${after}に変更しました。` : `終了を${before}から${after}に変更しました。`,
  changedTitle: (before, after) => `件名を「${before}」から「${after}」に変更しました。`,
  changedBody: '本文を変更しました。',
  fromTo: (from, to) => `${from}から${to}まで。`,
  before: '変更前',
  after: '変更後',
  toAll: 'すべてのメンテナンス',

  next: (day) => `次回: ${day}`,
  staysUp: '告知はなく、サービスは稼働を続けます。',
  later: 'その後の告知:',
  whatChanges: '変更内容:',
  changesHeading: '変更',
  lastReleased: '最近のリリース',
  nextReleased: '今後のリリース',
  releasedAt: (at) => `${at}にリリース`,
  withWindow: (at) => `${at}に予定`,
  withoutWindow: '時間帯は未定',
  allReleases: 'すべてのリリース',
};
