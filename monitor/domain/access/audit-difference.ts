/**
 * What a row of the audit changed, field by field: the JSON before and after, held against each other by path (`ending.kind`). Lists of
 * plain values are one field. Pure; a text too long for the audit stands as its length and SHA-256 (actions/audit.ts).
 */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export interface FieldDifference {
  /** Keys joined by dots; empty: the whole. */
  readonly path: string;
  readonly kind: 'added' | 'removed' | 'changed' | 'same';
  /** Null also where there was nothing: `kind` tells the two apart. */
  readonly before: Json;
  readonly after: Json;
}

const isLongText = (value: object): boolean => {
  const keys = Object.keys(value).sort();
  return keys.length === 2 && keys[0] === 'characters' && keys[1] === 'sha256';
};
const isTree = (value: Json): value is { readonly [key: string]: Json } | readonly Json[] => {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some((one: Json) => typeof one === 'object' && one !== null);
  return !isLongText(value) && Object.keys(value).length > 0;
};

const leavesOf = (value: Json, path: readonly string[]): [string, Json][] =>
  isTree(value) ? Object.entries(value).flatMap(([key, one]) => leavesOf(one as Json, [...path, key])) : [[path.join('.'), value]];

const leaves = (value: Json): ReadonlyMap<string, Json> => new Map(value === null ? [] : leavesOf(value, []));
const same = (a: Json, b: Json): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Every field there was or is, those before first, in the order of the documents. Of `null` there are none. */
export const differencesOf = (before: Json, after: Json): FieldDifference[] => {
  const [was, is] = [leaves(before), leaves(after)];
  const all = [...new Set([...was.keys(), ...is.keys()])];
  // Of what was null and has parts now, or the other way round, the parts say enough.
  const isWhole = (path: string): boolean =>
    (was.get(path) ?? is.get(path) ?? null) === null && all.some((one) => one.startsWith(`${path}.`));
  return all
    .filter((path) => !isWhole(path))
    .map((path): FieldDifference => {
      const [old, now] = [was.get(path), is.get(path)];
      if (old === undefined) return { path, kind: 'added', before: null, after: now ?? null };
      if (now === undefined) return { path, kind: 'removed', before: old, after: null };
      return { path, kind: same(old, now) ? 'same' : 'changed', before: old, after: now };
    });
};
