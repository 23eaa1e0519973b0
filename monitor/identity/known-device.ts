/**
 * A browser that a person has signed in with is known again by a token that it keeps: whose it is, a random name and when, under an HMAC
 * whose key is not in the store. Guesses from it are counted by themselves, so that strangers who guess keep nobody out. It opens
 * nothing, and a new password ends it. Source: reliability P13.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { DAY, type Instant } from '#domain/time/instant.ts';
import { sameSecret } from './secret.ts';
import type { SecretsKey } from './secrets-key.ts';

export const DEVICE_MS = 365 * DAY;
const MOST_CHARACTERS = 400;

export interface DeviceOwner {
  readonly id: string;
  readonly passwordChangedAt: Instant | null;
}
/** A token that we wrote; whether it speaks for a person is asked of `speaksFor`. */
export interface KnownDevice {
  /** Names the device in limits. */
  readonly name: string;
  readonly personId: string;
  speaksFor(person: DeviceOwner): boolean;
}
export interface KnownDevices {
  /** Base64url; null: there is no key to write one with. */
  write(person: DeviceOwner, now: Instant): string | null;
  /** Null: we did not write it, or its year is over. */
  read(token: string | null, now: Instant): KnownDevice | null;
}

export const knownDevices = (key: SecretsKey | null): KnownDevices => {
  if (!key) return { write: () => null, read: () => null };
  const bytes = key.keyFor('device');
  const mac = (words: string): string => createHmac('sha256', bytes).update(words).digest('base64url');
  const passwordMark = ({ passwordChangedAt }: DeviceOwner): string => mac(`password.${passwordChangedAt}`).slice(0, 11);
  return {
    write(person, now) {
      const words = [person.id, randomBytes(12).toString('base64url'), String(now), passwordMark(person)].join('.');
      return Buffer.from(`${words}.${mac(words)}`, 'utf8').toString('base64url');
    },
    read(token, now) {
      if (token === null || token.length > MOST_CHARACTERS) return null;
      const [personId = '', name = '', writtenAt = '', mark = '', proof = '', more] = Buffer.from(token, 'base64url')
        .toString('utf8')
        .split('.');
      const age = now - Number(writtenAt);
      if (more !== undefined || !sameSecret(proof, mac([personId, name, writtenAt, mark].join('.'))) || !(age < DEVICE_MS)) return null;
      return { name, personId, speaksFor: (person) => person.id === personId && sameSecret(mark, passwordMark(person)) };
    },
  };
};
