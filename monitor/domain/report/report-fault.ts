/**
 * One thing in a report that does not follow from the rest of it: where, what stands there, what it should be, and the same as a
 * sentence. What cannot be computed at all is a fault too, never an exception.
 */
import { canonicalJson } from '../canonical-json.ts';

export interface ReportFault {
  /** `figures.downtime_ms`, `downtime.D2.ms` */
  readonly where: string;
  readonly stated: string;
  readonly computed: string;
  readonly words: string;
}

/** The words under which a value is told. */
export const valueText = (value: unknown): string =>
  typeof value === 'string' ? value : value === null ? 'nothing' : canonicalJson(value);

export const fault = (where: string, stated: unknown, computed: unknown): ReportFault => {
  const [said, is] = [valueText(stated), valueText(computed)];
  return { where, stated: said, computed: is, words: `${where} says ${said}; from the rest of the report it is ${is}.` };
};

/** Nothing when the two are the same value. */
export const mismatch = (where: string, stated: unknown, computed: unknown): ReportFault[] =>
  canonicalJson(stated) === canonicalJson(computed) ? [] : [fault(where, stated, computed)];

/** Every member of `computed` against the same of `stated`. */
export const mismatches = <T extends object>(where: string, stated: T, computed: Partial<T>): ReportFault[] =>
  Object.entries(computed).flatMap(([key, value]) => mismatch(`${where}.${key}`, stated[key as keyof T], value));

/** A rule that the report breaks: `words` says which, after the place. */
export const breach = (where: string, stated: unknown, words: string): ReportFault => ({
  where,
  stated: valueText(stated),
  computed: words,
  words: `${where} says ${valueText(stated)}, but ${words}.`,
});

/** Nothing when the rule holds. */
export const unless = (holds: boolean, where: string, stated: unknown, words: string): ReportFault[] =>
  holds ? [] : [breach(where, stated, words)];

/** What a report says can be such that no sum of it can be made: years out of range, unknown zones, amounts below nothing. */
export const guarded = (where: string, check: () => readonly ReportFault[]): readonly ReportFault[] => {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof TypeError)) throw error;
    return [breach(where, 'something that cannot be computed', error.message)];
  }
};
