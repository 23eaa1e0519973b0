/**
 * Faults of a configuration file: collected, put in the order of the file, rendered as one line each. A message starts
 * with its subject (`"interval" must be …`), says what to do, and never repeats a value that could be a secret.
 */
import type { ConfigFault } from './config.ts';
import type { Path, Places } from './yaml-places.ts';

/** More faults than this are counted, not listed. */
export const FAULT_LIMIT = 50;

/** Predicate in, fault out: `report(['policy', 'target'], 'must be …')`. `at: 'key'` points at the key instead of its value. */
export type Report = (path: Path, predicate: string, at?: 'key' | 'value') => void;

export const pathText = (path: Path): string =>
  path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    if (!/^[\w-]{1,60}$/.test(part)) return `${text}[${JSON.stringify(shortened(part))}]`;
    return text === '' ? part : `${text}.${part}`;
  }, '');

/** A word from the file, safe to print on one line. */
export const shortened = (text: string, length = 40): string => {
  const printable = text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '?');
  return printable.length > length ? `${printable.slice(0, length)}…` : printable;
};

/** What a message about a path begins with. */
export const subjectOf = (path: Path): string => {
  const last = path.at(-1);
  if (last === undefined) return 'the file';
  if (typeof last === 'string') return `"${shortened(last)}"`;
  const list = path.at(-2);
  return `entry ${last + 1}${typeof list === 'string' ? ` of "${shortened(list)}"` : ''}`;
};

/** Gathers faults against the places of one file. */
export class FaultList {
  readonly #faults: (ConfigFault & { readonly offset: number })[] = [];
  readonly #file: string;
  readonly #places: Places;

  constructor(file: string, places: Places) {
    this.#file = file;
    this.#places = places;
  }
  readonly report: Report = (path, predicate, at = 'value') => {
    if (this.#places.isSpoilt(path)) return;
    const found = this.#places.find(path, at);
    // A shorthand (`http: https://…`) has no place for the keys it stands for: speak of what is written.
    const subject = found.scalar ? found.path : path;
    this.#faults.push({
      file: this.#file,
      ...this.#places.lineOf(found.offset),
      message: `${subjectOf(subject)} ${predicate}`,
      path: pathText(subject),
      offset: found.offset,
    });
  };
  /** A fault of the text itself, where it stands. */
  readonly reportAt = (offset: number, message: string, path: Path = []): void => {
    this.#faults.push({ file: this.#file, ...this.#places.lineOf(offset), message, path: pathText(path), offset });
  };
  /** In the order of the file, each once, at most FAULT_LIMIT and one more that counts the rest. */
  list(): ConfigFault[] {
    const seen = new Set<string>();
    const sorted = this.#faults
      .toSorted((a, b) => a.offset - b.offset)
      .map(({ offset: _, ...fault }) => fault)
      .filter((fault) => {
        const line = renderFault(fault);
        return !seen.has(line) && seen.add(line);
      });
    const rest = sorted.length - FAULT_LIMIT;
    const next = sorted[FAULT_LIMIT];
    if (rest <= 0 || !next) return sorted;
    return [
      ...sorted.slice(0, FAULT_LIMIT),
      { ...next, message: `and ${rest} more ${rest === 1 ? 'fault' : 'faults'} from here on`, path: '' },
    ];
  }
}

/** `file:line:column: message (path)`. */
export const renderFault = (fault: ConfigFault): string =>
  `${fault.file}:${fault.line}:${fault.column}: ${fault.message}${fault.path === '' ? '' : ` (${fault.path})`}`;

/** A file that somebody named and that cannot be read, as a sentence. `cause`: what the system said. */
export const unreadableWords = (path: string, cause: unknown): string => {
  const { code = String(cause) } = cause as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return `${path} cannot be read: there is no such file. Check the path; a relative one starts at the folder you stand in.`;
  if (code === 'EACCES' || code === 'EPERM')
    return `${path} cannot be read: this user may not. Change its rights, or ask as a user who may.`;
  if (code === 'EISDIR') return `${path} is a folder, not a file.`;
  return `${path} cannot be read (${code}).`;
};
