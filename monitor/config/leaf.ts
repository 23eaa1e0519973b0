/**
 * How the schemas are built: a leaf reads one scalar and answers with its meaning or with what is wrong in words
 * (predicates: "must be …"); `documented` puts the doc line on a key, from which docs/configuration.md is made.
 */
import { z } from 'zod';
import { shortened } from './fault.ts';

export class Wrong {
  readonly predicate: string;
  constructor(predicate: string) {
    this.predicate = predicate;
  }
}
export const wrong = (predicate: string): Wrong => new Wrong(predicate);

export const nameOf = (value: unknown): string => {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  if (typeof value === 'boolean') return 'true or false';
  return typeof value === 'number' ? 'a number' : 'text';
};

/** A word from the file in quotes, for messages about values that are no secrets. */
export const quoted = (value: unknown): string => `"${shortened(String(value))}"`;

/** A scalar: `read` answers its meaning, what is wrong, or null for "not of this type". */
export const leaf = <T>(want: string, read: (value: unknown) => T | Wrong | null) =>
  z.unknown().transform((value, context): T => {
    const answer =
      value === undefined
        ? wrong(`is missing; give ${want}`)
        : value === null
          ? wrong(`is empty; give ${want}, or remove the key`)
          : (read(value) ?? wrong(`must be ${want}, not ${nameOf(value)}`));
    if (!(answer instanceof Wrong)) return answer;
    context.issues.push({ code: 'custom', message: answer.predicate, input: value });
    return z.NEVER;
  });

interface KeyNote {
  readonly doc: string;
  /** What holds when the key is absent, in words, where the schema itself does not say it. */
  readonly absent?: string;
}
export const keyNotes = z.registry<KeyNote>();

/** A key of a mapping with its doc line. */
export const documented = <S extends z.ZodType>(schema: S, doc: string, absent?: string): S => {
  keyNotes.add(schema, absent === undefined ? { doc } : { doc, absent });
  return schema;
};
