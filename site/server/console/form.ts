/**
 * A form as its page shows it: what was typed, and beside each field what is wrong. A refusal that names its field (`facts.field` or
 * `facts.path`) stands there, any other above the form. Values of passwords and codes are never given back.
 */
import type { Refusal } from '#domain/refusal.ts';
import type { FormState } from '../prepared.ts';
import { type ConsoleAsk, field } from './console-route.ts';

export const emptyForm = (values: FormState['values'] = {}): FormState => ({ values, faults: {}, refusal: null });

/** What was typed into these fields. */
export const typed = <N extends string>(ask: ConsoleAsk, names: readonly N[]): Readonly<Record<N, string>> =>
  Object.fromEntries(names.map((name) => [name, field(ask, name)])) as Record<N, string>;

const factOf = (refusal: Refusal, name: 'field' | 'path'): string | null => {
  const value = (refusal.facts as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'string' && value !== '' ? value : null;
};

/** `fieldOf`: the form's own name for what the refusal calls a field. */
export const refusedForm = (values: FormState['values'], refusal: Refusal, fieldOf: Readonly<Record<string, string>> = {}): FormState => {
  const named = factOf(refusal, 'field') ?? factOf(refusal, 'path');
  const own = named === null ? null : (fieldOf[named] ?? named);
  return own !== null && Object.hasOwn(values, own)
    ? { values, faults: { [own]: refusal.message }, refusal: null }
    : { values, faults: {}, refusal: refusal.message };
};
