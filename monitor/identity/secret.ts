/** Secrets that Avow makes: 256 random bits as 43 characters of base64url. The store keeps their SHA-256, which needs no salt for so many bits. */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

export const newSecret = (): string => randomBytes(32).toString('base64url');
export const hashOf = (secret: string): string => createHash('sha256').update(secret, 'utf8').digest('hex');
/** In a time that says nothing of where they differ. */
export const sameSecret = (a: string, b: string): boolean => {
  const [one, other] = [createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest()];
  return timingSafeEqual(one, other);
};
/** What a form of this session carries, so that no other origin can know it. Nothing of the session's secret can be learnt from it. */
export const formTokenOf = (sessionSecret: string): string => createHmac('sha256', sessionSecret).update('form').digest('base64url');
