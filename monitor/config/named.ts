/** Sections whose entries are named elsewhere in the file by their `id`, and what is said of a name that is not there. */
import type { Report } from './fault.ts';
import { quoted } from './leaf.ts';
import { readList, refuseRepeats } from './mapping.ts';
import { nearest } from './nearest.ts';
import type { Path } from './yaml-places.ts';

export interface Named<T> {
  readonly section: string;
  /** Null: the entry has faults of its own. */
  readonly byId: ReadonlyMap<string, T | null>;
  /** False: the id of some entry cannot be read, so a name may be right that is not found. */
  readonly complete: boolean;
}

/** Reads the entries of a section and refuses ids that are there already. */
export const readNamed = <T>(
  section: string,
  raw: unknown,
  most: number,
  report: Report,
  read: (entry: unknown, path: Path) => { readonly id: string | undefined; readonly value: T | null },
): Named<T> => {
  const entries = readList(raw, [section], report, most).map((entry, index) => read(entry, [section, index]));
  refuseRepeats(
    entries.map(({ id }) => id),
    (index) => [section, index, 'id'],
    'the id',
    report,
  );
  const byId = new Map<string, T | null>();
  for (const { id, value } of entries) if (id !== undefined && !byId.has(id)) byId.set(id, value);
  const complete = (raw === undefined || Array.isArray(raw)) && entries.every(({ id }) => id !== undefined);
  return { section, byId, complete };
};

/** The entry of that id; null when there is none, which is reported, or when it has faults, which were. */
export const lookUp = <T>({ section, byId, complete }: Named<T>, id: string, path: Path, report: Report): T | null => {
  const found = byId.get(id);
  if (found === undefined && complete) {
    const near = nearest(id, byId.keys());
    report(path, `must be one of "${section}"${near ? `; did you mean "${near}"?` : `, and ${quoted(id)} is not; add it there`}`);
  }
  return found ?? null;
};
