/** How a detected incident is told: title and updates in plain words, from the component's name and the reason. No addresses, no bodies. */
import { REASONS, type Reason } from '#domain/check/reason.ts';
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

/** "Checkout API is not answering: connection refused" */
export const incidentTitle = (name: string, reason: Reason): string => `${name} ${claim(reason)}: ${REASONS[reason].words}`;

/** Who had to agree before it was told: how many checks in a row at each of how many locations. */
export interface Agreement {
  readonly checks: number;
  readonly locations: number;
}
const agreed = ({ checks, locations }: Agreement): string => {
  if (checks === 1 && locations === 1) return '';
  return ` ${checks > 1 ? 'Repeated checks' : 'Checks'}${locations > 1 ? ` from ${locations} locations` : ''} confirm it.`;
};

export const openedBody = (name: string, reason: Reason, agreement: Agreement): string =>
  `${incidentTitle(name, reason)}.${agreed(agreement)} ${
    reason === 'beat_missing'
      ? 'We keep waiting and will say when it reports again.'
      : 'We keep checking and will say when it answers again.'
  }`;

export const resolvedBody = (name: string, length: Millis): string => `${name} answers again. It was down for ${words(length)}.`;

export const addedBody = (name: string, length: Millis): string =>
  `Results that arrived late show that ${name} was down for ${words(length)}. It was over before we knew of it.`;

export const UNFOUNDED_BODY = 'Results that arrived late show that this was not a confirmed outage. It does not count as downtime.';

export const removedBody = (name: string): string => `${name} is no longer watched, so we cannot say whether it answers.`;

/** "3 min 20 s", the two largest units, cut off. */
const words = (length: Millis): string => {
  const seconds = Math.floor(length / 1_000);
  const parts: (readonly [number, string])[] = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3_600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ];
  const said = parts.filter(([count]) => count > 0).slice(0, 2);
  return said.length === 0 ? 'less than a second' : said.map(([count, unit]) => `${count} ${unit}`).join(' ');
};
