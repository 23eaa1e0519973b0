/**
 * A form that could not be answered yet, because its session had ended or because it asks anew who sits there, carried on by the page that
 * asks: deflated, and sealed with a key that only the session's cookie gives. So it can be made and read by nobody but the browser it was
 * typed into, no foreign page can plant one, and nothing of it stands in an address, in a log or in the store. Passwords and codes are
 * left behind. Source: reliability P15 and section 4; style (Web: forms keep what was typed).
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { secretBox } from '#monitor/identity/secret-box.ts';
import { secretsKeyOf } from '#monitor/identity/secrets-key.ts';
import type { Form } from './body.ts';

export const CARRIED = 'carried';
export interface Carried {
  /** The id of the person who typed it. */
  readonly person: string;
  /** Where it was sent. */
  readonly path: string;
  readonly form: Form;
}

/** Never given back to a page, and the token of the form, which is made anew. */
const LEFT_BEHIND: ReadonlySet<string> = new Set(['form_token', 'password', 'current', 'code', 'ticket', CARRIED]);
const ABOUT = 'carried form';
/** Characters: what a form may carry beside a password. */
const MOST_CARRIED = 240 * 1_024;
/** Of what a sealed text may become: more than any form has. */
const MOST_OPENED = 1_024 * 1_024;

export const withoutSecrets = (form: Form): Form => new Map([...form].filter(([name]) => !LEFT_BEHIND.has(name)));

/** Null: it is too long to be carried. */
export const seal = (sessionSecret: string, { person, path, form }: Carried): string | null => {
  const text = JSON.stringify([person, path, [...withoutSecrets(form)]]);
  const sealed = secretBox(secretsKeyOf(sessionSecret)).seal(deflateRawSync(text).toString('base64url'), ABOUT);
  return sealed.length > MOST_CARRIED ? null : sealed;
};

/** Null: it was not sealed in this session, or not by us. */
export const open = (sessionSecret: string, sealed: string): Carried | null => {
  const text = secretBox(secretsKeyOf(sessionSecret)).open(sealed, ABOUT);
  if (text === null) return null;
  const read = inflateRawSync(Buffer.from(text, 'base64url'), { maxOutputLength: MOST_OPENED }).toString('utf8');
  const [person, path, fields] = JSON.parse(read) as [string, string, [string, string[]][]];
  return { person, path, form: new Map(fields) };
};
