/**
 * The faults of something that was typed into a form: the sentences of the file's parser, each with the path of its field in place of
 * line and column. A shorthand (`http: https://…`) has no fields of its own: its faults are those of the field that is there.
 */
import { FAULT_LIMIT, pathText, type Report, subjectOf } from './fault.ts';
import type { Path } from './yaml-places.ts';

export interface FieldFault {
  /** e.g. `http.url`; empty: of the whole. */
  readonly path: string;
  /** A sentence that begins with its subject. */
  readonly message: string;
}

const isScalarAt = (raw: unknown, path: Path): boolean => {
  let value = raw;
  for (const part of path) {
    if (typeof value !== 'object' || value === null) return false;
    value = (value as Record<string | number, unknown>)[part];
  }
  return value !== undefined && (typeof value !== 'object' || value === null);
};

/** The path itself, or the scalar above it that it is written in. */
const placeOf = (raw: unknown, path: Path): Path => {
  for (let length = 1; length < path.length; length++) if (isScalarAt(raw, path.slice(0, length))) return path.slice(0, length);
  return path;
};

/** Gathers faults of `raw`; paths are told without their first `skip` parts. Each is told once, in the order in which it was found. */
export const formFaults = (raw: unknown, skip: number): { readonly report: Report; list(): readonly FieldFault[] } => {
  const found = new Map<string, FieldFault>();
  return {
    report: (path, predicate) => {
      const place = placeOf(raw, path.slice(skip));
      const subject = place.length === 0 ? 'the component' : subjectOf(place);
      const fault = { path: pathText(place), message: `${subject} ${predicate}` };
      if (found.size < FAULT_LIMIT) found.set(`${fault.path}: ${fault.message}`, fault);
    },
    list: () => [...found.values()],
  };
};
