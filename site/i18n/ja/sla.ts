/** Japanese sentences about the promise, the figures of months and the slices behind them. */
import type { UnknownPolicy } from '#domain/sla/terms.ts';
import type { MonthBudget, Standing } from '#monitor/views/month-figure.ts';
import type { TermsView } from '#monitor/views/sla-view.ts';
import { figureText } from '../../format.ts';
import type { slaWords as en } from '../en/sla.ts';
import {
  any,
  counted,
  lengthOf,
  lengthOrNone,
  percent,
  ppmPercent,
  refusedSentence,
  shortLengthOf,
  unknownSentence,
  weekdays,
} from './grammar.ts';

const UNKNOWN: Readonly<Record<UnknownPolicy, string>> = {
  exclude:
    '証拠のない時間は、稼働にも停止にも数えません。そのため稼働率には、すべて停止とみなした下限と、すべて稼働とみなした上限があります。約束を守ったと言えるのは、下限でも約束を満たす場合だけです。',
  down: '証拠のない時間は停止として数えます。すべて稼働していたとみなした場合の値も併記します。',
  up: '証拠のない時間は稼働として数えます。すべて停止していたとみなした場合の値も併記します。',
};
const soFar: Readonly<Record<Standing, (promise: string) => string>> = {
  met: (promise) => `${promise}の約束は、現在まで守られています。`,
  below: (promise) => `${promise}の約束を下回っています。月の残りで回復する余地があります。`,
  missed: (promise) => `${promise}の約束は守られませんでした。月の残りで回復することはできません。`,
  indeterminate: (promise) => `${promise}の約束が現在まで守られているかどうかは、測定が足りず判定できません。`,
  not_applicable: () => '判定の対象がまだありません。',
};
const over: Readonly<Record<Standing, (promise: string) => string>> = {
  met: (promise) => `${promise}の約束は守られました。`,
  below: (promise) => `${promise}の約束は守られませんでした。`,
  missed: (promise) => `${promise}の約束は守られませんでした。`,
  indeterminate: (promise) => `${promise}の約束が守られたかどうかは判定できません。測定できなかった時間しだいで、結果が変わります。`,
  not_applicable: () => '判定の対象がありませんでした。',
};
const standings: Readonly<Record<Standing, string>> = {
  met: '達成',
  below: '下回り中',
  missed: '未達',
  indeterminate: '判定不能',
  not_applicable: '対象なし',
};

const budgetSoFar = ({ wholeMs, usedMs, leftMs, weekday, slotMs, slotAhead }: MonthBudget, month: string): string => {
  if (leftMs < 0) return `停止時間は${lengthOrNone(usedMs)}で、${month}の許容時間を${lengthOrNone(-leftMs)}超えています。`;
  const left =
    leftMs === 0
      ? `${month}に許容される停止時間は残っていません。`
      : `${month}に許容される停止時間${lengthOrNone(wholeMs)}のうち、残りは${lengthOrNone(leftMs)}です。`;
  return slotAhead && leftMs < slotMs ? `${left}告知のない${weekdays[weekday]}が予約時間帯いっぱい停止すると、約束は破られます。` : left;
};
const budgetOver = ({ wholeMs, usedMs, leftMs }: MonthBudget): string => {
  if (usedMs === 0) return `停止時間はありませんでした（約束の許容時間は${lengthOrNone(wholeMs)}）。`;
  if (leftMs < 0)
    return `停止時間は${lengthOrNone(usedMs)}で、約束の許容時間${lengthOrNone(wholeMs)}を${lengthOrNone(-leftMs)}超えました。`;
  return `停止時間は${lengthOrNone(usedMs)}でした（約束の許容時間は${lengthOrNone(wholeMs)}）。`;
};

