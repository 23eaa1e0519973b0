/** Names for new rows: 12 characters, 60 random bits, none that people mistake for another. */
import { randomBytes } from 'node:crypto';

const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789';
export const newId = (): string => [...randomBytes(12)].map((byte) => ALPHABET[byte % 32]).join('');
