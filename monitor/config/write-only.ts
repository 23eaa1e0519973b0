/**
 * What may be written and is never read again: what a check sends along (header values, bodies, the query of a URL) and where ops are
 * told may be a secret that somebody wrote out. Wherever it is shown, exported or audited it stands as `•`; a reference such as
 * `${TOKEN}` is no secret, nor is what every request says (Accept, `?format=json`). `•` that comes back stands for the value that it
 * hid, and goes only where that went before. Plain documents in the keys of the file, in and out; pure. Source: reliability P33.
 */
import { CREDENTIAL } from './credential.ts';
import type { DocumentMapping, DocumentValue } from './document-check.ts';
import type { Path } from './yaml-places.ts';

/** Stands for a value that is not to be read again. */
export const HIDDEN = '•';

/** Headers that say how to answer, not who asks. */
const PLAIN_HEADERS = /^(?:accept|accept-language|cache-control|content-type|host|origin|pragma|user-agent)$/i;
/** Names of parameters that are about who asks, besides those of headers. */
const CREDENTIAL_PARAMETER = /auth|pass|sig|code|pin/i;
/** `json`, `true`, `2`: too short and plain to let anybody in. */
const PLAIN_WORD = /^(?:[a-z]{0,8}|\d{1,6})$/;
/** `${TOKEN}`, `Bearer ${TOKEN}`, `sid=${A}; key=${B}`. */
const REFERENCES = /^(?:(?:[A-Za-z]\w{0,15}[ =:])?\$\{[A-Z_][A-Z0-9_]{0,99}\}[;, ]*)+$/;
const HAS_REFERENCE = /(?<!\$)\$\{[A-Z_][A-Z0-9_]{0,99}\}/;

const unlessReferences = (text: string): string => (text === '' || REFERENCES.test(text) ? text : HIDDEN);
/** A body without references may be anything; one that has them keeps its secrets there. */
const body = (text: string): string => (text === '' || HAS_REFERENCE.test(text) ? text : HIDDEN);
const always = (): string => HIDDEN;

interface Piece {
  /** With its `=`; empty: the piece is a value alone. */
  readonly name: string;
  readonly value: string;
}
const piecesOf = (query: string): Piece[] =>
  query.split('&').map((piece) => {
    const cut = piece.indexOf('=') + 1;
    return { name: piece.slice(0, cut), value: piece.slice(cut) };
  });
const isPlain = ({ name, value }: Piece): boolean =>
  REFERENCES.test(value) || (PLAIN_WORD.test(value) && !CREDENTIAL.test(name.slice(0, -1)) && !CREDENTIAL_PARAMETER.test(name));
const cutUrl = (url: string): readonly [head: string, query: string | null] => {
  const at = url.indexOf('?');
  return at < 0 ? [url, null] : [url.slice(0, at), url.slice(at + 1)];
};
const url = (text: string): string => {
  const [head, query] = cutUrl(text);
  if (query === null) return text;
  return `${head}?${piecesOf(query)
    .map((piece) => `${piece.name}${isPlain(piece) ? piece.value : HIDDEN}`)
    .join('&')}`;
};

/** How what stands at a path is told; null: as it is. */
const manner = (path: string): ((text: string) => string) | null => {
  const header = /^http\.headers\.(.+)$/.exec(path)?.[1];
  if (header !== undefined) return PLAIN_HEADERS.test(header) ? null : unlessReferences;
  if (path === 'http.url' || path === 'http') return url;
  if (path === 'http.body' || path === 'tcp.send') return body;
  if (path === 'ops.webhook.url') return unlessReferences;
  return path === 'heartbeat.token' || path === 'heartbeat.token_sha256' ? always : null;
};

/** A text as it may be told, by its place in a component's entry or in the file. */
export const toldText = (path: string, text: string): string => manner(path)?.(text) ?? text;

