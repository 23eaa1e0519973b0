/**
 * Rows as CSV (RFC 4180): CRLF after each, cells quoted where they must be, quotes doubled. Numbers are written as numbers. A text
 * that a spreadsheet would take for a formula gets an apostrophe in front: it is never run, and a person sees why it is there.
 * Source: semantics D5.
 */
/** Text, a whole number, or nothing. */
export type Cell = string | number | null | undefined;

/** What makes a spreadsheet calculate: = + - @, and what some take for the end of the cell before (tab, CR, LF). */
const FORMULA = /^[=+\-@\t\r\n]/;

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const cellText = (cell: Cell): string => {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'number') return String(cell);
  return quoted(FORMULA.test(cell) ? `'${cell}` : cell);
};

/** A header and one line for each row; a row has what it has, in whatever order. */
export const csvText = <K extends string>(columns: readonly K[], rows: readonly Partial<Readonly<Record<K, Cell>>>[]): string =>
  [columns, ...rows.map((row) => columns.map((column) => row[column]))].map((cells) => `${cells.map(cellText).join(',')}\r\n`).join('');
