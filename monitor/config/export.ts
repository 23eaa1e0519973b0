/**
 * A configuration as a file that says it: YAML with a word where a person needs one. Read back, it is the same configuration. Secrets
 * stay the references that they are; one that was written out stands as `•`, which is read as what is in force; the picture stays a path, for it lies beside the file and not in it.
 */
import { Document, isMap, isScalar, isSeq, type Node, visit } from 'yaml';
import { configDocument, type Said } from './document.ts';
import type { DocumentMapping } from './document-check.ts';
import { masked } from './write-only.ts';

export interface ExportNotes {
  /** Sentences at the head, a line each. */
  readonly head: readonly string[];
}

/** More digits than the reader takes from a decimal number are written in hexadecimal. */
const MOST_DIGITS = 15;

const keyOf = (key: unknown): string => (isScalar(key) ? String(key.value) : String(key));

const commentOn = (document: Document, section: string, comment: string): void => {
  if (!isMap(document.contents)) return;
  const pair = document.contents.items.find((item) => keyOf(item.key) === section);
  if (pair && isScalar(pair.key)) pair.key.commentBefore = comment;
};

/** Every section stands apart. */
const spaced = (document: Document): void => {
  if (!isMap(document.contents)) return;
  for (const [index, { key }] of document.contents.items.entries()) if (index > 0 && isScalar(key)) key.spaceBefore = true;
};

/** What our own reader takes as an escape only, and what editors take for the end of a line. */
const UNPRINTABLE = /[^\P{Cc}\t\n]|[\u2028\u2029\ufeff\ufffe\uffff]/u;
const EVERY_UNPRINTABLE = new RegExp(UNPRINTABLE, 'gu');
/** Lines that a block says as they are: blanks at their edges, and empty lines at those of the text, are for quotes. */
const PLAIN_LINES = /^\S(?:.*\S)?(?:\n+\S(?:.*\S)?)*\n?$/u;
const escaped = (text: string): string => text.replace(EVERY_UNPRINTABLE, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** What other readers of YAML would take for something else: times of the day as base 60, long numbers as floats, odd lines. */
const plainly = (document: Document): void =>
  visit(document, {
    Scalar: (_, node) => {
      const { value } = node;
      if (
        typeof value === 'string' &&
        (/^\d+:\d/.test(value) || UNPRINTABLE.test(value) || (value.includes('\n') && !PLAIN_LINES.test(value)))
      )
        node.type = 'QUOTE_DOUBLE';
      if (typeof node.value === 'number' && Number.isInteger(node.value) && String(Math.abs(node.value)).length > MOST_DIGITS)
        node.format = 'HEX';
    },
  });

const notesOfComponents = (document: Document, { components }: Said, entered: ReadonlySet<string>): void => {
  const list = isMap(document.contents) ? document.contents.get('components') : null;
  if (!isSeq(list)) return;
  const written = components.filter(({ check }) => check.definition.kind !== 'self' && check.definition.kind !== 'store');
  for (const [index, item] of list.items.entries()) {
    const one = written[index];
    const first = one && entered.has(one.slug) ? ' Entered in the console.' : '';
    const beat = one?.check.definition.kind === 'heartbeat' ? ' Of the token only its SHA-256 is kept.' : '';
    if (isMap(item) && first + beat !== '') (item as Node & { commentBefore?: string }).commentBefore = `${first}${beat}`;
  }
};

/** Of a heartbeat's token only the digest is known, which lets nobody in: without it the file could not say the check. */
const TOLD = ['heartbeat.token_sha256'];
const maskedFile = (file: DocumentMapping): DocumentMapping => {
  const { components } = file;
  return { ...masked(file), components: (components as readonly DocumentMapping[]).map((one) => masked(one, TOLD)) };
};

/** `entered`: slugs of components that the console manages. */
export const exportText = (said: Said, entered: ReadonlySet<string>, { head }: ExportNotes): string => {
  const document = new Document(maskedFile(configDocument(said)), { aliasDuplicateObjects: false, version: '1.2' });
  plainly(document);
  spaced(document);
  if (said.page.brand.logo)
    commentOn(document, 'page', ' The logo is a file: its path begins at the folder of this file, and the picture is not in here.');
  notesOfComponents(document, said, entered);
  document.commentBefore = head.map((line) => ` ${line}`).join('\n');
  const written = document.toString({
    lineWidth: 0,
    indentSeq: true,
    minContentWidth: 0,
    doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER,
  });
  return escaped(written);
};
