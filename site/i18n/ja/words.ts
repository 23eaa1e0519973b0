/** Every Japanese sentence of the pages; those of reports are English. */

import { partsOf } from '../../format.ts';
import { enReports } from '../en/reports.ts';
import type { Words } from '../en/words.ts';
import { apiWords } from './api.ts';
import { badgeWords } from './badges.ts';
import { embedWords } from './embed.ts';
import { feedWords } from './feeds.ts';
import { frameWords } from './frame.ts';
import { counted, exactLengthOf, lengthOf, listed, reasonPhrase, shortLengthOf } from './grammar.ts';
import { historyWords } from './history.ts';
import { incidentWords } from './incidents.ts';
import { maintenanceWords } from './maintenance.ts';
import { pictureWords } from './picture.ts';
import { releasesWords } from './releases.ts';
import { severityWords } from './severity.ts';
import { slaWords } from './sla.ts';
import { subscribeWords } from './subscribe.ts';
import { widgetWords } from './widget.ts';

const states: Words['states'] = {
  operational: '正常稼働中',
  degraded: '性能低下',
  partial_outage: '一部停止',
  major_outage: '停止',
  maintenance: 'メンテナンス',
  unknown: '不明',
};
const components = (names: readonly string[]): string => listed(names, 'コンポーネント');

