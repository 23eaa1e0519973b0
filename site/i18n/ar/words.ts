/** Every Arabic sentence of the pages; those of reports are English. */
import type { ComponentState } from '#domain/sla/overall.ts';
import { partsOf } from '../../format.ts';
import { enReports } from '../en/reports.ts';
import type { Words } from '../en/words.ts';
import { apiWords } from './api.ts';
import { badgeWords } from './badges.ts';
import { reasonWords } from './domain.ts';
import { embedWords } from './embed.ts';
import { feedWords } from './feeds.ts';
import { frameWords } from './frame.ts';
import { exactLengthOf, latin, lengthOf, listed, NOUNS, named, plural, shortLengthOf } from './grammar.ts';
import { historyWords } from './history.ts';
import { incidentWords } from './incidents.ts';
import { maintenanceWords } from './maintenance.ts';
import { pictureWords } from './picture.ts';
import { releasesWords } from './releases.ts';
import { severityWords } from './severity.ts';
import { slaWords } from './sla.ts';
import { subscribeWords } from './subscribe.ts';
import { widgetWords } from './widget.ts';

const states: Record<ComponentState, string> = {
  operational: 'يعمل',
  degraded: 'أداء متراجع',
  partial_outage: 'انقطاع جزئي',
  major_outage: 'انقطاع',
  maintenance: 'صيانة',
  unknown: 'غير معروف',
};

