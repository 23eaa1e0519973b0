/**
 * What Japanese sentences are put together from: counters, lists, lengths, figures. A number and its unit stand together without a space.
 * Nouns have no plural (Intl.PluralRules knows only `other`); what is counted takes a counter instead: 件, 日, 回, か所.
 */
import type { Reason } from '#domain/check/reason.ts';
import type { RefusedReason } from '#domain/report/report-document.ts';
import type { UnknownCause } from '#domain/sla/evidence.ts';
import type { ReserveRule } from '#domain/sla/reserve.ts';
import { figureText, numberText, partsOf } from '../../format.ts';

export const counted = (count: number, counter: string): string => `${numberText('ja', count)}${counter}`;

/** "A、B、C" */
export const all = (names: readonly string[]): string => new Intl.ListFormat('ja', { type: 'conjunction' }).format(names);
/** "A、B、またはC" */
export const any = (names: readonly string[]): string => new Intl.ListFormat('ja', { type: 'disjunction' }).format(names);
/** Names are spelled out while a reader can take them in, otherwise counted: "4件のコンポーネント". */
export const listed = (names: readonly string[], noun: string): string => {
  const total = names.reduce((sum, name) => sum + name.length, 0);
  return names.length > 3 || total > 90 ? `${counted(names.length, '件')}の${noun}` : all(names);
};

/** "18分", "2時間30分", "3日4時間" */
export const lengthOf = (ms: number): string => {
  const { days, hours, minutes, seconds } = partsOf(ms);
  if (days > 0) return hours > 0 && days < 10 ? `${counted(days, '日')}${hours}時間` : counted(days, '日');
  if (hours > 0) return minutes > 0 ? `${hours}時間${minutes}分` : `${hours}時間`;
  if (minutes > 0) return minutes < 10 && seconds > 0 ? `${minutes}分${seconds}秒` : `${minutes}分`;
  return seconds > 0 ? `${seconds}秒` : '1秒未満';
};
/** For columns: the hours of a day are told however many days there are. */
export const shortLengthOf = (ms: number): string => {
  const { days, hours } = partsOf(ms);
  return days > 0 && hours > 0 ? `${days}日${hours}時間` : lengthOf(ms);
};
/** To the millisecond, never in days: "3時間15分36秒", "10時間0分", "36秒1ミリ秒", "0秒". RangeError unless whole ms. */
export const exactLengthOf = (ms: number): string => {
  if (!Number.isSafeInteger(ms)) throw new RangeError(`a length must be whole milliseconds, not ${ms}`);
  const size = Math.abs(ms);
  const { minutes, seconds } = partsOf(size);
  const [hours, rest] = [Math.floor(size / 3_600_000), size % 1_000];
  const text = [
    hours > 0 ? `${hours}時間` : '',
    hours > 0 || minutes > 0 ? `${minutes}分` : '',
    seconds > 0 ? `${seconds}秒` : '',
    rest > 0 ? `${rest}ミリ秒` : '',
  ].join('');
  return text === '' ? '0秒' : `${ms < 0 ? '-' : ''}${text}`;
};
/** As people say it; what is shorter than a second to the millisecond, so that it does not read as nothing. */
export const lengthOrNone = (ms: number): string => (ms < 1_000 ? exactLengthOf(ms) : lengthOf(ms));

/** "99.9401" is "99.9401%". */
export const percent = (figure: string): string => `${figureText('ja', figure)}%`;
/** 995 000 ppm is "99.5%". */
export const ppmPercent = (ppm: number): string => percent(String(ppm / 10_000));

export const weekdays: Readonly<Record<ReserveRule['weekday'], string>> = {
  MON: '月曜日',
  TUE: '火曜日',
  WED: '水曜日',
  THU: '木曜日',
  FRI: '金曜日',
  SAT: '土曜日',
  SUN: '日曜日',
};

const refused: Readonly<Record<RefusedReason, string>> = {
  late: '告知が期限を過ぎていました。',
  outside_reserve: '予約時間帯の外にあります。',
  late_edit: '期限を過ぎてから変更されました。期限後の変更で認められるのは時間の短縮だけです。',
  cancelled: '事前に中止されました。',
  completed: '作業がその前に完了していました。',
  unapproved_import: '事後に取り込まれた記録で、二人目の承認がありません。',
  down_elsewhere: '判定対象の別のコンポーネントが停止しており、この告知はそれを対象に含んでいません。',
  not_critical: '判定対象のコンポーネントを含んでいません。',
};
/** Why announced time counts as any other. */
export const refusedSentence = (reason: RefusedReason): string => refused[reason];

const causes: Readonly<Record<UnknownCause, string>> = {
  worker_silent: '当方の監視が動作していませんでした。',
  location_silent: '監視拠点から結果が届きませんでした。',
  probe_error: '当方の監視プローブに不具合がありました。',
  paused: '監視が一時停止されていました。',
  unconfirmed: '失敗が確定も否定もされませんでした。',
  override: '状態を知ることは誰にもできないと、担当者が記録しました。',
};
const isCause = (cause: string): cause is UnknownCause => Object.hasOwn(causes, cause);
/** Why nothing is known. */
export const unknownSentence = (cause: string): string => (isCause(cause) ? causes[cause] : `原因は「${cause}」と記録されています。`);

const reasons: Readonly<Record<Reason, string>> = {
  ok: '想定どおり応答',
  over_latency_limit: '応答に遅れ',
  timeout: '時間内に応答なし',
  dns_not_found: '名前が存在しない',
  dns_no_answer: '名前を解決できない',
  dns_unexpected_answer: 'DNSの応答が想定と異なる',
  connect_refused: '接続拒否',
  connect_unreachable: 'ホストに到達できない',
  connection_lost: '接続が切断',
  tls_failed: 'TLSハンドシェイクに失敗',
  tls_expired: '証明書の期限切れ',
  tls_wrong_name: '証明書の名前が不一致',
  tls_untrusted: '証明書が信頼できない',
  tls_expires_soon: '証明書の期限が間近',
  protocol_error: '応答の形式が不正',
  too_large: '応答が大きすぎて判定できない',
  redirect_refused: 'リダイレクトに従わず',
  status_unexpected: '想定外のステータス',
  header_mismatch: '想定したヘッダーがない',
  text_missing: '想定した文字列がない',
  pattern_mismatch: 'パターンに一致しない',
  json_mismatch: 'JSONが想定と異なる',
  reply_mismatch: '応答が想定と異なる',
  beat_missing: 'ハートビートが途絶',
  beat: 'ハートビートを受信',
  store_unhealthy: '記録先に書き込めない',
  address_denied: '監視が許可されていないアドレス',
  own_network: '当方のネットワークが停止',
  own_stall: '当方の監視プローブが停滞',
  own_fault: '当方の監視プローブに不具合',
  text_forbidden: '含まれてはならない文字列がある',
};
/** The short public phrase of one result. */
export const reasonPhrase = (reason: Reason, httpStatus: number | null): string =>
  reason === 'status_unexpected' && httpStatus !== null ? `想定外のHTTPステータス${httpStatus}` : reasons[reason];
