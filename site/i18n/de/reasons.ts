/** German sentences for what the domain names: why a check failed, why announced time counts, why nothing is known, days of the week. */
import type { Reason } from '#domain/check/reason.ts';
import type { RefusedReason } from '#domain/report/report-document.ts';
import { ppmWords } from '#domain/report/value-words.ts';
import type { UnknownCause } from '#domain/sla/evidence.ts';
import type { ReserveRule } from '#domain/sla/reserve.ts';
import { figureText } from '../../format.ts';

const REASONS: Readonly<Record<Reason, string>> = {
  ok: 'wie erwartet geantwortet',
  over_latency_limit: 'geantwortet, aber langsam',
  timeout: 'keine Antwort innerhalb der Zeit',
  dns_not_found: 'Name existiert nicht',
  dns_no_answer: 'Name konnte nicht aufgelöst werden',
  dns_unexpected_answer: 'unerwartete DNS-Antwort',
  connect_refused: 'Verbindung abgelehnt',
  connect_unreachable: 'Host nicht erreichbar',
  connection_lost: 'Verbindung abgebrochen',
  tls_failed: 'TLS-Handshake fehlgeschlagen',
  tls_expired: 'Zertifikat abgelaufen',
  tls_wrong_name: 'Zertifikat gilt für einen anderen Namen',
  tls_untrusted: 'Zertifikat nicht vertrauenswürdig',
  tls_expires_soon: 'Zertifikat läuft bald ab',
  protocol_error: 'Antwort ist ungültig',
  too_large: 'Antwort ist zu groß, um sie zu beurteilen',
  redirect_refused: 'Weiterleitung nicht verfolgt',
  status_unexpected: 'unerwarteter Status',
  header_mismatch: 'erwarteter Header fehlt',
  text_missing: 'erwarteter Text fehlt',
  pattern_mismatch: 'Muster nicht gefunden',
  json_mismatch: 'JSON nicht wie erwartet',
  reply_mismatch: 'unerwartete Erwiderung',
  beat_missing: 'Lebenszeichen fehlt',
  beat: 'Lebenszeichen empfangen',
  store_unhealthy: 'Datenspeicher kann nicht schreiben',
  address_denied: 'Adresse darf nicht geprüft werden',
  own_network: 'unser eigenes Netz war ausgefallen',
  own_stall: 'unser eigener Prüfer stockte',
  own_fault: 'unser eigener Prüfer ist fehlgeschlagen',
  text_forbidden: 'unerlaubter Text vorhanden',
};
export const reasonWords = (reason: Reason, httpStatus: number | null): string =>
  reason === 'status_unexpected' && httpStatus !== null ? `unerwarteter HTTP-Status ${httpStatus}` : REASONS[reason];

const REFUSED: Readonly<Record<RefusedReason, string>> = {
  late: 'Angekündigt wurde nach der Frist.',
  outside_reserve: 'Diese Zeit liegt außerhalb der reservierten Zeit.',
  late_edit: 'Geändert wurde nach der Frist, und eine solche Änderung kann nur Zeit wegnehmen.',
  cancelled: 'Die Wartung wurde vorher abgesagt.',
  completed: 'Die Arbeit war vorher beendet.',
  unapproved_import: 'Die Ankündigung wurde nachträglich importiert, und keine zweite Person hat sie bestätigt.',
  down_elsewhere: 'Eine andere maßgebliche Komponente war ausgefallen, und die Ankündigung deckt sie nicht ab.',
  not_critical: 'Die Ankündigung deckt keine maßgebliche Komponente ab.',
};
/** Why announced time counts as any other. */
export const refusedWords = (reason: RefusedReason): string => REFUSED[reason];

const UNKNOWN: Readonly<Record<UnknownCause, string>> = {
  worker_silent: 'Unsere eigene Überwachung lief nicht.',
  location_silent: 'Ein Standort hat keine Ergebnisse gesendet.',
  probe_error: 'Der Fehler lag bei unserem eigenen Prüfer.',
  paused: 'Die Prüfungen waren angehalten.',
  unconfirmed: 'Ein Fehlschlag wurde weder bestätigt noch widerlegt.',
  override: 'Eine Person hat erklärt, dass es niemand wissen kann.',
};
const isCause = (cause: string): cause is UnknownCause => Object.hasOwn(UNKNOWN, cause);
/** Why nothing is known. */
export const unknownWords = (cause: string): string => (isCause(cause) ? UNKNOWN[cause] : `Als Ursache ist angegeben: ${cause}.`);

const WEEKDAYS: Readonly<Record<ReserveRule['weekday'], string>> = {
  MON: 'Montag',
  TUE: 'Dienstag',
  WED: 'Mittwoch',
  THU: 'Donnerstag',
  FRI: 'Freitag',
  SAT: 'Samstag',
  SUN: 'Sonntag',
};
export const weekdayWord = (weekday: ReserveRule['weekday']): string => WEEKDAYS[weekday];

export const percent = (figure: string): string => `${figureText('de', figure)}\u00a0%`;
/** 995 000 is "99,5 %". */
export const target = (ppm: number): string => figureText('de', ppmWords(ppm)).replace(' ', '\u00a0');
