/** What is otherwise random, made of the seed, so that two demos of one seed and one `now` are the same to the byte. */
import { createHash, createPrivateKey } from 'node:crypto';

const digest = (seed: number, what: string): Buffer => createHash('sha256').update(`avow demo\n${seed}\n${what}`).digest();

/** In the form of a UUID. */
export const derivedInstanceId = (seed: number): string =>
  digest(seed, 'instance')
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');

const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789';
/** Names for rows, one after the other, in the form of the product's own. */
export const derivedIds = (seed: number): (() => string) => {
  let count = 0;
  return () => [...digest(seed, `row ${++count}`).subarray(0, 12)].map((byte) => ALPHABET[byte % 32]).join('');
};

/** PKCS #8 of an Ed25519 key up to its 32 bytes (RFC 8410). */
const ED25519_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');
/** A signing key whose secret everybody can work out: its signatures prove nothing, and the file says so. */
export const derivedKeyPem = (seed: number): string => {
  const key = createPrivateKey({ key: Buffer.concat([ED25519_HEAD, digest(seed, 'report key')]), format: 'der', type: 'pkcs8' });
  return `This key belongs to a demo and is no secret: whoever knows the seed ${seed} can make it.\n${key.export({ type: 'pkcs8', format: 'pem' })}`;
};
