/**
 * Whether something is a report at all: its whole shape, strictly, before anything in it is counted with. For files that come from
 * outside; what Avow stored it has read once already. Says every fault as one sentence with its place; never throws.
 */
import { z } from 'zod';
import { OUTCOMES } from '#domain/check/check-result.ts';
import { REPORT_FORMAT, type ReportDocument, type SealedReport } from '#domain/report/report-document.ts';
import { WEEKDAYS } from '#domain/sla/reserve.ts';
import { pathText, shortened } from '#monitor/config/fault.ts';
import { isMapping } from '#monitor/config/mapping.ts';
import * as is from './report-fields.ts';

/** More faults than this are counted, not listed. */
const MOST_FAULTS = 50;

const sums = {
  period_ms: is.whole(),
  excluded_ms: is.whole(),
  eligible_ms: is.whole(),
  downtime_ms: is.whole(),
  unknown_ms: is.whole(),
  up_ms: is.whole(),
};
const line = { id: is.text(), start: is.iso(), end: is.iso(), ms: is.whole() };
const state = is.oneOf('up', 'degraded', 'down', 'unknown');
const tier = is.mapping({ below_ppm: is.whole(0, 1_000_000), credit_bp: is.whole(0, 10_000) });
const components = z.union([z.literal('*'), is.list(is.text())], is.must('"*" or a list'));

const sample = is.mapping({
  at: is.iso(),
  outcome: is.oneOf(...OUTCOMES),
  reason: is.text(),
  http_status: is.whole().nullable(),
  detail: is.text(),
});
const witness = is.mapping({
  location: is.text(),
  kept: is.flag(),
  failures: is.whole(),
  last_good_before: sample.nullable(),
  first_bad: sample.nullable(),
  last_bad: sample.nullable(),
  first_good_after: sample.nullable(),
});
const lines = {
  downtime: is.list(
    is.mapping({
      ...line,
      component: is.text(),
      source: is.oneOf('probe', 'override'),
      override: is.text().nullable(),
      witnesses: is.list(witness),
      start_uncertainty_ms: is.signed().nullable(),
      end_uncertainty_ms: is.signed().nullable(),
      incidents: is.list(is.text()),
    }),
  ),
  exclusions: is.list(
    is.mapping({
      ...line,
      components: is.list(is.text()),
      announcements: is.list(is.mapping({ id: is.text(), rev: is.whole(), announced_at: is.iso() })),
    }),
  ),
  refused: is.list(
    is.mapping({
      ...line,
      announcement: is.text(),
      reason: is.oneOf(
        'late',
        'outside_reserve',
        'late_edit',
        'cancelled',
        'completed',
        'unapproved_import',
        'down_elsewhere',
        'not_critical',
      ),
    }),
  ),
  unknown: is.list(is.mapping({ ...line, components: is.list(is.mapping({ id: is.text(), cause: is.text() })) })),
  blips: is.list(is.mapping({ ...line, component: is.text(), location: is.text(), counted: is.flag() })),
};
const adjustment = is.mapping({
  id: is.text(),
  kind: is.oneOf('override', 'revocation'),
  revokes: is.text().nullable(),
  component: is.text(),
  start: is.iso(),
  end: is.iso().nullable(),
  state,
  recorded_at: is.iso(),
  reason: is.text(),
  evidence: is.text(),
  author: is.text(),
  approved_by: is.text().nullable(),
  needs_approval: is.flag(),
  in_effect: is.flag(),
  before: is.mapping(sums),
  after: is.mapping(sums),
});
const announcement = is.mapping({
  id: is.text(),
  components,
  imported: is.flag(),
  import_approved_by: is.text().nullable(),
  revisions: is.list(
    is.mapping({
      rev: is.whole(),
      announced_at: is.iso(),
      start: is.iso(),
      end: is.iso(),
      title: is.text(),
      author: is.text().nullable(),
    }),
  ),
  cancelled_at: is.iso().nullable(),
  completed_at: is.iso().nullable(),
});
const slot = is.mapping({
  start: is.iso(),
  end: is.iso(),
  reserved_ms: is.whole(),
  announced_ms: is.whole(),
  excluded_ms: is.whole(),
  used_ms: is.whole(),
});
const release = is.mapping({
  version: is.text(),
  kind: is.oneOf('standard', 'hotfix', 'emergency'),
  notes_published_at: is.iso().nullable(),
  deployed_at: is.iso(),
  announcement: is.text().nullable(),
  outside_window: is.flag(),
});
const adjudication = is.mapping({
  id: is.text(),
  recorded_at: is.iso(),
  decision: is.oneOf('met', 'missed'),
  reason: is.text(),
  evidence: is.text(),
  author: is.text(),
  approved_by: is.text(),
});
const contract = is.mapping({
  id: is.text(),
  customer: is.text(),
  customer_name: is.text(),
  currency: is.currency(),
  decimals: is.whole(0, 6),
  monthly_fee_minor: is.whole(),
  start_date: is.date(),
  end_date: is.date().nullable(),
  report_zone: is.text(),
  prorate: is.flag(),
  components: is.list(is.mapping({ id: is.text(), name: is.text(), critical: is.flag() })),
  credit_schedule: is
    .mapping({ id: is.text(), tiers: is.list(tier), cap_bp: is.whole(0, 10_000), min_credit_minor: is.whole() })
    .nullable(),
  claim: is.mapping({ required: is.flag(), days: is.whole(0, 3_660) }),
  amended_from: is.month().nullable(),
});
const credit = is.mapping({
  billed_minor: is.whole(),
  covered_days: is.whole(),
  days_in_month: is.whole(),
  judged_by: is.oneOf('measured', 'lower'),
  tier: tier.nullable(),
  credit_bp: is.whole(),
  gross_minor: is.whole(),
  credit_minor: is.whole(),
});
const policy = is.mapping({
  sha256: is.sha256(),
  reserve: is.mapping({ weekday: is.oneOf(...WEEKDAYS), start: is.clock(), duration_min: is.whole(1, 10_080), zone: is.text() }),
  min_notice_ms: is.whole(),
  target_ppm: is.whole(0, 1_000_000),
  unknown_policy: is.oneOf('exclude', 'down', 'up'),
  count_degraded: is.flag(),
});
const figures = is.mapping({
  ...sums,
  known_ms: is.whole(),
  budget_ms: is.whole(),
  remaining_ms: is.signed(),
  projected_budget_ms: is.whole(),
  availability: is.percent().nullable(),
  lower: is.percent().nullable(),
  upper: is.percent().nullable(),
  verdict: is.oneOf('met', 'missed', 'indeterminate', 'not_applicable'),
  blips: is.whole(),
  blip_ms: is.whole(),
});
const claim = is.mapping({
  state: is.oneOf('not_required', 'none_due', 'open', 'in_time', 'too_late', 'expired'),
  deadline: is.iso().nullable(),
  received_at: is.iso().nullable(),
  due_minor: is.whole().nullable(),
});

