/**
 * The certificate a server showed, judged: chain (by OpenSSL during the handshake), name, dates. Instants in ms. The
 * expiry is the earliest `notAfter` among the leaf and its issuers as presented, roots left out: a cross-signed root
 * that ran out years ago says nothing about a chain that OpenSSL accepted.
 */
import type { TLSSocket } from 'node:tls';
import type { Mismatch } from '#domain/check/assertion.ts';
import type { TlsExpectation } from '#domain/check/check-definition.ts';
import { excerpt } from '#domain/check/excerpt.ts';
import { DAY, type Instant, instant } from '#domain/time/instant.ts';

export interface CertificateJudgement {
  readonly expiresAt: Instant | null;
  readonly mismatch: Mismatch | null;
}

const MAX_CHAIN = 10;
type Certificate = NonNullable<ReturnType<TLSSocket['getPeerX509Certificate']>>;

/** Day in UTC, `2026-11-23`. */
export const isoDay = (at: number): string => new Intl.DateTimeFormat('en-CA', { timeZone: 'UTC', dateStyle: 'short' }).format(at);

/** Unexpired issuers of an accepted chain count; of a chain that was not accepted the leaf alone is believed. */
const earliestExpiry = (leaf: Certificate, now: Instant): number => {
  let earliest = leaf.validToDate.getTime();
  let current: Certificate | undefined = leaf.issuerCertificate;
  for (let i = 0; current && i < MAX_CHAIN && current.issuer !== current.subject; i++) {
    const end = current.validToDate.getTime();
    if (end > now && end < earliest) earliest = end;
    current = current.issuerCertificate;
  }
  return earliest;
};

const UNTRUSTED: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its chain ends in a root that is not trusted here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its issuer was not sent along or is not known here',
  UNABLE_TO_GET_ISSUER_CERT: 'an issuer in its chain is missing',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its issuer is not trusted here',
  CERT_REVOKED: 'it was revoked',
  CERT_UNTRUSTED: 'it is not trusted here',
  INVALID_PURPOSE: 'it is not a server certificate',
};

const chainMismatch = (code: string, leaf: Certificate, host: string): Mismatch => {
  if (code === 'CERT_HAS_EXPIRED')
    return {
      reason: 'tls_expired',
      detail: `The certificate of ${host}, or one in its chain, has expired; it ran until ${isoDay(leaf.validToDate.getTime())}.`,
    };
  if (code === 'CERT_NOT_YET_VALID')
    return { reason: 'tls_untrusted', detail: `The certificate of ${host} is valid only from ${isoDay(leaf.validFromDate.getTime())}.` };
  return { reason: 'tls_untrusted', detail: `The certificate of ${host} is not trusted: ${UNTRUSTED[code] ?? code}.` };
};

const namesOf = (leaf: Certificate): string => excerpt(leaf.subjectAltName ?? leaf.subject, 60);

/** `host`: the name or address asked for; what the certificate must be good for. */
export const judgeCertificate = (socket: TLSSocket, host: string, expectation: TlsExpectation, now: Instant): CertificateJudgement => {
  const leaf = socket.getPeerX509Certificate();
  if (!leaf)
    return { expiresAt: null, mismatch: expectation.verify ? { reason: 'tls_failed', detail: `${host} showed no certificate.` } : null };
  const expiresAt = instant(earliestExpiry(leaf, now));
  const mismatch = ((): Mismatch | null => {
    if (expectation.verify) {
      // Typed as Error, but Node sets the code as a string.
      const error = socket.authorizationError as unknown;
      if (leaf.validToDate.getTime() <= now) return chainMismatch('CERT_HAS_EXPIRED', leaf, host);
      if (!socket.authorized) return chainMismatch(error instanceof Error ? error.message : String(error), leaf, host);
      const isAddress = host.includes(':') || /^\d+\.\d+\.\d+\.\d+$/.test(host);
      if ((isAddress ? leaf.checkIP(host) : leaf.checkHost(host, { subject: 'never' })) === undefined)
        return { reason: 'tls_wrong_name', detail: `The certificate is not for ${host}; it is for ${namesOf(leaf)}.` };
    }
    const days = Math.floor((expiresAt - now) / DAY);
    if (expectation.expiresInDays > 0 && days < expectation.expiresInDays) {
      const left = days < 0 ? 'has expired' : `expires in ${days} ${days === 1 ? 'day' : 'days'}`;
      return {
        reason: 'tls_expires_soon',
        detail: `The certificate of ${host} ${left}, on ${isoDay(expiresAt)}; ${expectation.expiresInDays} days are wanted.`,
      };
    }
    return null;
  })();
  return { expiresAt, mismatch };
};
