/** The words people give with what they announce or add to the ledger: trimmed, of bearable length, without control characters. Lengths in characters (UTF-16). */
import { isRefusal, type Refusal, refuse } from '../refusal.ts';

interface TextRule {
  readonly name: string;
  readonly most: number;
  /** Line breaks and tabs are part of a body, not of a line. */
  readonly lines: boolean;
}
const RULES = {
  title: { name: 'title', most: 200, lines: false },
  body: { name: 'body', most: 10_000, lines: true },
  author: { name: 'name', most: 100, lines: false },
  reason: { name: 'reason', most: 2_000, lines: true },
  note: { name: 'note', most: 2_000, lines: true },
  notes: { name: 'text of the notes', most: 100_000, lines: true },
  ticket: { name: 'name of a ticket', most: 100, lines: false },
  evidence: { name: 'evidence', most: 2_000, lines: true },
} as const satisfies Record<string, TextRule>;
export type TextKind = keyof typeof RULES;

/** Marks that turn the direction of what follows would do so on whole lines of a terminal, far beyond the text itself. */
const isControl = (character: string, lines: boolean): boolean =>
  /^[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]$/u.test(character) && !(lines && (character === '\n' || character === '\t'));

/** The text as it is stored, or why it is none. */
export const readText = (kind: TextKind, given: string): string | Refusal => {
  const { name, most, lines } = RULES[kind];
  const text = given.replaceAll('\r\n', '\n').trim();
  if (nameKey(text) === '') return refuse('bad_text', `The ${name} is empty. Say in words what readers should know.`, { field: kind });
  if (text.length > most)
    return refuse('bad_text', `The ${name} has ${text.length} characters, and ${most} is the most. Shorten it.`, { field: kind, most });
  if ([...text].some((character) => isControl(character, lines)))
    return refuse('bad_text', `The ${name} holds a control character${lines ? '' : ' or a line break'}. Write it again without.`, {
      field: kind,
    });
  return text;
};

/** All of them, or the first refusal. */
export const readTexts = <K extends TextKind>(given: Readonly<Record<K, string>>): Readonly<Record<K, string>> | Refusal => {
  const read = Object.entries(given).map(([kind, text]) => [kind, readText(kind as TextKind, text as string)] as const);
  const refused = read.map(([, text]) => text).find(isRefusal);
  return refused ?? (Object.fromEntries(read) as Record<K, string>);
};

/** A name as two names are compared. What nobody sees of it is no part of it: joiners, fillers, marks of direction, spaces. */
export const nameKey = (name: string): string =>
  name
    .normalize('NFKC')
    .replace(/[\p{Default_Ignorable_Code_Point}\p{Cf}\s\u2800]+/gu, '')
    .toLowerCase();

/** Whether two names are of one person, as far as names can say. A name of which nobody sees anything is no second person. */
export const sameName = (a: string, b: string): boolean => {
  const [one, other] = [nameKey(a), nameKey(b)];
  return one === other || one === '' || other === '';
};