/** "チェックが2回続けて失敗すると…"; where components differ, from the least to the most. */
const confirmed = ([least, most]: readonly [number, number]): string => {
  if (most === 1) return 'チェックが1回失敗すると停止とみなします。停止は、そのチェックの時刻に始まり、次に成功したチェックで終わります。';
  const many = least === most ? counted(least, '回') : `${least}〜${most}回（コンポーネントのページに記載）`;
  return `チェックが${many}続けて失敗すると停止とみなします。停止は、最初に失敗したチェックの時刻に始まり、次に成功したチェックで終わります。それより少ない失敗の後に成功した場合は、短すぎるため停止に数えませんが、記録として示します。`;
};
const decides = ({ names, others }: TermsView['critical']): string => {
  if (names.length === 0) return '判定対象のコンポーネントは、まだ監視されていません。';
  const which = [...names, ...(others > 0 ? [`ほかの${counted(others, '件')}のコンポーネント`] : [])];
  return `次のいずれかが停止している間、サービスは停止とみなします: ${any(which)}。同時に起きた停止は一度だけ数え、これら以外のコンポーネントは数えません。`;
};

export const slaWords: typeof en = {
  nav: '約束と実績',
  percent,
  target: ppmPercent,
  noFigure: '数値なし',
  promise: (ppm) => `告知されたメンテナンスを除き、${ppmPercent(ppm)}の稼働率を約束します。`,
  title: (page) => `約束した内容と実績 · ${page}`,

  thisMonth: (month, current) => (current ? `${month}（現在まで）` : month),
  asOf: (at) => `${at}現在の内容です。これより新しい情報はありません。`,
  ofMeasured: ({ knownMs }) => `（測定した${lengthOf(knownMs)}に対する割合）。`,
  ofMeasuredAlone: ({ knownMs }) => `測定した${lengthOf(knownMs)}に対する割合です。`,
  noFigureYet: (running) => (running ? '稼働率はまだありません。測定結果がないためです。' : '稼働率はありません。測定結果がないためです。'),
  inMonth: (month) => `（${month}）`,
  verdict: ({ standing, targetPpm, running }, current) => (running && current ? soFar : over)[standing](ppmPercent(targetPpm)),
  verdictAsOf: (ppm) => `約束は${ppmPercent(ppm)}です。`,
  standing: (standing) => standings[standing],
  bounds: (unknownMs) => `測定できなかった時間: ${lengthOrNone(unknownMs)}。すべて停止とみなすと`,
  boundsMiddle: '、すべて稼働とみなすと',
  between: (lower, upper) => `${figureText('ja', lower)}〜${percent(upper)}`,
  budget: ({ budget, running }, month) => (running ? budgetSoFar(budget, month) : budgetOver(budget)),
  explain: 'この数値の内訳',
  rowNote: (month) => `右の数値は${month}の現在までの稼働率で、内訳を確認できます。`,
  thisMonthShort: '（今月）',
  belowPromise: '約束を下回る',

  months: '過去12か月',
  componentMonths: '月別',
  monthsCaption: '月ごとの稼働率。どの数値からも内訳を確認できます',
  month: '月',
  figure: '稼働率',
  verdictColumn: '約束',
  downtime: '停止時間',
  budgetUsed: '許容時間',
  used: ({ wholeMs }) => (wholeMs === 0 ? '–' : shortLengthOf(wholeMs)),
  running: '現在まで',
  notWatchedBefore: (month) => `${month}より前は監視していませんでした。`,
  notWatched: 'Avowはまだ監視していませんでした。',

  terms: '条件',
  termNames: {
    promise: '約束',
    maintenance: 'メンテナンス',
    notice: '告知',
    down: '停止の範囲',
    outage: '停止の判定',
    unknown: '測定できない時間',
    figures: '数値',
    changes: '条件の変更',
  },
  promiseTerm: ({ targetPpm, thirtyDaysBudgetMs }, zone) =>
    `告知されたメンテナンスを除き、サービスは各暦月（${zone}）の${ppmPercent(targetPpm)}の時間、稼働します。メンテナンスのない30日間で許容される停止時間は${lengthOrNone(thirtyDaysBudgetMs)}です。`,
  reserveTerm: ({ weekday, start, durationMin }, zone) =>
    `毎週${weekdays[weekday]}の${start}（${zone}）から${lengthOf(durationMin * 60_000)}を予約しています。その中で告知された時間は稼働率の計算から除外され、残りの時間はほかの時間と同じく算入されます。`,
  nextSlot: '次回:',
  slotBreaks: ({ reserve, slotBreaks }) =>
    slotBreaks ? `告知のない${weekdays[reserve.weekday]}が予約時間帯いっぱい停止すると、それだけでその月の約束は破られます。` : '',
  noticeTerm: (minNoticeMs) =>
    `${minNoticeMs === 0 ? '告知が認められるのは、予約時間帯の開始前に公開されている場合です。' : `告知が認められるのは、予約時間帯が始まる${lengthOf(minNoticeMs)}前までに公開されている場合です。`}その後の変更で認められるのは、時間の短縮だけです。告知より長くかかった作業の時間は算入されます。`,
  downTerm: (terms) =>
    `${decides(terms.critical)}${terms.countDegraded ? '応答の遅れは停止として数えます。' : '応答の遅れは性能低下として表示し、停止には数えません。'}`,
  outageTerm: ({ confirmations }) => confirmed(confirmations ?? [2, 2]),
  unknownTerm: (policy) => UNKNOWN[policy],
  figuresTerm:
    '百分率は小数第4位までで切り捨て、四捨五入はしません。100と表示するのは、失われた時間がまったくない場合だけです。比較はミリ秒単位の整数で行います。',
  changesTerm: '条件を変更できるのは、月の初日からだけです。',

  explainedTitle: (subject, month, page) => `${subject === null ? '' : `${subject}、`}${month}の内訳 · ${page}`,
  explained: (subject, month, figure) =>
    `${subject === null ? month : `${subject}、${month}`}: ${figure === null ? '数値なし' : percent(figure)}。`,
  sum: '計算',
  sumCaption: '稼働率の求め方（ミリ秒単位）',
  sumWhat: '項目',
  sumLength: '長さ',
  sumMs: 'ミリ秒',
  sumRows: {
    period: (from, to) => `${from}から${to}まで`,
    excluded: '告知されたメンテナンスを除く',
    eligible: '約束の対象となる時間',
    unknown: '測定できなかった時間を除く',
    unknownDown: '測定できなかった時間を除く（停止として数える）',
    known: '測定した時間',
    down: '停止時間を除く',
    up: '稼働時間',
    upWithUnknown: '稼働時間（測定できなかった時間を含む）',
  },
  division: (part, whole) => `${part} / ${whole} = `,
  cutOff: '（小数第5位以下は切り捨て）。',
  watchedFrom: (at) => `Avowは${at}に監視を始めました。それより前は判定しません。`,

  down: '停止した時間',
  nothingDown: '停止はありませんでした。',
  overlap: (countedMs) => `同時に起きた停止は一度だけ数えます。算入されるのは${lengthOrNone(countedMs)}です。`,
  excluded: '除外した時間',
  nothingExcluded: '除外した時間はありません。メンテナンスの告知がないか、認められるものがありませんでした。',
  refused: '告知されたが算入される時間',
  unknown: '測定できなかった時間',
  nothingUnknown: 'すべての時間を測定しました。',
  blips: '短すぎて数えない失敗',
  blipsNote: (count, ms) => `次のチェックで否定された失敗が${counted(count, '件')}、合計${lengthOrNone(ms)}あります。稼働として数えます。`,
  byComponent: 'コンポーネント別',
  componentsCaption: '同じ条件による、コンポーネントごとの結果',
  more: (count) => `ほかに${counted(count, '件')}あります（表示していません）。`,
  tableCaption: (zone) => `時刻は${zone}です`,
  component: 'コンポーネント',
  when: '日時',
  length: '長さ',
  said: '記録された内容',
  byHand: '担当者が入力しました。',
  announcement: '告知',
  announcedAt: (rev) => `第${rev}版、告知:`,
  firstAnnounced: '告知:',
  why: '算入される理由',
  cause: '理由',
  location: '監視拠点',
  others: (count) => `ほか${counted(count, '件')}`,
  reason: refusedSentence,
  causeOf: unknownSentence,
  oneByOne: '1件ずつ見る',
  notCounted: '前月に算入済み',
  otherMonths: 'ほかの月',
  wholeService: (month) => `${month}のサービス全体`,
  allMonths: 'すべての月と条件',
};
