/**
 * A token as it is shown once and sent ever after: `sp_<id>_<secret>`, the id 12 characters, the secret 256 bits in 43 characters of
 * base64url. The prefix lets scanners of secrets find one that leaked. Lifetimes in ms. Source: reliability section 4 (API tokens).
 */
import { DAY } from '../time/instant.ts';

export const TOKEN_DEFAULT_MS = 90 * DAY;
export const TOKEN_MOST_MS = 365 * DAY;

export interface ApiTokenText {
  readonly id: string;
  readonly secret: string;
}

const FORM = /^sp_(?<id>[a-z2-9]{12})_(?<secret>[A-Za-z0-9_-]{43})$/;

export const writeApiToken = ({ id, secret }: ApiTokenText): string => `sp_${id}_${secret}`;
/** Null: it has not the form of one. */
export const readApiToken = (text: string): ApiTokenText | null => {
  const { id, secret } = FORM.exec(text)?.groups ?? {};
  return id !== undefined && secret !== undefined ? { id, secret } : null;
};
