/** What the domain says in English, in Arabic: why a check came out as it did, why time counts, why nothing is known, days of the week. */
import type { Reason } from '#domain/check/reason.ts';
import type { RefusedReason } from '#domain/report/report-document.ts';
import type { ReserveRule } from '#domain/sla/reserve.ts';
import { latin, named } from './grammar.ts';

const REASONS: Readonly<Record<Reason, string>> = {
  ok: 'جاء الرد كما هو متوقع',
  over_latency_limit: 'جاء الرد ببطء',
  timeout: 'لم يأتِ رد في الوقت المحدد',
  dns_not_found: 'الاسم غير موجود',
  dns_no_answer: 'تعذّر تحليل الاسم',
  dns_unexpected_answer: `رد ${latin('DNS')} غير متوقع`,
  connect_refused: 'رُفض الاتصال',
  connect_unreachable: 'تعذّر الوصول إلى المضيف',
  connection_lost: 'انقطع الاتصال',
  tls_failed: `فشلت مصافحة ${latin('TLS')}`,
  tls_expired: 'انتهت صلاحية الشهادة',
  tls_wrong_name: 'الشهادة صادرة لاسم آخر',
  tls_untrusted: 'الشهادة غير موثوقة',
  tls_expires_soon: 'تنتهي صلاحية الشهادة قريبًا',
  protocol_error: 'الرد غير صالح',
  too_large: 'الرد أكبر من أن يُفحص',
  redirect_refused: 'لم تُتبع إعادة التوجيه',
  status_unexpected: 'رمز حالة غير متوقع',
  header_mismatch: 'الترويسة المتوقعة غائبة',
  text_missing: 'النص المتوقع غائب',
  pattern_mismatch: 'النمط غير موجود',
  json_mismatch: `محتوى ${latin('JSON')} ليس كما هو متوقع`,
  reply_mismatch: 'رد غير متوقع',
  beat_missing: 'لم تصل النبضة',
  beat: 'وصلت النبضة',
  store_unhealthy: 'المخزن لا يستطيع التسجيل',
  address_denied: 'العنوان غير مسموح بفحصه',
  own_network: 'كانت شبكتنا متوقفة',
  own_stall: 'تعطّلت أداة الفحص لدينا',
  own_fault: 'فشلت أداة الفحص لدينا',
  text_forbidden: 'ظهر نص محظور',
};
export const reasonWords = (reason: Reason, httpStatus: number | null): string =>
  reason === 'status_unexpected' && httpStatus !== null
    ? `رمز حالة ${latin('HTTP')} غير متوقع: ${latin(String(httpStatus))}`
    : REASONS[reason];

const REFUSED: Readonly<Record<RefusedReason, string>> = {
  late: 'أُعلن عنها بعد انقضاء المهلة.',
  outside_reserve: 'تقع خارج الوقت المحجوز.',
  late_edit: 'عُدّلت بعد انقضاء المهلة، ومثل هذا التعديل لا يمكنه إلا أن ينقص الوقت.',
  cancelled: 'أُلغيت قبل ذلك.',
  completed: 'انتهى العمل قبل ذلك.',
  unapproved_import: 'سُجّلت بعد وقوعها، ولم يوافق عليها شخص ثانٍ.',
  down_elsewhere: 'كان مكوّن آخر محسوب متوقفًا، والإعلان لا يشمله.',
  not_critical: 'لا تشمل أي مكوّن محسوب.',
};
export const refusedWords = (reason: RefusedReason): string => REFUSED[reason];

const UNKNOWN: ReadonlyMap<string, string> = new Map([
  ['worker_silent', 'لم تكن أداة المراقبة لدينا تعمل.'],
  ['location_silent', 'أحد المواقع لم يرسل نتائج.'],
  ['probe_error', 'كان الخلل في أداة الفحص لدينا.'],
  ['paused', 'كانت الفحوص متوقفة مؤقتًا.'],
  ['unconfirmed', 'وقع إخفاق لم يتأكد ولم يُنفَ.'],
  ['override', 'أثبت شخص أن أحدًا لا يستطيع معرفة ذلك.'],
]);
export const unknownWords = (cause: string): string => UNKNOWN.get(cause) ?? `السبب المسجّل: ${named(cause)}.`;

const WEEKDAYS: Readonly<Record<ReserveRule['weekday'], string>> = {
  MON: 'اثنين',
  TUE: 'ثلاثاء',
  WED: 'أربعاء',
  THU: 'خميس',
  FRI: 'جمعة',
  SAT: 'سبت',
  SUN: 'أحد',
};
/** Without the article: "كل يوم سبت". */
export const weekdayWord = (weekday: ReserveRule['weekday']): string => WEEKDAYS[weekday];
