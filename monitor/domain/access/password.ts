/**
 * Which passwords are taken: from 12 to 256 characters, none that many use, nothing that is said of the person or of Avow in it. No rule
 * asks for capitals or digits; spaces count. Lengths in characters (code points), words compared without regard to case. Refuses with a
 * sentence that says what would be right and never repeats the password. Source: reliability section 4 (Passwords); ASVS 6.2.
 */
import { type Refusal, refuse } from '../refusal.ts';
import { COMMON_PASSWORDS } from './common-passwords.ts';

const PASSWORD_LEAST = 12;
const PASSWORD_MOST = 256;
const PRODUCT = 'avow';
/** Shorter parts of names and addresses are in too many words. */
const LEAST_PART = 4;
/** What repeats less than this is one key held down, or two. */
const LONGEST_UNIT = 4;

export interface PasswordOwner {
  readonly email: string;
  readonly name: string;
}

const partsOf = ({ email, name }: PasswordOwner): readonly string[] => {
  const [mailbox = '', host = ''] = email.toLowerCase().split('@');
  const [site = ''] = host.split('.').slice(-2);
  return [email.toLowerCase(), mailbox, site, ...mailbox.split(/[^\p{L}\p{N}]+/u), ...name.toLowerCase().split(/[^\p{L}\p{N}]+/u)].filter(
    (part) => part.length >= LEAST_PART,
  );
};

const isRepeated = (text: string): boolean => {
  for (let length = 1; length <= LONGEST_UNIT; length++)
    if (
      text ===
      text
        .slice(0, length)
        .repeat(Math.ceil(text.length / length))
        .slice(0, text.length)
    )
      return true;
  return false;
};
/** 123456789012, abcdefghijkl: every character is the one after, or before, the last; nine is followed by nought. */
const isRun = (text: string): boolean => {
  const steps = [...text].slice(1).map((character, place) => (character.codePointAt(0) ?? 0) - (text.codePointAt(place) ?? 0));
  const [first = 0] = steps;
  return Math.abs(first) === 1 && steps.every((step) => step === first || step === -9 * first);
};

/** Null: it is taken. */
export const judgePassword = (password: string, owner: PasswordOwner): Refusal | null => {
  const no = (message: string): Refusal => refuse('bad_password', message, { field: 'password' });
  const length = [...password].length;
  if (length < PASSWORD_LEAST)
    return no(`The password has ${length} characters. Take at least ${PASSWORD_LEAST}; a few words in a row are easy to keep in mind.`);
  if (length > PASSWORD_MOST) return no(`The password has ${length} characters, and ${PASSWORD_MOST} is the most. Take a shorter one.`);
  const bare = password.toLowerCase();
  if (COMMON_PASSWORDS.has(bare) || isRepeated(bare) || isRun(bare))
    return no('The password is among the first that a guesser tries. Take a few words that do not belong together.');
  if (bare.includes(PRODUCT)) return no('The password holds the name of Avow, which a guesser tries first. Leave it out.');
  if (partsOf(owner).some((part) => bare.includes(part)))
    return no('The password holds a part of your own name or address, which a guesser tries first. Leave it out.');
  return null;
};