const report = is.mapping({
  format: z.literal(REPORT_FORMAT, is.must(`"${REPORT_FORMAT}"`)),
  id: is.text(),
  revision: is.whole(1, 1_000_000),
  state: is.oneOf('open', 'provisional', 'final'),
  issued_at: is.iso(),
  as_of: is.iso(),
  month: is.month(),
  contract,
  period: is.mapping({
    zone: is.text(),
    month_start: is.iso(),
    month_end: is.iso(),
    start: is.iso(),
    end: is.iso(),
    local_start: is.local(),
    local_end: is.local(),
    tzdata: is.text(),
  }),
  policy,
  generator: is.mapping({ name: is.text(), version: is.text() }),
  prev_sha256: is.sha256().nullable(),
  chain: is.mapping({ seq: is.whole(1), row_hash: is.sha256() }).nullable(),
  figures,
  credit: credit.nullable(),
  adjudication: adjudication.nullable(),
  claim,
  ...lines,
  adjustments: is.list(adjustment),
  announcements: is.list(announcement),
  slots: is.list(slot),
  releases: is.list(release),
  notes: is.list(is.text()),
  changes: is.list(is.mapping({ what: is.text(), before: is.text().nullable(), after: is.text().nullable(), words: is.text() })),
}) satisfies z.ZodType<ReportDocument>;

const sealed = is.mapping({
  report,
  sha256: is.sha256(),
  signature: is.mapping({
    algorithm: z.literal('Ed25519', is.must('"Ed25519"')),
    key_id: is.sha256(),
    value: is.text(),
    public_key: is.text(),
  }),
}) satisfies z.ZodType<SealedReport>;

export interface Unreadable {
  /** Sentences, each with its place. */
  readonly faults: readonly string[];
}
export const isUnreadable = (read: ReportDocument | SealedReport | Unreadable): read is Unreadable => 'faults' in read;

const sentences = ({ issues }: z.ZodError): string[] => {
  const told = issues.slice(0, MOST_FAULTS).map(({ path, message }) => {
    const place = pathText(path.filter((part) => typeof part !== 'symbol'));
    return `${place === '' ? 'The report' : place} ${shortened(message, 300)}.`;
  });
  return issues.length > MOST_FAULTS ? [...told, `There are ${issues.length - MOST_FAULTS} more faults.`] : told;
};

/** What a schema cannot see: a key that stands for the prototype of an object. */
const hidden = (value: unknown): boolean =>
  Array.isArray(value) ? value.some(hidden) : isMapping(value) && (Object.hasOwn(value, '__proto__') || Object.values(value).some(hidden));

const readAs = <T>(schema: z.ZodType<T>, value: unknown): T | Unreadable => {
  const read = schema.safeParse(value);
  if (!read.success) return { faults: sentences(read.error) };
  return hidden(value) ? { faults: ['The report has a key "__proto__", which no report has.'] } : read.data;
};

/** `value`: what JSON.parse made of the file. */
export const readReport = (value: unknown): ReportDocument | Unreadable => readAs(report, value);
/** A report as a file, with its hash and its signature; neither is verified here. */
export const readSealedReport = (value: unknown): SealedReport | Unreadable => readAs(sealed, value);
