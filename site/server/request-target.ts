/**
 * What a request asks for, read once and strictly: one spelling per address. Refuses absolute URIs, double slashes, dot
 * segments, encoded slashes and dots, control characters, bytes outside ASCII, and anything over 2,048 characters.
 * Pure. Source: reliability section 1 (path mangling), D7.
 */
export interface Refused {
  readonly status: number;
  readonly sentence: string;
}
export interface Target {
  /** Decoded path, always beginning with a slash. */
  readonly path: string;
  /** Raw text after the question mark, without it. */
  readonly query: string;
}

const LONGEST_URL = 2_048;
const refused = (status: number, sentence: string): Refused => ({ status, sentence });

const decodeSegment = (segment: string): string | null => {
  if (!segment.includes('%')) return segment;
  try {
    const decoded = decodeURIComponent(segment);
    // What decodes into a separator, a control character or another escape means two things to two readers.
    return /[/\\%\p{Cc}]/u.test(decoded) || /^\.+$/.test(decoded) ? null : decoded;
  } catch {
    return null;
  }
};

/** The path and query of a request line, or why it is not answered. */
export const readTarget = (url: string): Target | Refused => {
  if (url.length > LONGEST_URL) return refused(414, `The address is longer than ${LONGEST_URL} characters. Ask for a shorter one.`);
  if (!url.startsWith('/')) return refused(400, 'The address must be a path such as /. Whole URLs are for proxies, which this is not.');
  if (!/^[\x21-\x7e]*$/.test(url) || /[\\#]/.test(url)) return refused(400, 'The address holds characters that do not belong there.');
  const mark = url.indexOf('?');
  const rawPath = mark < 0 ? url : url.slice(0, mark);
  const segments = rawPath.split('/').slice(1);
  const decoded: string[] = [];
  for (const [index, segment] of segments.entries()) {
    const text = decodeSegment(segment);
    const inner = index < segments.length - 1;
    if (text === null || text === '.' || text === '..' || (inner && text === ''))
      return refused(400, 'The address is spelled in a way that could mean two things. Ask for the plain path.');
    decoded.push(text);
  }
  return { path: `/${decoded.join('/')}`, query: mark < 0 ? '' : url.slice(mark + 1) };
};

export const isRefused = (value: Target | Refused): value is Refused => 'status' in value;
