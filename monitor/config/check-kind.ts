/** What each kind of check brings to the registry (check-kinds.ts): its keys, its shorthand, and how a definition is made of them. */
import type { z } from 'zod';
import type { CheckDefinition } from '#domain/check/check-definition.ts';
import type { Report } from './fault.ts';
import { Wrong } from './leaf.ts';
import { readMapping, writtenKeys } from './mapping.ts';
import type { SecretLookup } from './secrets.ts';
import type { Path } from './yaml-places.ts';

export interface BuildTools {
  readonly report: Report;
  /** Where the kind stands: `components[2].http`. */
  readonly path: Path;
  readonly lookup: SecretLookup;
  readonly ownPorts: readonly number[];
}

export interface CheckKindReader {
  readonly doc: string;
  readonly shorthand: string;
  readonly schema: z.ZodObject;
  /** The definition as written, references unresolved; null when something in it is not good. */
  readonly read: (raw: unknown, tools: BuildTools) => CheckDefinition | null;
}

/** Ties a schema to the function that makes definitions of it. `expand` turns the one-line form into the mapping. */
export const checkKind = <S extends z.ZodRawShape>(parts: {
  readonly doc: string;
  readonly shorthand: string;
  readonly schema: z.ZodObject<S>;
  readonly expand: (text: string) => Record<string, unknown> | Wrong;
  /** `written`: the keys that are there, also where their values are not good. */
  readonly build: (fields: Partial<z.output<z.ZodObject<S>>>, tools: BuildTools, written: ReadonlySet<string>) => CheckDefinition | null;
}): CheckKindReader => ({
  doc: parts.doc,
  shorthand: parts.shorthand,
  schema: parts.schema,
  read: (raw, tools) => {
    const expanded = typeof raw === 'string' ? parts.expand(raw) : raw;
    if (expanded instanceof Wrong) {
      tools.report(tools.path, expanded.predicate);
      return null;
    }
    const fields = readMapping(parts.schema, expanded, tools.path, tools.report);
    return fields === null ? null : parts.build(fields, tools, writtenKeys(expanded, Object.keys(parts.schema.shape)));
  },
});
