/** One reading as a tired person wants it: the verdict as a sentence, then where, how long each phase took, and what the certificate says. */
import { PHASES, type ProbeReading } from '#domain/check/check-result.ts';
import { DAY, type Instant } from '#domain/time/instant.ts';
import { isoOf } from '#domain/time/iso.ts';
import { isoDay } from '#monitor/probe/certificate.ts';
import { inWords } from '#monitor/probe/reading.ts';

const MARK = { ok: 'OK   ', slow: 'SLOW ', fail: 'FAIL ', error: 'ERROR' } as const;
const WIDTH = 40;
const INDENT = ' '.repeat(MARK.ok.length + 1);
const row = (label: string, value: string): string => `${INDENT}${label.padEnd(12)}${value}`;

/** Bars under each other, each beginning where the one before ended: a waterfall. */
const bars = (phases: ProbeReading['phases']): string[] => {
  const present = PHASES.flatMap((phase) => (phases[phase] === undefined ? [] : [{ phase, us: phases[phase] ?? 0 }]));
  const total = Math.max(
    1,
    present.reduce((sum, { us }) => sum + us, 0),
  );
  let before = 0;
  return present.map(({ phase, us }) => {
    const from = Math.min(WIDTH - 1, Math.round((before * WIDTH) / total));
    before += us;
    const to = Math.max(from + 1, Math.round((before * WIDTH) / total));
    return row(phase, `${inWords(us).padStart(9)}  ${' '.repeat(from)}${'█'.repeat(to - from)}`);
  });
};

const expiry = (expiresAt: Instant, now: Instant): string => {
  const days = Math.floor((expiresAt - now) / DAY);
  if (days < 0) return `expired on ${isoDay(expiresAt)}`;
  return `${days} ${days === 1 ? 'day' : 'days'} left, until ${isoDay(expiresAt)}`;
};

export interface Shown {
  readonly target: string;
  /** Addresses dialled, in order; empty when none was. */
  readonly addresses: readonly string[];
  readonly reading: ProbeReading;
  readonly now: Instant;
}

const sentence = ({ target, reading }: Shown): string => {
  const took = reading.latencyUs === null ? '' : ` in ${inWords(reading.latencyUs)}`;
  if (reading.outcome === 'ok') return `${target} answered as expected${took}.`;
  return `${target}: ${reading.detail}`;
};

export const reportLines = (shown: Shown): string[] => {
  const { addresses, reading, now } = shown;
  const lines = [`${MARK[reading.outcome]} ${sentence(shown)}`];
  if (addresses.length > 0) lines.push(row('address', addresses.join(', then ')));
  if (reading.httpStatus !== null) lines.push(row('status', `${reading.httpStatus}`));
  lines.push(...bars(reading.phases));
  if (reading.certExpiresAt !== null) lines.push(row('certificate', expiry(reading.certExpiresAt, now)));
  if (reading.outcome === 'error') lines.push(`${INDENT}This says nothing about the target: the check could not be made.`);
  return lines;
};

/** One document per target; lengths in microseconds, as named. */
export const reportJson = ({ target, addresses, reading }: Shown): string =>
  JSON.stringify({
    target,
    outcome: reading.outcome,
    reason: reading.reason,
    detail: reading.detail,
    addresses,
    http_status: reading.httpStatus,
    latency_us: reading.latencyUs,
    phases_us: reading.phases,
    cert_expires_at: reading.certExpiresAt === null ? null : isoOf(reading.certExpiresAt),
  });