/** A body may be long, and every sentence is searched for each of them; what it quotes is shorter than two hundred characters. */
const MOST_PARTS = 50;
/** Parts of what is hidden, long enough to be known again in a sentence: a target may send back what it was sent. */
export const writtenOut = (path: string, text: string): readonly string[] => {
  if (manner(path) === url)
    return piecesOf(cutUrl(text)[1] ?? '').flatMap((piece) => (isPlain(piece) || piece.value.length < 8 ? [] : [piece.value]));
  if (toldText(path, text) !== HIDDEN) return [];
  if (path.startsWith('http.headers.')) return text.match(/[^\s;]{8,200}/g) ?? [];
  return path === 'http.body' || path === 'tcp.send' ? (text.match(/[^\s"'{}[\]:,;=&<>]{8,200}/g) ?? []).slice(0, MOST_PARTS) : [];
};

const isMapping = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const under = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`);

/** The same document with what may be a secret written as `•`. `kept`: paths that are told all the same. */
export const masked = (document: DocumentMapping, kept: readonly string[] = []): DocumentMapping => {
  const hide = (value: DocumentValue | undefined, path: string): DocumentValue | undefined => {
    if (typeof value === 'string') return kept.includes(path) ? value : toldText(path, value);
    if (Array.isArray(value)) return (value as readonly DocumentValue[]).map((entry, index) => hide(entry, `${path}[${index}]`) ?? null);
    if (!isMapping(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, hide(inner as DocumentValue | undefined, under(path, key))]),
    );
  };
  return hide(document, '') as DocumentMapping;
};

/** The query with each `•` as that of the same name hid it, the first for the first. */
const shownUrl = (typed: string, hidden: string): string => {
  const [head, query] = cutUrl(typed);
  const before = piecesOf(cutUrl(hidden)[1] ?? '');
  const shown = piecesOf(query ?? '').map(({ name, value }) => {
    const at = value === HIDDEN ? before.findIndex((piece) => piece.name === name) : -1;
    return `${name}${at < 0 ? value : (before.splice(at, 1)[0]?.value ?? value)}`;
  });
  return `${head}?${shown.join('&')}`;
};

/** `http.headers.X` is the deepest. */
const DEEPEST = 3;
const isHiding = (text: string, place: string): boolean =>
  manner(place) === url ? piecesOf(cutUrl(text)[1] ?? '').some(({ value }) => value === HIDDEN) : text === HIDDEN && manner(place) !== null;
const hiddenIn = (value: unknown, path: readonly string[]): readonly (readonly string[])[] => {
  if (typeof value === 'string') return isHiding(value, path.join('.')) ? [path] : [];
  if (!isMapping(value) || path.length === DEEPEST) return [];
  return Object.entries(value).flatMap(([key, inner]) => hiddenIn(inner, [...path, key]));
};

/** A shorthand (`http: https://…`) is the URL. */
const valueAt = (document: unknown, [key, ...rest]: readonly string[]): unknown => {
  if (key === undefined) return isMapping(document) ? document['url'] : document;
  return isMapping(document) && Object.hasOwn(document, key) ? valueAt(document[key], rest) : undefined;
};
const withValue = (document: unknown, [key, ...rest]: readonly string[], value: string): unknown =>
  key === undefined ? value : { ...(document as object), [key]: withValue((document as Record<string, unknown>)[key], rest, value) };

/** What was written over a masked entry, with every `•` that still stands where it stood replaced by the value that it hid. */
export const unmasked = (typed: unknown, before: DocumentMapping): unknown =>
  hiddenIn(typed, []).reduce((entry, place) => {
    const old = valueAt(before, place);
    if (typeof old !== 'string') return entry;
    return withValue(entry, place, manner(place.join('.')) === url ? shownUrl(String(valueAt(typed, place)), old) : old);
  }, typed);

/** Behind one address there may be many sites: which one a request is for, the header says. */
const siteOf = ({ headers }: Readonly<Record<string, unknown>>): string =>
  isMapping(headers)
    ? JSON.stringify(
        Object.entries(headers).flatMap(([name, value]) => (name.toLowerCase() === 'host' ? [String(value).toLowerCase()] : [])),
      )
    : '[]';

/** Where it is sent to, to the scheme, the port and the site. */
const targetOf = (entry: Readonly<Record<string, unknown>>): string => {
  const originOf = (text: string): string => URL.parse(text.replace(/\$?\$\{[^}]*\}/g, 'x'))?.origin ?? text;
  return ['http', 'tcp']
    .map((kind) => {
      const check = entry[kind];
      if (typeof check === 'string') return kind === 'http' ? `${originOf(check)} []` : check;
      if (!isMapping(check)) return '';
      return kind === 'http' ? `${originOf(String(check['url']))} ${siteOf(check)}` : `${String(check['host'])}:${String(check['port'])}`;
    })
    .join('|');
};

/**
 * Places at which something is written out that is not shown again, as a document with nothing left out names them. Whether it is what
 * stood there before is told to nobody who may only write: whoever could compare could guess. The token of a heartbeat is no such place,
 * for its digest is exported, and nobody guesses 128 bits.
 */
export const writtenAnew = (typed: unknown): readonly string[] => {
  const places = (value: unknown, path: readonly string[]): string[] => {
    const place = path.join('.');
    if (typeof value === 'string') return place.startsWith('heartbeat') || toldText(place, value) === value ? [] : [place];
    if (!isMapping(value) || path.length === DEEPEST) return [];
    return Object.entries(value).flatMap(([key, inner]) => places(inner, [...path, key]));
  };
  return places(typed, []).map((place) => (place === 'http' ? 'http.url' : place));
};

export interface HiddenFault {
  readonly places: readonly Path[];
  /** As for a report: "is …". */
  readonly predicate: string;
}
/** What is in force, and what `•` in a file stands for. Never to be shown. */
export interface KnownValues {
  /** A component as an entry with nothing hidden; null: there is none of that slug. */
  entry(slug: string): DocumentMapping | null;
  /** Null: there is none. */
  readonly webhookUrl: string | null;
  /** Whether whoever asks may learn that a value is the one in force: those who read the store anyway. */
  readonly compared: boolean;
}
export const NOTHING_TO_KEEP = 'is “•”, which stands for a value that is not shown, and there is none to keep; write it, better as ${NAME}';

/**
 * An entry that was written over a masked one, with what `•` hides: that of `before`, the same component as it is (null: there is none).
 * A fault where nothing is hidden there, or where it would go to another target than before.
 */
export const revealed = (typed: unknown, before: DocumentMapping | null): { readonly entry: unknown } | HiddenFault => {
  const places = hiddenIn(typed, []);
  if (places.length === 0 || !isMapping(typed)) return { entry: typed };
  if (before !== null && targetOf(typed) !== targetOf(before))
    return { places, predicate: 'is “•”, and the target is another one than before; write anew what “•” hides' };
  const entry = before === null ? typed : unmasked(typed, before);
  const left = hiddenIn(entry, []);
  if (left.length === 0) return { entry };
  return {
    places: left,
    predicate: NOTHING_TO_KEEP,
  };
};