export const ja: Words = {
  lang: 'ja',
  dir: 'ltr',
  skip: 'コンポーネントへ移動',
  /** A name that ends in the word already does not say it twice. */
  title: (name) => (/(稼働状況|\bstatus)$/i.test(name) ? name : `${name}: 稼働状況`),

  headline(overall, investigating, measured, awaitsBeat = false) {
    const troubled = overall.headline === 'down' || overall.headline === 'all_down';
    if (!measured && awaitsBeat) return `${components(overall.unknown)}からの最初のハートビートを待っています。`;
    if (!measured) return overall.unknown.length === 0 ? 'まだ何も監視していません。' : '最初のチェックを実行しています。';
    if (!troubled && investigating.length > 0) return `${components(investigating)}を調査しています。直近のチェックが失敗しました。`;
    switch (overall.headline) {
      case 'all_down':
        return overall.down.length === 1 ? `${components(overall.down)}が停止しています。` : '重要なコンポーネントがすべて停止しています。';
      case 'down':
        return `${components(overall.down)}が停止しています。`;
      case 'degraded':
        return `${components(overall.degraded)}の性能が低下しています。`;
      case 'maintenance':
        return `${components(overall.maintenance)}はメンテナンス中です。`;
      case 'partly_unknown':
        return `問題は確認されていませんが、${components(overall.unknown)}の状態は不明です。`;
      case 'unknown':
        return '状態は不明です。最近の測定結果がありません。';
      case 'operational':
        return 'すべてのシステムが正常に稼働しています。';
    }
  },
  alsoUnknown: (names) => `${components(names)}の状態は不明です。`,
  lastChecked: '最終チェック:',
  neverChecked: 'まだチェックしていません。',
  neverBeat: 'ハートビートはまだ届いていません。',
  timesIn: (zone, id) => (zone === id ? `時刻は${zone}です。` : `時刻は${zone}（${id}）です。`),
  stale: (at) => `${at}時点のデータです。Avowは記録先に接続できません。以下の内容は最新でない可能性があります。`,
  watchesItself: 'Avowは自分自身を監視しています。サービスを監視するには、次のファイルに設定を書き:',
  watchesItselfThen: 'その後、Avowを再起動するか、SIGHUPを送ってください。注釈付きの設定例がdocsフォルダーにあります。',

  states,
  stateOf: (state, investigating, measured) => (investigating ? '調査中' : state === 'unknown' && !measured ? '未測定' : states[state]),
  cause: ({ reason, httpStatus }) => {
    if (reason === 'paused') return '未計測：一時停止中';
    return reason === 'awaits_beat' ? '最初のハートビート待ち' : reasonPhrase(reason, httpStatus);
  },
  since: (at) => `${at}から`,
  sinceLong: (days) => `${days}日以上前から`,

  now: '現在の状況',
  components: 'コンポーネント',
  otherComponents: 'その他のコンポーネント',
  barsNote: (from) => `棒1本が1日で、${from}から今日までを示します。棒の列を開くと、各日の内容を文字で確認できます。`,
  barsLabel: (name, days) => `${name}の過去${days}日間`,
  barsSummary(down, degraded, unknown, measuredDays) {
    if (measuredDays === 0) return '測定結果はまだありません';
    const parts = [
      down > 0 ? `停止のあった日${counted(down, '日')}` : '停止なし',
      ...(degraded > 0 ? [`性能低下のあった日${counted(degraded, '日')}`] : []),
      ...(unknown > 0 ? [`測定に欠落のある日${counted(unknown, '日')}`] : []),
    ];
    return `${parts.join('、')}（測定した日${counted(measuredDays, '日')}）`;
  },
  dayTitle: (day, parts) => `${day}: ${parts.join('、')}`,
  partDown: (length) => `停止${length}`,
  partDegraded: (length) => `性能低下${length}`,
  partMaintenance: (length) => `メンテナンス${length}`,
  partUnknown: (length) => `未測定${length}`,
  noTroubleDays: (days) => (days === 0 ? '測定結果はまだありません。' : `測定した${counted(days, '日')}に問題はありません。`),
  otherDays: (days) => (days === 0 ? '' : `測定したほかの${counted(days, '日')}に問題はありません。`),
  olderDays: (days) => `問題のあったこれより前の${counted(days, '日')}は、コンポーネントのページにあります。`,
  tableDay: '日',
  tableDown: '停止',
  tableDegraded: '性能低下',
  tableMaintenance: 'メンテナンス',
  tableUnknown: '未測定',
  none: '–',

  unmeasured: '測定できなかった時間',
  notMeasured: (what, from, to) =>
    what === null ? `${from}から${to}までは測定していません。` : `${what}は、${from}から${to}まで測定していません。`,
  notMeasuredSince: (what, from) => (what === null ? `${from}から何も測定していません。` : `${what}は、${from}から測定していません。`),
  moreGaps: (count) => `過去24時間に、ほかに${counted(count, '件')}の欠落があります。`,

  past: '過去14日間',
  moreIncidents: (count) => `この日には、ほかに${counted(count, '件')}のインシデントがあります。`,
  noIncidents: 'インシデントはありません。',
  notYetMeasured: '測定していません。',
  range: (from, to) => `${from}〜${to}`,
  today: '今日',
  incidentStatus: {
    investigating: '調査中',
    identified: '原因を特定',
    monitoring: '経過観察中',
    resolved: '解決済み',
    postmortem: '事後報告',
  },
  openSince: (at) => `${at}から`,
  openAbove: (count) => `${counted(count, '件')}のインシデントが継続中です。内容は上に記載しています。`,
  lasted: (from, to, length) => `${from}から${to}まで、${length}。`,

  support: 'サポート',
  machine: '稼働状況（JSON）',
  measuredBy: '測定と公開: Avow。',

  kinds: {
    http: 'HTTPリクエスト',
    tcp: 'TCP接続',
    tls: 'TLSハンドシェイク',
    dns: 'DNSの問い合わせ',
    heartbeat: 'ジョブが送信するハートビート',
    self: 'Avow自身への問い合わせ',
    store: 'Avowの記録先への問い合わせ',
  },
  every(ms) {
    const { days, hours, minutes, seconds } = partsOf(ms);
    return days === 1 && hours + minutes + seconds === 0 ? '24時間' : lengthOf(ms);
  },
  checkedEvery(kind, every, locations) {
    const [first] = locations;
    if (first === undefined) return `${kind}: ${every}ごと。`;
    if (locations.length === 1) return `${kind}: ${every}ごと、${first}から。`;
    return `${kind}: ${every}ごと、${counted(locations.length, 'か所')}の監視拠点から（${locations.join('、')}）。`;
  },
  confirmedBy(count, quorum, locations) {
    const seen = locations > 1 ? `${counted(quorum, 'か所')}以上の監視拠点で` : '';
    if (count === 1) return `${seen}1回失敗すると停止とみなします。停止は、その失敗の時刻に始まります。`;
    return `${seen}${counted(count, '回')}続けて失敗すると停止とみなします。停止は、最初の失敗の時刻に始まります。`;
  },
  sentinelsOff:
    '監視用の基準点（sentinel）が設定されていないため、Avowが動作するネットワークの停止と、このコンポーネントの停止を区別できません。',
  lastCheck: '直近のチェック',
  lastCheckAt: (location) => `${location}から`,
  neverYet: '完了したチェックはまだありません。',
  outcome: {
    ok: '想定どおりに応答しました',
    slow: '応答しましたが、遅れがありました',
    fail: '失敗しました',
    error: '実行できませんでした',
  },
  phases: {
    dns: '名前解決',
    connect: '接続',
    tls: '暗号化の確立',
    ttfb: '最初のバイトの待機',
    transfer: '残りの受信',
  },
  phase: '段階',
  took: '所要時間',
  together: 'チェック全体',
  phasesLabel: '直近のチェックの所要時間の内訳',
  status: (code) => `HTTPステータス${code}`,
  certificate: (day, days) =>
    days < 0 ? `証明書の有効期限は${day}に切れました。` : `証明書は${day}まで有効です（あと${counted(days, '日')}）。`,

  latency: '応答時間',
  latencyNote: (from) => `正しい応答だけを、${from}から測定した値です。線は中央値で、20回に1回の応答は帯より長くかかりました。`,
  noLatency: '応答時間の測定結果はまだありません。',
  ranges: { '24h': '24時間', '7d': '7日間', '30d': '30日間', '90d': '90日間' },
  rangeChoice: '期間',
  plotLabel: (range, median, p95) => `${range}の応答時間: 期間の終わりで中央値${median}、100回中95回は${p95}以内`,
  asTable: (range) => `${range}を表で見る`,
  from: '開始',
  median: '中央値',
  within95: '100回中95回の上限',
  slowest: '最大',
  answers: '応答数',

  ninetyDays: '90日間',
  allDays: 'すべての日を表で見る',
  stretches: '状態の変化',
  before: (day) => `${day}より前`,
  moreThan: (length) => `${length}超`,
  stretchState: '状態',
  stretchStart: '開始',
  stretchEnd: '終了',
  stretchLength: '長さ',
  lasts: '現在',
  moreStretches: (count) => `これより前の${counted(count, '件')}は表示していません。`,

  maintenance: maintenanceWords,
  history: historyWords,
  badges: badgeWords,
  feeds: feedWords,
  frame: frameWords,
  incidents: incidentWords,
  picture: pictureWords,
  api: apiWords,
  reports: enReports,
  sla: slaWords,
  severity: severityWords,
  releases: releasesWords,
  widget: widgetWords,
  embed: embedWords,
  subscribe: subscribeWords,

  notFoundTitle: 'ページが見つかりません',
  notFound: 'アドレスに誤りがあるか、コンポーネントの監視が終了しているか、その月の測定結果がありません。',
  toStatus: (name) => `${name}の現在の稼働状況`,
  settingUpTitle: 'このステータスページは準備中です。',
  settingUp: '測定結果はまだありません。1分ほど後にもう一度ご確認ください。',

  length: lengthOf,
  /** The last part is empty: no space between a number and its unit. */
  units: '、|日|時間|分|秒|',
  openLength: (ms) => (ms < 60_000 ? '' : `、${shortLengthOf(ms - (ms % 60_000))}`),
  shortLength: shortLengthOf,
  exactLength: exactLengthOf,
};
