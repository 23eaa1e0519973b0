/**
 * Secrets that are needed again (of second factors, of webhooks), sealed for the store: AES-256-GCM with a fresh nonce, as
 * `b1.<key id>.<nonce>.<sealed>`, bound to what they are about, so that no row can be laid in the place of another. Source: P33.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { SecretsKey } from './secrets-key.ts';

export interface SecretBox {
  readonly keyId: string;
  /** `about` names the row and the field, such as `totp/<person>`; the same must be said to open it. */
  seal(secret: string, about: string): string;
  /** Null: sealed with another key, about something else, or altered. */
  open(sealed: string, about: string): string | null;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export const secretBox = (key: SecretsKey): SecretBox => {
  const bytes = key.keyFor('seal');
  return {
    keyId: key.id,
    seal(secret, about) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', bytes, nonce, { authTagLength: TAG_BYTES });
      cipher.setAAD(Buffer.from(about, 'utf8'));
      const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return ['b1', key.id, nonce.toString('base64url'), sealed.toString('base64url')].join('.');
    },
    open(text, about) {
      const [form, id, nonce = '', body = ''] = text.split('.');
      const sealed = Buffer.from(body, 'base64url');
      if (form !== 'b1' || id !== key.id || sealed.length < TAG_BYTES) return null;
      try {
        const cipher = createDecipheriv('aes-256-gcm', bytes, Buffer.from(nonce, 'base64url'), { authTagLength: TAG_BYTES });
        cipher.setAAD(Buffer.from(about, 'utf8'));
        cipher.setAuthTag(sealed.subarray(-TAG_BYTES));
        return Buffer.concat([cipher.update(sealed.subarray(0, -TAG_BYTES)), cipher.final()]).toString('utf8');
      } catch {
        return null;
      }
    },
  };
};

/** The id of the key that sealed a text; null: it is no sealed text. */
export const keyIdOf = (sealed: string): string | null => /^b1\.([0-9a-f]{16})\./.exec(sealed)?.[1] ?? null;
