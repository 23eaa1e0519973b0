/**
 * A configuration as a file that says it: YAML with a word where a person needs one. Read back, it is the same configuration. Secrets
 * stay the references that they are; the picture stays a path, for it lies beside the file and not in it.
 */
import { Document, isMap, isScalar, isSeq, type Node, visit } from 'yaml';
import { componentDocument, configDocument, type Said } from './document.ts';
import { type DocumentMapping, inShort } from './document-check.ts';

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

/** What other readers of YAML would take for something else: times of the day as base 60, long numbers as floats. */
const plainly = (document: Document): void =>
  visit(document, {
    Scalar: (_, node) => {
      if (typeof node.value === 'string' && /^\d+:\d/.test(node.value)) node.type = 'QUOTE_DOUBLE';
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

/** `entered`: slugs of components that the console manages. */
export const exportText = (said: Said, entered: ReadonlySet<string>, { head }: ExportNotes): string => {
  const document = new Document(configDocument(said), { aliasDuplicateObjects: false, version: '1.2' });
  plainly(document);
  spaced(document);
  if (said.page.brand.logo)
    commentOn(document, 'page', ' The logo is a file: its path begins at the folder of this file, and the picture is not in here.');
  notesOfComponents(document, said, entered);
  document.commentBefore = head.map((line) => ` ${line}`).join('\n');
  return document.toString({ lineWidth: 0, indentSeq: true, minContentWidth: 0 });
};

/** One component as the file would have it, for a form to show or a person to copy. */
export const componentForm = (one: Said['components'][number], manner: Parameters<typeof componentDocument>[1]): DocumentMapping | null =>
  componentDocument(one, manner, inShort);
