/** The address that a person signs in with: a plain ASCII mailbox (RFC 5321 dot-string) at a host with a dot, in lower case. At most 254 characters. */
import { type Refusal, refuse } from '../refusal.ts';

const MOST = 254;
const ATOM = "[a-z0-9!#$%&'*+/=?^_`{|}~-]{1,64}";
const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const ADDRESS = new RegExp(`^${ATOM}(?:[.]${ATOM})*@(?:${LABEL}[.])+${LABEL}$`);

/** As two addresses are compared. */
export const emailKey = (given: string): string => given.trim().toLowerCase();

export const readEmail = (given: string): string | Refusal => {
  const email = emailKey(given);
  const isAddress = email.length <= MOST && email.indexOf('@') <= 64 && ADDRESS.test(email);
  return isAddress ? email : refuse('bad_email', 'That is no e-mail address. Write it as name@example.com.', { field: 'email' });
};
