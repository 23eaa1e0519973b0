/**
 * Text → plain values with a place for each. YAML 1.2 core, less what has no business in a configuration: tags, merge
 * keys, keys that are not text, a second document, numbers that lose digits, nesting over 32, more than 100 aliases.
 * Never throws for anything in the text. Source: reliability P11.
 */
import { Composer, type CST, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, Parser, type Scalar } from 'yaml';
import { FaultList, shortened } from './fault.ts';
import { type Path, Places } from './yaml-places.ts';

export const MAX_DEPTH = 32;
const MAX_ALIASES = 100;
/** Values after aliases are followed; far above any real file, far below what would be felt. */
const MAX_VALUES = 200_000;

export interface ReadYaml {
  readonly value: unknown;
  readonly places: Places;
  readonly faults: FaultList;
  /** False: the text is no YAML, and judging its values would only repeat that. */
  readonly readable: boolean;
}

const SYNTAX: Readonly<Record<string, string>> = {
  ALIAS_PROPS: 'an alias can not have an anchor or a tag of its own; remove it',
  BAD_ALIAS: 'the name of this anchor or alias is empty or ends in ":"; give it a plain name',
  BAD_DIRECTIVE: 'directives (lines starting with "%") are not used here; remove the line',
  BAD_DQ_ESCAPE: 'this escape is unknown in double quotes; write "\\\\" for a backslash, or use single quotes',
  BAD_INDENT: 'the indentation does not fit the lines above, or a bracket was not closed; line the keys up with spaces',
  BAD_PROP_ORDER: 'anchors must stand after the "-", "?" or ":"; move it',
  BAD_SCALAR_START: 'a value can not start with this character; put the value in quotes',
  BLOCK_AS_IMPLICIT_KEY: 'a mapping or list can not stand on this line; put the value in quotes, or start a new line and indent it',
  BLOCK_IN_FLOW: 'inside brackets everything must be written with brackets and commas; rewrite this part',
  IMPOSSIBLE: 'the text can not be read as YAML from here on; compare it with docs/avow.sample.yaml',
  KEY_OVER_1024_CHARS: 'this key is longer than 1024 characters; a quote or a line break is missing',
  MISSING_CHAR: 'a character is missing here: a closing quote, a ":" after a key, a "," between values or a space; add it',
  MULTILINE_IMPLICIT_KEY: 'a key must stand on one line and be followed by ": "; add the colon and the space, or indent the text',
  MULTIPLE_ANCHORS: 'a value can have one anchor only; remove the other',
  MULTIPLE_TAGS: 'tags (words starting with "!") are not used here; remove it, or put the value in quotes',
  TAB_AS_INDENT: 'a tab can not be used for indentation; use spaces',
  TAG_RESOLVE_FAILED: 'tags (words starting with "!") are not used here; remove it, or put the value in quotes',
  UNEXPECTED_TOKEN: 'something stands here that does not belong; put the value in quotes, or close the quote or bracket before it',
  BAD_COLLECTION_TYPE: 'tags (words starting with "!") are not used here; remove it, or put the value in quotes',
  RESOURCE_EXHAUSTION: `the text is nested too deeply; at most ${MAX_DEPTH} levels are read`,
};

interface Nested {
  readonly token: CST.Token;
  readonly depth: number;
}
/** Every token with its depth, without recursion: the text may be nested a hundred thousand times. */
function* everyToken(roots: readonly CST.Token[]): Generator<Nested> {
  const open: Nested[] = roots.map((token) => ({ token, depth: 0 }));
  for (let next = open.pop(); next; next = open.pop()) {
    yield next;
    const { token, depth } = next;
    if (token.type === 'document' && token.value) open.push({ token: token.value, depth });
    if (!('items' in token)) continue;
    for (const item of token.items) {
      if (item.key) open.push({ token: item.key, depth: depth + 1 });
      if (item.value) open.push({ token: item.value, depth: depth + 1 });
    }
  }
}

/** Offset of a token nested deeper than allowed; the composer recurses, so this is asked before it runs. */
const tooDeep = (tokens: readonly CST.Token[]): number | null => {
  for (const { token, depth } of everyToken(tokens)) if (depth > MAX_DEPTH) return token.offset;
  return null;
};

/** Where the quote opens that is missing at `offset`: a quote swallows text up to the end of the file. */
const openingQuote = (tokens: readonly CST.Token[], offset: number): number => {
  let opening = -1;
  for (const { token } of everyToken(tokens))
    if (/-quoted-scalar$/.test(token.type) && token.offset <= offset && token.offset > opening) opening = token.offset;
  return opening < 0 ? offset : opening;
};

