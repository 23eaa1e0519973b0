/** Why something came out as it did or does not count, and days of the week, in French. */
import type { Reason } from '#domain/check/reason.ts';
import type { RefusedReason } from '#domain/report/report-document.ts';
import type { ReserveRule } from '#domain/sla/reserve.ts';

const CHECKED: Readonly<Record<Reason, string>> = {
  ok: 'réponse conforme',
  over_latency_limit: 'réponse conforme, mais lente',
  timeout: 'pas de réponse dans le délai',
  dns_not_found: 'le nom n’existe pas',
  dns_no_answer: 'le nom n’a pas pu être résolu',
  dns_unexpected_answer: 'réponse DNS inattendue',
  connect_refused: 'connexion refusée',
  connect_unreachable: 'hôte injoignable',
  connection_lost: 'connexion interrompue',
  tls_failed: 'échec de la négociation TLS',
  tls_expired: 'certificat expiré',
  tls_wrong_name: 'certificat établi pour un autre nom',
  tls_untrusted: 'certificat non approuvé',
  tls_expires_soon: 'certificat bientôt expiré',
  protocol_error: 'réponse non valide',
  too_large: 'réponse trop volumineuse pour être jugée',
  redirect_refused: 'redirection non suivie',
  status_unexpected: 'code d’état inattendu',
  header_mismatch: 'en-tête attendu absent',
  text_missing: 'texte attendu absent',
  pattern_mismatch: 'motif introuvable',
  json_mismatch: 'JSON non conforme',
  reply_mismatch: 'réponse inattendue',
  beat_missing: 'signal de vie absent',
  beat: 'signal de vie reçu',
  store_unhealthy: 'la base n’enregistre plus',
  address_denied: 'adresse interdite aux sondes',
  own_network: 'notre propre réseau était en panne',
  own_stall: 'notre propre sonde était bloquée',
  own_fault: 'défaillance de notre propre sonde',
  text_forbidden: 'texte interdit présent',
};
export const checkedWords = (reason: Reason, httpStatus: number | null): string =>
  reason === 'status_unexpected' && httpStatus !== null ? `code HTTP inattendu ${httpStatus}` : CHECKED[reason];

const REFUSED: Readonly<Record<RefusedReason, string>> = {
  late: 'L’annonce est postérieure à l’échéance.',
  outside_reserve: 'Ce temps est en dehors de la plage réservée.',
  late_edit: 'L’annonce a été modifiée après l’échéance, et une telle modification ne peut que retirer du temps.',
  cancelled: 'La maintenance avait été annulée.',
  completed: 'Les travaux étaient déjà terminés.',
  unapproved_import: 'L’annonce a été importée après coup, et aucune seconde personne ne l’a approuvée.',
  down_elsewhere: 'Un autre composant déterminant était indisponible, et l’annonce ne le couvre pas.',
  not_critical: 'L’annonce ne couvre aucun composant déterminant.',
};
/** Why announced time counts as any other. */
export const refusedWords = (reason: RefusedReason): string => REFUSED[reason];

const UNKNOWN: ReadonlyMap<string, string> = new Map([
  ['worker_silent', 'Notre propre système de surveillance ne fonctionnait pas.'],
  ['location_silent', 'Un point de mesure n’a transmis aucun résultat.'],
  ['probe_error', 'Notre propre sonde était en cause.'],
  ['paused', 'Les vérifications étaient suspendues.'],
  ['unconfirmed', 'Un échec n’a été ni confirmé ni infirmé.'],
  ['override', 'Une personne a déclaré que nul ne peut le savoir.'],
]);
/** Why nothing is known. */
export const unknownWords = (cause: string): string => UNKNOWN.get(cause) ?? `La cause indiquée est ${cause}.`;

const WEEKDAYS: Readonly<Record<ReserveRule['weekday'], string>> = {
  MON: 'lundi',
  TUE: 'mardi',
  WED: 'mercredi',
  THU: 'jeudi',
  FRI: 'vendredi',
  SAT: 'samedi',
  SUN: 'dimanche',
};
export const weekdayWord = (weekday: ReserveRule['weekday']): string => WEEKDAYS[weekday];
