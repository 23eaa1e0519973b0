/** How a detected incident is told: title and updates in plain words, from the component's name and the reason. No addresses, no bodies. */
import type { CheckKind } from '#domain/check/check-definition.ts';
import { type Reason, reasonWords } from '#domain/check/reason.ts';
import type { Millis } from '#domain/time/instant.ts';

const UNREACHABLE: ReadonlySet<Reason> = new Set<Reason>([
  'timeout',
  'dns_not_found',
  'dns_no_answer',
  'connect_refused',
  'connect_unreachable',
  'connection_lost',
]);

const claim = (reason: Reason): string => {
  if (UNREACHABLE.has(reason)) return 'is not answering';
  if (reason === 'tls_expires_soon') return 'needs attention';
  if (reason.startsWith('tls_')) return 'cannot be reached securely';
  if (reason === 'beat_missing') return 'has not reported in';
  if (reason === 'store_unhealthy') return 'is not keeping its record';
  return 'is not answering as it should';
};

/** "Checkout API is not answering: connection refused"; the status only where it is the reason. */
export const incidentTitle = (name: string, reason: Reason, httpStatus: number | null): string =>
  `${name} ${claim(reason)}: ${reasonWords(reason, httpStatus)}`;

/** Who had to agree before it was told: how many checks in a row at each of how many locations. */
export interface Agreement {
  readonly checks: number;
  readonly locations: number;
}
const agreed = ({ checks, locations }: Agreement): string => {
  if (checks === 1 && locations === 1) return '';
  return ` ${checks > 1 ? 'Repeated checks' : 'Checks'}${locations > 1 ? ` from ${locations} locations` : ''} confirm it.`;
};

export const openedBody = (name: string, reason: Reason, httpStatus: number | null, agreement: Agreement): string =>
  `${incidentTitle(name, reason, httpStatus)}.${agreed(agreement)} ${
    reason === 'beat_missing'
      ? 'We keep waiting and will say when it reports again.'
      : 'We keep checking and will say when it answers again.'
  }`;

export const resolvedBody = (name: string, length: Millis, kind: CheckKind): string =>
  `${name} ${kind === 'heartbeat' ? 'reports' : 'answers'} again. It was down for ${words(length)}.`;

export const addedBody = (name: string, length: Millis): string =>
  `Results that arrived late show that ${name} was down for ${words(length)}. It was over before we knew of it.`;

export const UNFOUNDED_BODY = 'Results that arrived late show that this was not a confirmed outage. It does not count as downtime.';

export const removedBody = (name: string): string => `${name} is no longer watched, so we cannot say whether it answers.`;

/** "3 min 20 s", "18 minutes": the two largest units, cut off, as the pages write a length; seconds only under ten minutes. */
const words = (length: Millis): string => {
  const seconds = Math.floor(length / 1_000);
  if (seconds === 0) return 'less than a second';
  const parts: (readonly [number, string, string])[] = [
    [Math.floor(seconds / 86_400), 'd', 'day'],
    [Math.floor(seconds / 3_600) % 24, 'h', 'hour'],
    [Math.floor(seconds / 60) % 60, 'min', 'minute'],
    [seconds >= 600 ? 0 : seconds % 60, 's', 'second'],
  ];
  const largest = parts.findIndex(([count]) => count > 0);
  const said = parts.slice(largest, largest + 2).filter(([count]) => count > 0);
  if (said.length > 1) return said.map(([count, unit]) => `${count} ${unit}`).join(' ');
  return said.map(([count, , unit]) => `${count} ${unit}${count === 1 ? '' : 's'}`).join('');
};
