/**
 * Codes of an authenticator application (TOTP, RFC 6238: six digits, 30 s, SHA-1, which is what all of them understand) and the recovery
 * codes that stand in for them. A code counts in its own step and one before and after; each step is taken once. Instants in ms.
 * Source: reliability section 4 (Passwords); ASVS 6.5.
 */
import { createHash, randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { encode } from 'uqr';
import type { Instant } from '#domain/time/instant.ts';

const STEP_MS = 30_000;
const SECRET_BYTES = 20;
const RECOVERY_CODES = 10;
const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789';

/** Base32. */
export const newTotpSecret = (): string => new Secret({ size: SECRET_BYTES }).base32;

const totpOf = (secret: string, issuer: string, label: string): TOTP =>
  new TOTP({ issuer, label, secret: Secret.fromBase32(secret), algorithm: 'SHA1', digits: 6, period: STEP_MS / 1_000 });

/** What authenticator applications read. */
export const totpUri = (secret: string, issuer: string, email: string): string => totpOf(secret, issuer, email).toString();

/** The step that the code is of; null: it is of none near `now`. */
export const stepOfCode = (secret: string, code: string, now: Instant): number | null => {
  const delta = totpOf(secret, '', '').validate({ token: code, timestamp: now, window: 1 });
  return delta === null ? null : Math.floor(now / STEP_MS) + delta;
};

/** A square of modules as the data of one SVG path; `size` modules each way, with the quiet margin that readers need. */
export interface QrPath {
  readonly size: number;
  readonly path: string;
}
export const qrPath = (text: string): QrPath => {
  const { size, data } = encode(text, { ecc: 'M', border: 4 });
  const runs = data.flatMap((row, y) =>
    row.flatMap((dark, x) => {
      if (!dark || row[x - 1]) return [];
      const end = row.indexOf(false, x);
      return [`M${x} ${y}h${(end === -1 ? row.length : end) - x}v1H${x}z`];
    }),
  );
  return { size, path: runs.join('') };
};

/** As people type either: spaces and hyphens are no part of it. */
export const bareCode = (typed: string): string => typed.replace(/[\s-]+/g, '').toLowerCase();
export const isTotpForm = (bare: string): boolean => /^\d{6}$/.test(bare);
export const hashRecoveryCode = (personId: string, bare: string): string =>
  createHash('sha256').update(`recovery ${personId} ${bare}`, 'utf8').digest('hex');

/** 80 bits each, in four groups of four. */
export const newRecoveryCodes = (): readonly string[] =>
  Array.from({ length: RECOVERY_CODES }, () => {
    const letters = [...randomBytes(16)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
    return letters.replace(/(.{4})(?!$)/g, '$1-');
  });
