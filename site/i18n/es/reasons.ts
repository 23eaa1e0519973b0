/** In Spanish what the domain says of a check, of announced time that counts, and of time without evidence. */
import type { Reason } from '#domain/check/reason.ts';
import type { RefusedReason } from '#domain/report/report-document.ts';
import type { UnknownCause } from '#domain/sla/evidence.ts';
import type { ReserveRule } from '#domain/sla/reserve.ts';

const CHECK: Readonly<Record<Reason, string>> = {
  ok: 'respondió según lo esperado',
  over_latency_limit: 'respondió, pero con lentitud',
  timeout: 'no respondió a tiempo',
  dns_not_found: 'el nombre no existe',
  dns_no_answer: 'no se pudo resolver el nombre',
  dns_unexpected_answer: 'respuesta DNS inesperada',
  connect_refused: 'conexión rechazada',
  connect_unreachable: 'no se pudo alcanzar el servidor',
  connection_lost: 'conexión perdida',
  tls_failed: 'falló la negociación TLS',
  tls_expired: 'certificado caducado',
  tls_wrong_name: 'el certificado es de otro nombre',
  tls_untrusted: 'certificado sin confianza',
  tls_expires_soon: 'el certificado caduca pronto',
  protocol_error: 'la respuesta no es válida',
  too_large: 'la respuesta es demasiado grande para evaluarla',
  redirect_refused: 'redirección no seguida',
  status_unexpected: 'estado inesperado',
  header_mismatch: 'falta la cabecera esperada',
  text_missing: 'falta el texto esperado',
  pattern_mismatch: 'no se encontró el patrón',
  json_mismatch: 'el JSON no es el esperado',
  reply_mismatch: 'contestación inesperada',
  beat_missing: 'falta el latido',
  beat: 'latido recibido',
  store_unhealthy: 'el almacén no puede registrar',
  address_denied: 'no está permitido comprobar la dirección',
  own_network: 'nuestra propia red no funcionaba',
  own_stall: 'nuestra propia sonda se detuvo',
  own_fault: 'nuestra propia sonda falló',
  text_forbidden: 'hay un texto que no debía aparecer',
};
export const reasonWords = (reason: Reason, httpStatus: number | null): string =>
  reason === 'status_unexpected' && httpStatus !== null ? `estado HTTP ${httpStatus} inesperado` : CHECK[reason];

const REFUSED: Readonly<Record<RefusedReason, string>> = {
  late: 'Se anunció después del plazo.',
  outside_reserve: 'Queda fuera del tiempo reservado.',
  late_edit: 'Se modificó después del plazo, y un cambio así solo puede restar tiempo.',
  cancelled: 'Se canceló antes.',
  completed: 'El trabajo terminó antes.',
  unapproved_import: 'Se importó con posterioridad, y ninguna segunda persona lo ha aprobado.',
  down_elsewhere: 'Otro componente determinante estaba fuera de servicio, y el anuncio no lo abarca.',
  not_critical: 'No abarca ningún componente determinante.',
};
/** Why announced time counts as any other. */
export const refusedWords = (reason: RefusedReason): string => REFUSED[reason];

const UNKNOWN: Readonly<Record<UnknownCause, string>> = {
  worker_silent: 'Nuestro propio monitor no estaba en marcha.',
  location_silent: 'Una ubicación no envió resultados.',
  probe_error: 'El fallo estuvo en nuestra propia sonda.',
  paused: 'Las comprobaciones estaban en pausa.',
  unconfirmed: 'Un fallo no se confirmó ni se descartó.',
  override: 'Una persona ha declarado que nadie puede saberlo.',
};
const causes: ReadonlyMap<string, string> = new Map(Object.entries(UNKNOWN));
/** Why nothing is known. */
export const unknownWords = (cause: string): string => causes.get(cause) ?? `La causa registrada es ${cause}.`;

const WEEKDAYS: Readonly<Record<ReserveRule['weekday'], string>> = {
  MON: 'lunes',
  TUE: 'martes',
  WED: 'miércoles',
  THU: 'jueves',
  FRI: 'viernes',
  SAT: 'sábado',
  SUN: 'domingo',
};
export const weekdayWord = (weekday: ReserveRule['weekday']): string => WEEKDAYS[weekday];
