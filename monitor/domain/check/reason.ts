/**
 * Why a check came out as it did. The number is what the store keeps: never reuse or renumber one, only append.
 * `words` is the short public phrase; the result's `detail` carries the particulars.
 */
export const REASONS = {
  ok: { id: 0, words: 'answered as expected' },
  over_latency_limit: { id: 1, words: 'answered, but slowly' },
  timeout: { id: 2, words: 'did not answer in time' },
  dns_not_found: { id: 3, words: 'name does not exist' },
  dns_no_answer: { id: 4, words: 'name could not be resolved' },
  dns_unexpected_answer: { id: 5, words: 'unexpected DNS answer' },
  connect_refused: { id: 6, words: 'connection refused' },
  connect_unreachable: { id: 7, words: 'host unreachable' },
  connection_lost: { id: 8, words: 'connection lost' },
  tls_failed: { id: 9, words: 'TLS handshake failed' },
  tls_expired: { id: 10, words: 'certificate expired' },
  tls_wrong_name: { id: 11, words: 'certificate is for another name' },
  tls_untrusted: { id: 12, words: 'certificate not trusted' },
  tls_expires_soon: { id: 13, words: 'certificate expires soon' },
  protocol_error: { id: 14, words: 'answer is not valid' },
  too_large: { id: 15, words: 'answer is too large to judge' },
  redirect_refused: { id: 16, words: 'redirect not followed' },
  status_unexpected: { id: 17, words: 'unexpected status' },
  header_mismatch: { id: 18, words: 'expected header missing' },
  text_missing: { id: 19, words: 'expected text missing' },
  pattern_mismatch: { id: 20, words: 'pattern not found' },
  json_mismatch: { id: 21, words: 'JSON not as expected' },
  reply_mismatch: { id: 22, words: 'unexpected reply' },
  beat_missing: { id: 23, words: 'heartbeat missing' },
  beat: { id: 24, words: 'heartbeat received' },
  store_unhealthy: { id: 25, words: 'store cannot record' },
  address_denied: { id: 26, words: 'address may not be probed' },
  own_network: { id: 27, words: 'our own network was down' },
  own_stall: { id: 28, words: 'our own prober stalled' },
  own_fault: { id: 29, words: 'our own prober failed' },
  text_forbidden: { id: 30, words: 'forbidden text present' },
} as const satisfies Record<string, { id: number; words: string }>;

export type Reason = keyof typeof REASONS;

/** The short public phrase of one result: of what a target answered it tells the number of its HTTP status and nothing else. */
export const reasonWords = (reason: Reason, httpStatus: number | null): string =>
  reason === 'status_unexpected' && httpStatus !== null ? `unexpected HTTP status ${httpStatus}` : REASONS[reason].words;

const byId = new Map<number, Reason>(Object.entries(REASONS).map(([code, { id }]) => [id, code as Reason]));
/** The reason stored under `id`; throws for a number no version of Avow has written. */
export const reasonById = (id: number): Reason => {
  const reason = byId.get(id);
  if (!reason) throw new RangeError(`no reason has the number ${id}; the store was written by a newer Avow`);
  return reason;
};
