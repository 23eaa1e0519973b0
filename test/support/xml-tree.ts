/** Reads a document with a strict XML parser that is not ours; a document that is not well-formed fails the test that asked. */
import { SaxesParser } from 'saxes';

export interface ReadElement {
  readonly name: string;
  readonly uri: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: ReadElement[];
  text: string;
}

export const readXml = (text: string): ReadElement => {
  const parser = new SaxesParser({ xmlns: true });
  const top: ReadElement = { name: '', uri: '', attributes: {}, children: [], text: '' };
  const open: ReadElement[] = [top];
  parser.on('error', (cause) => {
    throw cause;
  });
  parser.on('opentag', ({ local, uri, attributes }) => {
    const read = Object.fromEntries(Object.entries(attributes).map(([name, { value }]) => [name, value]));
    const element: ReadElement = { name: local, uri, attributes: read, children: [], text: '' };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('text', (piece) => {
    const element = open.at(-1);
    if (element) element.text += piece;
  });
  parser.on('closetag', () => void open.pop());
  parser.write(text).close();
  const [root] = top.children;
  if (!root) throw new Error('the document has no element');
  return root;
};

export const childrenOf = (element: ReadElement, name: string): ReadElement[] => element.children.filter((child) => child.name === name);
export const textOf = (element: ReadElement, name: string): string => childrenOf(element, name)[0]?.text ?? '';
