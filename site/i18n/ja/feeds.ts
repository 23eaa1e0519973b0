/** Japanese words of what leaves the pages: feeds, calendars. */
import type { FeedTopic, MaintenanceEntry, ReleaseEntry } from '#monitor/views/feed-entries.ts';
import type { feedWords as en } from '../en/feeds.ts';
import { all, exactLengthOf } from './grammar.ts';

type Reason = MaintenanceEntry['notCounted'][number]['reason'];

const topics: Readonly<Record<FeedTopic, string>> = { incident: 'インシデント', maintenance: 'メンテナンス', release: 'リリース' };
const whatOf = (topic: FeedTopic | null): string => (topic === null ? 'インシデント、メンテナンス、リリース' : topics[topic]);

const notCounted: Readonly<Record<Reason, string>> = {
  late: '告知が期限を過ぎていたため',
  outside_reserve: '予約時間帯の外にあるため',
  late_edit: '期限後の変更で認められるのは時間の短縮だけであるため',
  cancelled: '中止されたため',
  completed: '作業がその前に完了していたため',
  unapproved_import: '取り込まれた記録に二人目の承認がないため',
};
const maintenanceSteps: Readonly<Record<MaintenanceEntry['step'], string>> = {
  announced: 'メンテナンスの告知',
  revised: 'メンテナンスの変更',
  cancelled: 'メンテナンスの中止',
  completed: 'メンテナンスの完了',
};
const releaseSteps: Readonly<Record<ReleaseEntry['step'], (version: string) => string>> = {
  published: (version) => `${version}のリリースノート`,
  revised: (version) => `${version}のリリースノートの変更`,
  deployed: (version) => `${version}を本番環境にリリース`,
  rolled_back: (version) => `${version}をロールバック`,
};

export const feedWords: typeof en = {
  title: (page, topic, component) => (component === null ? `${page}: ${whatOf(topic)}` : `${page}: ${component}の${whatOf(topic)}`),
  about: (page, topic, component) =>
    component === null
      ? `${page}の${whatOf(topic)}に関するすべての更新。新しい順です。`
      : `${page}の${whatOf(topic)}のうち、${component}に関するすべての更新。新しい順です。`,

  incidentTitle: (status, title) => `${status}: ${title}`,
  maintenanceTitle: (step, title) => `${maintenanceSteps[step]}: ${title}`,
  releaseTitle: (step, version, title) => `${releaseSteps[step](version)}${title === null ? '' : `: ${title}`}`,

  concerns: (names) => (names === null ? '対象: すべてのコンポーネント。' : `対象: ${all(names)}。`),
  window: (window) => `時間帯: ${window}。`,
  counted(excludedMs, announcedMs) {
    if (announcedMs > 0 && excludedMs === announcedMs) return `稼働率の計算から除外: ${exactLengthOf(excludedMs)}（全体）。`;
    if (excludedMs === 0) return `稼働率の計算から除外されません: ${exactLengthOf(announcedMs)}は、ほかの時間と同じく算入されます。`;
    return `稼働率の計算から除外: ${exactLengthOf(announcedMs)}のうち${exactLengthOf(excludedMs)}。`;
  },
  notCounted: (ms, reason) => `除外されない時間: ${exactLengthOf(ms)}（${notCounted[reason]}）。`,
  changes: (changes) => `変更内容: ${changes.join('、')}。`,
  change: (version, title) => (title === null ? version : `${version}「${title}」`),

  maintenanceCalendar: (page) => `${page}: メンテナンス`,
  maintenanceCalendarAbout: (page) => `${page}の告知されたメンテナンスです。`,
  reservedCalendar: (page) => `${page}: メンテナンスの予約時間帯`,
  reservedCalendarAbout: (page) => `${page}がメンテナンスのために予約し、告知のない時間帯です。その間もサービスは稼働を続けます。`,
  category: 'メンテナンス',
  eventTitle: (page, title) => `${page}: ${title}`,
  reservedTitle: (page) => `${page}: メンテナンスの予約時間帯（告知なし）`,
  reservedFree: 'この時間帯はメンテナンスのために予約されています。告知はないため、サービスは稼働を続けます。',
  reservedTaken: 'この時間帯にはメンテナンスが告知されています。告知されたメンテナンスのカレンダーにあります。',

  deployed: (at) => `${at}に本番環境へリリースしました。`,
  rolledBack: (at) => `${at}に本番環境からロールバックしました。`,
  kind: { standard: '通常のリリースです。', hotfix: 'ホットフィックスです。', emergency: '緊急リリースです。' },
};