/** Reads YAML text. `file` is named in faults. */
export const readYaml = (text: string, file: string): ReadYaml => {
  const lines = new LineCounter();
  const places = new Places((offset) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  });
  const faults = new FaultList(file, places);
  const unreadable = { value: undefined, places, faults, readable: false };
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  const deep = tooDeep(tokens);
  if (deep !== null) {
    faults.reportAt(deep, `the text is nested too deeply; at most ${MAX_DEPTH} levels are read`);
    return unreadable;
  }
  for (const token of tokens) if (token.type === 'directive') faults.reportAt(token.offset, SYNTAX['BAD_DIRECTIVE'] ?? '');
  // Duplicate keys are looked for below: the library's own search takes quadratic time.
  const composer = new Composer({ version: '1.2', schema: 'core', uniqueKeys: false, strict: true, prettyErrors: false });
  const [document, second] = [...composer.compose(tokens)];
  if (second)
    faults.reportAt(second.range[0], 'a second document starts here; a configuration is one document, so remove "---" and what follows');
  for (const error of [...(document?.errors ?? []), ...(second?.errors ?? [])])
    if (/^Missing closing ['"]quote/.test(error.message))
      faults.reportAt(openingQuote(tokens, error.pos[0]), 'the quote that opens here is not closed; close it on the same line');
    else faults.reportAt(error.pos[0], SYNTAX[error.code] ?? SYNTAX['IMPOSSIBLE'] ?? '');
  if (faults.list().length > 0) return unreadable;
  if (!document?.contents) return { value: null, places, faults, readable: true };
  const value = new Walk(text, places, faults).value(document.contents, [], document.contents.range?.[0] ?? 0, 0);
  return { value, places, faults, readable: true };
};

/** One pass over the nodes: values out, places noted, faults told. */
class Walk {
  readonly #anchors = new Map<string, Node>();
  #aliases = 0;
  #values = 0;
  readonly #text: string;
  readonly #places: Places;
  readonly #faults: FaultList;

  constructor(text: string, places: Places, faults: FaultList) {
    this.#text = text;
    this.#places = places;
    this.#faults = faults;
  }

  value(node: Node, path: Path, key: number, depth: number): unknown {
    const offset = node.range?.[0] ?? key;
    const refuse = (message: string): undefined => {
      this.#places.add(path, { key, value: offset, scalar: true });
      this.#faults.reportAt(offset, message, path);
      this.#places.spoil(path);
    };
    if (++this.#values > MAX_VALUES)
      return this.#values === MAX_VALUES + 1
        ? refuse('aliases make the file too large; write the values out where they are needed')
        : undefined;
    if (depth > MAX_DEPTH) return refuse(`the values are nested too deeply; at most ${MAX_DEPTH} levels are read`);
    if (isAlias(node)) return this.#alias(node.source, path, key, depth, refuse);
    if (node.tag !== undefined) return refuse('tags (words starting with "!") are not used here; remove it, or put the value in quotes');
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, node);
    if (isScalar(node)) {
      this.#places.add(path, { key, value: offset, scalar: true });
      return this.#scalar(node, refuse);
    }
    this.#places.add(path, { key, value: offset, scalar: false });
    if (isSeq(node))
      return node.items.map((item, index) =>
        isNode(item) ? this.value(item, [...path, index], item.range?.[0] ?? offset, depth + 1) : null,
      );
    return isMap(node) ? this.#mapping(node.items, path, offset, depth) : undefined;
  }

  #alias(name: string, path: Path, key: number, depth: number, refuse: (message: string) => undefined): unknown {
    const target = this.#anchors.get(name);
    if (!target) return refuse(`the anchor "${shortened(name)}" is not defined above; define it first, or put the value in quotes`);
    if (++this.#aliases > MAX_ALIASES)
      return this.#aliases === MAX_ALIASES + 1
        ? refuse(`more than ${MAX_ALIASES} aliases are followed from here on; write the values out where they are needed`)
        : this.#places.spoil(path);
    return this.value(target, path, key, depth + 1);
  }

  #scalar(node: Scalar, refuse: (message: string) => undefined): unknown {
    const { value } = node;
    if (typeof value !== 'number') return value;
    const source = node.source ?? '';
    if (!Number.isFinite(value)) return refuse('this number is not finite; write one that is, or put it in quotes if it is text');
    const digits = source
      .replace(/[eE].*$/, '')
      .replace(/\D/g, '')
      .replace(/^0+/, '');
    if (!/^0[xo]/.test(source) && digits.length > 15)
      return refuse('this number has more digits than are kept; put it in quotes if it is text');
    return value;
  }

  #mapping(items: readonly { readonly key: unknown; readonly value: unknown }[], path: Path, offset: number, depth: number): unknown {
    const result: Record<string, unknown> = {};
    const lineOfKey = new Map<string, number>();
    for (const { key, value } of items) {
      const at = (isNode(key) ? key.range?.[0] : undefined) ?? offset;
      const name = isScalar(key) && key.tag === undefined && key.anchor === undefined ? key.value : undefined;
      if (typeof name !== 'string') {
        this.#faults.reportAt(at, this.#keyFault(key), path);
        continue;
      }
      const first = lineOfKey.get(name);
      const whole = [...path, name];
      if (first !== undefined) {
        this.#faults.reportAt(at, `the key "${shortened(name)}" stands here twice, first on line ${first}; remove one of them`, whole);
      } else if (name === '__proto__' || name === '<<') {
        const why = name === '<<' ? 'merge keys are not used here; write the keys out' : 'the key "__proto__" is not allowed; remove it';
        this.#faults.reportAt(at, why, whole);
      } else {
        lineOfKey.set(name, this.#places.lineOf(at).line);
        if (isNode(value)) result[name] = this.value(value, whole, at, depth + 1);
        else {
          this.#places.add(whole, { key: at, value: at, scalar: true });
          result[name] = null;
        }
      }
    }
    return result;
  }

  #keyFault(key: unknown): string {
    if (!isScalar(key)) return 'a key must be plain text, not a list, a mapping or an alias; write it as text';
    if (key.value === null) return 'a key is empty; write its name before the ":"';
    if (typeof key.value === 'string') return 'a key can not have a tag or an anchor; remove it';
    const [from, to] = key.range ?? [0, 0];
    return `a key must be text; put it in quotes: "${shortened(this.#text.slice(from, to))}"`;
  }
}

const isNode = (value: unknown): value is Node => isScalar(value) || isMap(value) || isSeq(value) || isAlias(value);
