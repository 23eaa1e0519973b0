/**
 * Bytes of a configuration file → text, or the one reason why they are not text: size, encoding, byte order mark, control
 * characters. Everything later counts on well-formed UTF-8 of at most 1 MiB.
 */
export const MAX_BYTES = 1_048_576;

export interface TextFault {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

const placeIn = (text: string, offset: number): { line: number; column: number } => {
  const before = text.slice(0, offset);
  const lastBreak = before.lastIndexOf('\n');
  return { line: before.split('\n').length, column: offset - lastBreak };
};

const starts = (bytes: Uint8Array, ...mark: number[]): boolean => mark.every((byte, index) => bytes[index] === byte);

/** Answers the text, or why there is none. */
export const readText = (bytes: Uint8Array): string | TextFault => {
  const top = { line: 1, column: 1 };
  if (bytes.length > MAX_BYTES)
    return {
      ...top,
      message: `the file has ${bytes.length} bytes and ${MAX_BYTES} (1 MiB) are allowed; remove what does not belong to it`,
    };
  if (starts(bytes, 0xff, 0xfe) || starts(bytes, 0xfe, 0xff) || (bytes.length > 1 && (bytes[0] === 0) !== (bytes[1] === 0)))
    return { ...top, message: 'the file is UTF-16; save it as UTF-8' };
  if (starts(bytes, 0xef, 0xbb, 0xbf)) return { ...top, message: 'the file starts with a byte order mark; save it as UTF-8 without BOM' };
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    const replaced = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
    return { ...placeIn(replaced, Math.max(0, firstBad(bytes))), message: 'the file is not UTF-8 from here on; save it as UTF-8' };
  }
  // YAML 1.2 section 5.1: printable characters only; a lone CR would make two editors disagree about lines.
  const control = /[^\P{Cc}\t\n\r\u0085]|[\ufeff\ufffe\uffff]|\r(?!\n)/u.exec(text);
  if (!control) return text;
  const code = control[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  return {
    ...placeIn(text, control.index),
    message: `the character U+${code} may not stand in the file; remove it or write it as an escape in double quotes`,
  };
};

/** UTF-16 offset of the first byte sequence that is not UTF-8: how much decodes before it. */
const firstBad = (bytes: Uint8Array): number => {
  let [good, bad] = [0, bytes.length];
  const decoder = () => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    try {
      decoder().decode(bytes.subarray(0, middle), { stream: true });
      good = middle;
    } catch {
      bad = middle;
    }
  }
  return decoder().decode(bytes.subarray(0, good), { stream: true }).length;
};
