/** Japanese: counters, lengths and whole sentences, as a reader finds them; and that nothing was left in English. */
import { describe, expect, test } from 'vitest';
import type { Overall } from '#domain/sla/overall.ts';
import { HOUR, MINUTE, millis } from '#domain/time/instant.ts';
import type { MonthBudget } from '#monitor/views/month-figure.ts';
import { en } from '#site/i18n/en/words.ts';
import { ja } from '#site/i18n/ja/words.ts';
import { wordsOf } from '#site/i18n/words.ts';
import { stringsOf } from '../../support/words-walk.ts';

const overall = (headline: Overall['headline'], names: Partial<Overall> = {}): Overall => ({
  indicator: 'none',
  headline,
  down: [],
  degraded: [],
  unknown: [],
  maintenance: [],
  ...names,
});

test('a reader who asks for Japanese gets it', () => {
  expect(wordsOf('ja').lang).toBe('ja');
  expect(wordsOf('ja-JP')).toBe(ja);
});

test('what is counted has a counter, whatever the number', () => {
  expect([0, 1, 2, 5, 1_200].map((count) => ja.moreGaps(count))).toEqual([
    '過去24時間に、ほかに0件の欠落があります。',
    '過去24時間に、ほかに1件の欠落があります。',
    '過去24時間に、ほかに2件の欠落があります。',
    '過去24時間に、ほかに5件の欠落があります。',
    '過去24時間に、ほかに1,200件の欠落があります。',
  ]);
  expect(ja.history.monthHeadline('2026年11月', 3, 0)).toBe('2026年11月: インシデント3件、メンテナンスなし。');
  expect(ja.severity.target({ businessDays: 2 })).toBe('2営業日');
});

test.each([
  [500, '1秒未満', '500ミリ秒'],
  [59_000, '59秒', '59秒'],
  [9 * MINUTE + 58_000, '9分58秒', '9分58秒'],
  [150 * MINUTE, '2時間30分', '2時間30分'],
  [10 * HOUR, '10時間', '10時間0分'],
  [76 * HOUR, '3日4時間', '76時間0分'],
])('%i ms is said as %s, exactly %s', (ms, said, exact) => {
  expect(ja.length(ms)).toBe(said);
  expect(ja.exactLength(ms)).toBe(exact);
});

describe('the largest sentence of the front page', () => {
  test.each([
    [overall('operational'), [], 'すべてのシステムが正常に稼働しています。'],
    [overall('operational'), ['API'], 'APIを調査しています。直近のチェックが失敗しました。'],
    [overall('down', { down: ['API', 'Web'] }), [], 'API、Webが停止しています。'],
    [overall('all_down', { down: ['A', 'B'] }), [], '重要なコンポーネントがすべて停止しています。'],
    [overall('degraded', { degraded: ['A', 'B', 'C', 'D'] }), [], '4件のコンポーネントの性能が低下しています。'],
    [overall('maintenance', { maintenance: ['API'] }), [], 'APIはメンテナンス中です。'],
    [overall('partly_unknown', { unknown: ['API'] }), [], '問題は確認されていませんが、APIの状態は不明です。'],
    [overall('unknown', { unknown: ['API'] }), [], '状態は不明です。最近の測定結果がありません。'],
  ] as [Overall, string[], string][])('%j', (state, investigating, sentence) => {
    expect(ja.headline(state, investigating, true)).toBe(sentence);
  });

  test('before anything was measured', () => {
    expect(ja.headline(overall('unknown'), [], false)).toBe('まだ何も監視していません。');
    expect(ja.headline(overall('unknown', { unknown: ['Backup'] }), [], false, true)).toBe(
      'Backupからの最初のハートビートを待っています。',
    );
  });
});

test('the budget says what is left, and what would break the promise', () => {
  const budget = {
    wholeMs: millis(215 * MINUTE),
    usedMs: millis(85 * MINUTE),
    leftMs: millis(130 * MINUTE),
    weekday: 'SAT',
    slotMs: millis(5 * HOUR),
    slotAhead: true,
  } as MonthBudget;
  expect(ja.sla.budget({ budget, running: true }, '11月')).toBe(
    '11月に許容される停止時間3時間35分のうち、残りは2時間10分です。告知のない土曜日が予約時間帯いっぱい停止すると、約束は破られます。',
  );
  expect(ja.sla.budget({ budget, running: false }, '11月')).toBe('停止時間は1時間25分でした（約束の許容時間は3時間35分）。');
});

test('figures keep every digit, and a percent sign stands at them', () => {
  expect(ja.sla.percent('99.9401')).toBe('99.9401%');
  expect(ja.sla.promise(995_000)).toBe('告知されたメンテナンスを除き、99.5%の稼働率を約束します。');
  expect(ja.sla.target(999_999)).toBe('99.9999%');
});

test('what does not count has its reason', () => {
  expect(ja.maintenance.refused('late', 90 * MINUTE)).toBe('除外されない時間: 1時間30分。告知が期限を過ぎていました。');
  expect(ja.sla.causeOf('worker_silent')).toBe('当方の監視が動作していませんでした。');
  expect(ja.sla.causeOf('comet')).toBe('原因は「comet」と記録されています。');
  expect(ja.cause({ reason: 'status_unexpected', httpStatus: 503 })).toBe('想定外のHTTPステータス503');
});

test('nothing is left in English but names, values and dashes; the reports are English', () => {
  const english = new Map(stringsOf(en));
  const same = stringsOf({ ...ja, reports: {} }).filter(([path, text]) => english.get(path) === text);
  expect(same.map(([path]) => path).toSorted()).toEqual([
    'api.types.null',
    'dir',
    'embed.rows.0.0',
    'embed.rows.1.0',
    'embed.rows.1.2',
    'embed.rows.2.0',
    'embed.rows.3.0',
    'none',
    'severity.none',
    'subscribe.programs.2.0',
    'subscribe.programs.3.0',
  ]);
});
