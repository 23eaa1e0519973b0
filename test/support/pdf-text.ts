/** What can be read in a PDF that Chromium printed, page by page, without spaces: its glyphs through the fonts' own tables (ToUnicode). */
import { inflateSync } from 'node:zlib';

interface Body {
  readonly head: string;
  readonly stream: string;
}

const objectsOf = (pdf: string): Map<number, Body> => {
  const found = new Map<number, Body>();
  for (const [, number, body = ''] of pdf.matchAll(/(?:^|\n)(\d+) 0 obj\s*([\s\S]*?)\nendobj/g)) {
    const at = body.indexOf('stream\n');
    const head = at < 0 ? body : body.slice(0, at);
    const raw = at < 0 ? '' : body.slice(at + 'stream\n'.length, body.lastIndexOf('\nendstream'));
    const packed = raw !== '' && head.includes('FlateDecode') && !head.includes('/Image');
    found.set(Number(number), { head, stream: packed ? inflateSync(Buffer.from(raw, 'latin1')).toString('latin1') : raw });
  }
  return found;
};

/** Glyph number → text. */
const glyphsOf = (table: string): Map<number, string> => {
  const glyphs = new Map<number, string>();
  const told = (hex: string): string => String.fromCharCode(...(hex.match(/.{4}/g) ?? []).map((four) => Number.parseInt(four, 16)));
  for (const [, block = ''] of table.matchAll(/beginbfchar\n([\s\S]*?)endbfchar/g))
    for (const [, glyph = '', text = ''] of block.matchAll(/<([0-9A-F]+)> <([0-9A-F]+)>/gi))
      glyphs.set(Number.parseInt(glyph, 16), told(text));
  for (const [, block = ''] of table.matchAll(/beginbfrange\n([\s\S]*?)endbfrange/g))
    for (const [, first = '', last = '', text = ''] of block.matchAll(/<([0-9A-F]+)> <([0-9A-F]+)> <([0-9A-F]+)>/gi)) {
      const from = Number.parseInt(first, 16);
      for (let glyph = from; glyph <= Number.parseInt(last, 16); glyph++)
        glyphs.set(glyph, String.fromCharCode(Number.parseInt(text, 16) + glyph - from));
    }
  return glyphs;
};

const referenced = (objects: ReadonlyMap<number, Body>, head: string, name: string): Body | undefined =>
  objects.get(Number(new RegExp(`/${name} (\\d+) 0 R`).exec(head)?.[1]));
/** What is drawn on each page, as the PDF says it. */
const drawnOn = (objects: ReadonlyMap<number, Body>): string[] =>
  [...objects.values()]
    .filter(({ head }) => /\/Type\s*\/Page\b(?!s)/.test(head))
    .map(({ head }) => referenced(objects, head, 'Contents')?.stream ?? '');

/** Two prints with the same ink at the same places give the same, page by page. */
export const pdfDrawings = (bytes: Uint8Array): string[] => drawnOn(objectsOf(Buffer.from(bytes).toString('latin1')));

export const pdfPages = (bytes: Uint8Array): string[] => {
  const pdf = Buffer.from(bytes).toString('latin1');
  const objects = objectsOf(pdf);
  const fonts = new Map<string, Map<number, string>>();
  for (const [, name = '', number] of pdf.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
    const table = referenced(objects, objects.get(Number(number))?.head ?? '', 'ToUnicode');
    if (table) fonts.set(name, glyphsOf(table.stream));
  }
  return drawnOn(objects).map((drawn) => {
    let font: Map<number, string> | undefined;
    let text = '';
    for (const [, name, hex] of drawn.matchAll(/\/(F\d+) [\d.]+ Tf|<([0-9A-F]+)> Tj/gi)) {
      if (name !== undefined) font = fonts.get(name);
      else for (const glyph of hex?.match(/.{4}/g) ?? []) text += font?.get(Number.parseInt(glyph, 16)) ?? '';
    }
    // Ligatures are one glyph for two letters.
    return text.normalize('NFKC').replaceAll(/\s+/g, '');
  });
};
