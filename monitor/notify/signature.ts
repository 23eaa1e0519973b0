/**
 * Standard Webhooks 1.0: HMAC-SHA256 over `id.timestamp.body`, one signature `v1,…` per secret, parted by blanks. Secrets as `whsec_…`
 * (domain/notice/signing-key.ts says what is one); the timestamp is in whole seconds.
 */
import { createHmac } from 'node:crypto';
import { SECRET_PREFIX } from '#domain/notice/signing-key.ts';

export const signatures = (secrets: readonly string[], id: string, timestamp: number, body: string): string =>
  secrets
    .map((secret) => {
      const key = Buffer.from(secret.slice(SECRET_PREFIX.length), 'base64');
      return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
    })
    .join(' ');
