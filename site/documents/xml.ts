/**
 * XML as a tree of elements, and the one way from there to text: whatever a person wrote stands in it as text and can be nothing else.
 * Characters that XML 1.0 cannot hold (controls, lone surrogates) are taken out or replaced, so that the document is always well-formed.
 */

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly children: readonly Node[];
}
export type Node = Element | string;

/** Null and false among the children are left out. */
export const el = (
  name: string,
  attributes: Element['attributes'] = {},
  ...children: readonly (Node | readonly Node[] | null | false)[]
): Element => ({ name, attributes, children: children.flatMap((child) => (child === null || child === false ? [] : (child as Node))) });

/** What a text is in XML, JSON and calendars alike: lone surrogates become U+FFFD, controls besides tab and line break are gone. */
export const cleanText = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(/\r\n?/g, '\n')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out.
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/g, '');

const SIGNS: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\t': '&#9;',
};
const ofText = (text: string): string => cleanText(text).replaceAll(/[&<>]/g, (sign) => SIGNS[sign] as string);
/** A reader makes spaces of line breaks in attributes, unless they are written as references. */
const ofAttribute = (text: string): string => cleanText(text).replaceAll(/[&<>"\n\t]/g, (sign) => SIGNS[sign] as string);

const written = (node: Node, out: string[]): void => {
  if (typeof node === 'string') return void out.push(ofText(node));
  out.push('<', node.name);
  for (const [name, value] of Object.entries(node.attributes)) out.push(' ', name, '="', ofAttribute(String(value)), '"');
  if (node.children.length === 0) return void out.push('/>');
  out.push('>');
  for (const child of node.children) written(child, out);
  out.push('</', node.name, '>');
};

/** One element and what is in it. */
export const elementText = (root: Element): string => {
  const out: string[] = [];
  written(root, out);
  return out.join('');
};

/** A whole document in UTF-8. */
export const documentText = (root: Element): string => `<?xml version="1.0" encoding="UTF-8"?>\n${elementText(root)}\n`;
