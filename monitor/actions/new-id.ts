/** Names for new rows: 12 characters, 60 random bits, none that people mistake for another. */
import { randomBytes } from 'node:crypto';

const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789';

/** Where the names of new rows come from; random ones without it. */
export interface Naming {
  readonly newId?: () => string;
}
const randomId = (): string => [...randomBytes(12)].map((byte) => ALPHABET[byte % 32]).join('');
export const idFrom = ({ newId = randomId }: Naming): string => newId();
