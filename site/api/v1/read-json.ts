/**
 * A body as JSON: at most so many bytes, UTF-8 that means one thing, and no deeper than any request of ours. Depth is counted before
 * anything is built, because what is built is walked by functions that call themselves.
 */
export const TOO_LARGE = 'too large';
export const NOT_JSON = 'not JSON';
export const TOO_DEEP = 'too deep';
const MOST_DEPTH = 64;

const isTooDeep = (text: string): boolean => {
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const sign = text[i];
    if (quoted) {
      if (sign === '\\') i++;
      else if (sign === '"') quoted = false;
    } else if (sign === '"') quoted = true;
    else if (sign === '{' || sign === '[') {
      if (++depth > MOST_DEPTH) return true;
    } else if (sign === '}' || sign === ']') depth--;
  }
  return false;
};

const readText = async (request: Request, most: number): Promise<string | typeof TOO_LARGE | null> => {
  if (Number(request.headers.get('content-length') ?? 0) > most) return TOO_LARGE;
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  let length = 0;
  try {
    if (request.body)
      for await (const chunk of request.body as ReadableStream<Uint8Array>) {
        length += chunk.byteLength;
        if (length > most) return TOO_LARGE;
        text += decoder.decode(chunk, { stream: true });
      }
    return text + decoder.decode();
  } catch (fault) {
    if (fault instanceof TypeError) return null;
    throw fault;
  }
};

export const readJson = async (
  request: Request,
  most: number,
): Promise<{ readonly value: unknown } | typeof TOO_LARGE | typeof NOT_JSON | typeof TOO_DEEP> => {
  const text = await readText(request, most);
  if (text === TOO_LARGE) return TOO_LARGE;
  if (text === null) return NOT_JSON;
  if (isTooDeep(text)) return TOO_DEEP;
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return NOT_JSON;
  }
};
