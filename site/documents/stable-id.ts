/**
 * Names that stay the same for ever, whatever the site is called and wherever it moves: of what is told and the identity of this
 * installation. A UUID of version 8 (RFC 9562), its bits those of a SHA-256.
 */
import { createHash } from 'node:crypto';

/** `urn:uuid:…` of one thing of one installation. */
export const stableId = (instanceId: string, key: string): string => {
  const bytes = createHash('sha256').update(`${instanceId}\n${key}`).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return `urn:uuid:${[hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')}`;
};
