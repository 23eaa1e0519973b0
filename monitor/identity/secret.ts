/** Secrets that Avow makes: 256 random bits as 43 characters of base64url. The store keeps their SHA-256, which needs no salt for so many bits. */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

export const newSecret = (): string => randomBytes(32).toString('base64url');
export const hashOf = (secret: string): string => createHash('sha256').update(secret, 'utf8').digest('hex');
/** In a time that says nothing of where they differ. */
export const sameSecret = (a: string, b: string): boolean => {
  const [one, other] = [createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest()];
  return timingSafeEqual(one, other);
};
const rawFormToken = (sessionSecret: string): Buffer => createHmac('sha256', sessionSecret).update('form').digest();
const xor = (a: Uint8Array, b: Uint8Array): Buffer => Buffer.from(a.map((byte, i) => byte ^ (b[i] ?? 0)));

/**
 * What a form of this session carries, so that no other origin can know it. Nothing of the session's secret can be learnt from it, and it is
 * written differently each time, so that the length of a compressed page says nothing of it.
 */
export const formTokenOf = (sessionSecret: string): string => {
  const mask = randomBytes(32);
  return Buffer.concat([mask, xor(rawFormToken(sessionSecret), mask)]).toString('base64url');
};
/** Whether the form was made for this session. */
export const isFormTokenOf = (sessionSecret: string, sent: string): boolean => {
  const bytes = Buffer.from(sent, 'base64url');
  if (bytes.length !== 64) return false;
  return timingSafeEqual(xor(bytes.subarray(32), bytes.subarray(0, 32)), rawFormToken(sessionSecret));
};
