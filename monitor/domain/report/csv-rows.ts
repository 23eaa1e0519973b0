/**
 * A report as rows of a table: its columns, and how values become cells. A row has a kind, and cells only where there is something to
 * say; several values of one cell are parted by spaces. Source: semantics D5.
 */
import type { Cell } from './csv.ts';

export const COLUMNS = [
  'kind',
  'id',
  'component',
  'location',
  'start',
  'end',
  'ms',
  'name',
  'value',
  'announcement',
  'rev',
  'at',
  'announced_ms',
  'excluded_ms',
  'used_ms',
  'reason',
  'evidence',
  'author',
  'approved_by',
  'in_effect',
  'text',
] as const;
export type Row = Partial<Readonly<Record<(typeof COLUMNS)[number], Cell>>>;

export const yesNo = (said: boolean): string => (said ? 'yes' : 'no');
export const joined = (texts: readonly (string | number)[]): string => texts.join(' ');

/** Names and values, one row each; what is no plain value is left to rows of its own. */
export const namedRows = (kind: string, values: object): Row[] =>
  Object.entries(values).flatMap(([name, value]: [string, unknown]): Row[] => {
    if (typeof value === 'boolean') return [{ kind, name, value: yesNo(value) }];
    if (typeof value === 'number' || typeof value === 'string' || value === null) return [{ kind, name, value }];
    return [];
  });