export const ar: Words = {
  lang: 'ar',
  dir: 'rtl',
  skip: 'إلى المكوّنات',
  title: (name) => (/\bstatus$|^حالة /i.test(name) ? name : `${named(name)}: الحالة`),

  headline(overall, investigating, measured, awaitsBeat = false) {
    const troubled = overall.headline === 'down' || overall.headline === 'all_down';
    if (!measured && awaitsBeat) return `في انتظار أول نبضة من ${listed(overall.unknown)}.`;
    if (!measured) return overall.unknown.length === 0 ? 'لا شيء مراقبًا بعد.' : 'الفحوص الأولى جارية.';
    if (!troubled && investigating.length > 0) return `نتحقق من ${listed(investigating)}: أخفق آخر فحص.`;
    switch (overall.headline) {
      case 'all_down':
        return overall.down.length === 1 ? `انقطاع في ${listed(overall.down)}.` : 'انقطاع في كل المكوّنات الأساسية.';
      case 'down':
        return `انقطاع في ${listed(overall.down)}.`;
      case 'degraded':
        return `أداء متراجع في ${listed(overall.degraded)}.`;
      case 'maintenance':
        return `صيانة جارية في ${listed(overall.maintenance)}.`;
      case 'partly_unknown':
        return `لم يُرصد أي خلل، لكن الحالة غير معروفة في ${listed(overall.unknown)}.`;
      case 'unknown':
        return 'الحالة غير معروفة: لم يُقَس شيء مؤخرًا.';
      case 'operational':
        return 'كل الأنظمة تعمل.';
    }
  },
  alsoUnknown: (names) => `الحالة غير معروفة في ${listed(names)}.`,
  lastChecked: 'آخر فحص:',
  neverChecked: 'لم يُفحص بعد.',
  neverBeat: 'لم تصل أي نبضة بعد.',
  timesIn: (zone, id) => (zone.includes(id) ? `الأوقات معروضة حسب ${zone}.` : `الأوقات معروضة حسب ${zone} (${latin(id)}).`),
  stale: (at) => `البيانات حتى ${at}: لا يستطيع ${latin('Avow')} الوصول إلى مخزنه. قد يكون ما يلي قديمًا.`,
  watchesItself: `يراقب ${latin('Avow')} نفسه. لمراقبة خدمتك، ضع وصفها في`,
  watchesItselfThen: `ثم شغّل ${latin('Avow')} من جديد أو أرسل إليه ${latin('SIGHUP')}؛ يحتوي المجلد ${latin('docs')} على عيّنة مشروحة.`,

  states,
  stateOf: (state, investigating, measured) =>
    investigating ? 'قيد التحقق' : state === 'unknown' && !measured ? 'لم يُقَس بعد' : states[state],
  cause: ({ reason, httpStatus }) => {
    if (reason === 'paused') return 'غير مقيس: الفحص متوقف مؤقتًا';
    return reason === 'awaits_beat' ? 'في انتظار أول نبضة' : reasonWords(reason, httpStatus);
  },
  since: (at) => `منذ ${at}`,
  sinceLong: (days) => `منذ أكثر من ${plural(days, NOUNS.day, true)}`,

  now: 'ما يجري الآن',
  components: 'المكوّنات',
  otherComponents: 'مكوّنات أخرى',
  barsNote: (from) => `كل عمود يوم واحد، من ${from} إلى اليوم، من اليسار إلى اليمين. يُفتح صف الأعمدة فتظهر أيامه بالكلمات.`,
  barsLabel: (name, days) => `${named(name)}: آخر ${plural(days, NOUNS.day, true)}`,
  barsSummary(down, degraded, unknown, measuredDays) {
    if (measuredDays === 0) return 'لم يُقَس شيء بعد';
    const parts = [
      down > 0 ? `انقطاع في ${plural(down, NOUNS.day, true)}` : 'لا انقطاع',
      ...(degraded > 0 ? [`أداء متراجع في ${plural(degraded, NOUNS.day, true)}`] : []),
      ...(unknown > 0 ? [`فجوات في القياس في ${plural(unknown, NOUNS.day, true)}`] : []),
    ];
    return `${parts.join('، ')}؛ ${plural(measuredDays, NOUNS.measuredDay)}`;
  },
  dayTitle: (day, parts) => `${day}: ${parts.join('، ')}`,
  partDown: (length) => `انقطاع ${length}`,
  partDegraded: (length) => `أداء متراجع ${length}`,
  partMaintenance: (length) => `صيانة ${length}`,
  partUnknown: (length) => `غير مقيس ${length}`,
  noTroubleDays: (days) => (days === 0 ? 'لم يُقَس شيء بعد.' : `لا خلل في ${plural(days, NOUNS.measuredDay, true)}.`),
  otherDays: (days) => (days === 0 ? '' : `لا خلل في سائر الأيام المقيسة: ${plural(days, NOUNS.day)}.`),
  olderDays: (days) => `${plural(days, NOUNS.olderDay)} فيها خلل، في صفحة المكوّن.`,
  tableDay: 'اليوم',
  tableDown: 'انقطاع',
  tableDegraded: 'أداء متراجع',
  tableMaintenance: 'صيانة',
  tableUnknown: 'غير مقيس',
  none: '–',

  unmeasured: 'ما لم نقِسه',
  notMeasured: (what, from, to) => (what === null ? `لم نقِس شيئًا بين ${from} و${to}.` : `لم نقِس ${named(what)} بين ${from} و${to}.`),
  notMeasuredSince: (what, from) => (what === null ? `لم نقِس شيئًا منذ ${from}.` : `لم نقِس ${named(what)} منذ ${from}.`),
  moreGaps: (count) => `${plural(count, NOUNS.gap)} في آخر 24 ساعة.`,

  past: 'آخر 14 يومًا',
  moreIncidents: (count) => `غير معروض هنا من حوادث هذا اليوم: ${plural(count, NOUNS.incident)}.`,
  noIncidents: 'لا حوادث.',
  notYetMeasured: 'لم يُقَس.',
  range: (from, to) => `من ${from} إلى ${to}`,
  today: 'اليوم',
  incidentStatus: {
    investigating: 'قيد التحقق',
    identified: 'حُدّد السبب',
    monitoring: 'قيد المراقبة',
    resolved: 'حُلّ',
    postmortem: 'تحليل لاحق',
  },
  openSince: (at) => `منذ ${at}`,
  openAbove: (count) => `${plural(count, NOUNS.openIncident)}؛ التفاصيل في أعلى الصفحة.`,
  lasted: (from, to, length) => `من ${from} إلى ${to}، ${length}.`,

  support: 'الدعم',
  machine: `الحالة بصيغة ${latin('JSON')}`,
  measuredBy: `يقيسها وينشرها ${latin('Avow')}.`,

  kinds: {
    http: `طلب ${latin('HTTP')}`,
    tcp: `اتصال ${latin('TCP')}`,
    tls: `مصافحة ${latin('TLS')}`,
    dns: `استعلام ${latin('DNS')}`,
    heartbeat: 'نبضة ترسلها المهمة',
    self: `${latin('Avow')} يسأل نفسه`,
    store: `${latin('Avow')} يسأل مخزنه`,
  },
  every(ms) {
    const { days, hours, minutes, seconds } = partsOf(ms);
    const single = days + hours + minutes + seconds === 1;
    return single ? (days ? 'يوم' : hours ? 'ساعة' : minutes ? 'دقيقة' : 'ثانية') : lengthOf(ms, true);
  },
  checkedEvery: (kind, every, locations) =>
    locations.length <= 1
      ? `${kind}، كل ${every}${locations[0] ? `، من ${named(locations[0])}` : ''}.`
      : `${kind}، كل ${every}، من ${plural(locations.length, NOUNS.location, true)}: ${locations.map(named).join('، ')}.`,
  confirmedBy(count, quorum, locations) {
    const seen = locations > 1 ? `، إذا رُصد من ${plural(quorum, NOUNS.location, true)} على الأقل` : '';
    if (count === 1) return `إخفاق واحد يعني انقطاعًا${seen}؛ ويُؤرّخ بذلك الإخفاق.`;
    return `يُعد انقطاعًا ما بلغ ${plural(count, NOUNS.failure, true)} على التوالي${seen}؛ ويُؤرّخ بأولها.`;
  },
  sentinelsOff: `لم يُضبط أي عنوان مرجعي، لذلك لا يمكن تمييز انقطاع الشبكة التي يعمل فيها ${latin('Avow')} من انقطاع هذا المكوّن.`,
  lastCheck: 'آخر فحص',
  lastCheckAt: (location) => `من ${named(location)}`,
  neverYet: 'لم ينتهِ أي فحص بعد.',
  outcome: {
    ok: 'جاء الرد كما هو متوقع',
    slow: 'جاء الرد، لكن ببطء',
    fail: 'أخفق',
    error: 'تعذّر إجراؤه',
  },
  phases: {
    dns: 'تحليل الاسم',
    connect: 'الاتصال',
    tls: 'الاتفاق على التشفير',
    ttfb: 'انتظار أول بايت',
    transfer: 'استلام الباقي',
  },
  phase: 'المرحلة',
  took: 'استغرقت',
  together: 'الفحص كله',
  phasesLabel: 'توزع وقت آخر فحص',
  status: (code) => `رمز حالة ${latin('HTTP')}: ${code}`,
  certificate: (day, days) => {
    if (days < 0) return `انتهت صلاحية الشهادة في ${day}.`;
    return `الشهادة صالحة حتى ${day}، ${days === 0 ? 'أي أقل من يوم من الآن' : `أي بعد ${plural(days, NOUNS.day, true)} من الآن`}.`;
  },

  latency: 'كم تستغرق الردود',
  latencyNote: (from) =>
    `الردود الصحيحة فقط${from === '' ? '' : `، مقيسة من ${named(from)}`}. الخط هو الوسيط؛ ورد واحد من كل عشرين استغرق أطول من النطاق المظلل.`,
  noLatency: 'لم يُقَس زمن أي رد بعد.',
  ranges: { '24h': '24 ساعة', '7d': '7 أيام', '30d': '30 يومًا', '90d': '90 يومًا' },
  rangeChoice: 'المدى',
  plotLabel: (range, median, p95) => `زمن الرد خلال ${range}: الوسيط ${median}، و95 من كل 100 خلال ${p95} في نهاية المدى`,
  asTable: (range) => `${range} على شكل جدول`,
  from: 'من',
  median: 'الوسيط',
  within95: '95 من كل 100 خلال',
  slowest: 'الأبطأ',
  answers: 'الردود',

  ninetyDays: 'تسعون يومًا',
  allDays: 'كل الأيام على شكل جدول',
  stretches: 'كل تغيّر في الحالة',
  before: (day) => `قبل ${day}`,
  moreThan: (length) => `أكثر من ${length}`,
  stretchState: 'الحالة',
  stretchStart: 'من',
  stretchEnd: 'إلى',
  stretchLength: 'المدة',
  lasts: 'الآن',
  moreStretches: (count) => `فترات أقدم غير معروضة: ${plural(count, NOUNS.stretch)}.`,

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

  notFoundTitle: 'لا توجد صفحة كهذه',
  notFound: 'ربما كُتب العنوان خطأً، أو لم يعد المكوّن مراقبًا، أو لم يُقَس شيء في ذلك الشهر.',
  toStatus: (name) => `الحالة الراهنة: ${named(name)}`,
  settingUpTitle: 'صفحة الحالة هذه قيد الإعداد.',
  settingUp: 'لم يُقَس شيء بعد. يمكن معاودة الاطلاع بعد دقيقة.',

  length: (ms) => lengthOf(ms),
  units: '، |ي|س|د|ث',
  openLength: (ms) => (ms < 60_000 ? '' : `، ${shortLengthOf(ms - (ms % 60_000))}`),
  shortLength: shortLengthOf,
  exactLength: exactLengthOf,
};
