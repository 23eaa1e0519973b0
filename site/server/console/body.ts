/** Reading a request's body, never more than may come. Hono's own limit builds a second Request, which the listener's lazy one cannot be. */

export const TOO_LARGE = 'too large';
export const NOT_A_FORM = 'not a form';

export const readBody = async (request: Request, most: number): Promise<Uint8Array<ArrayBuffer> | typeof TOO_LARGE> => {
  const chunks: Uint8Array[] = [];
  let length = 0;
  if (request.body)
    for await (const chunk of request.body as ReadableStream<Uint8Array>) {
      length += chunk.byteLength;
      if (length > most) return TOO_LARGE;
      chunks.push(chunk);
    }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
};

export type Form = ReadonlyMap<string, readonly string[]>;

/** The fields of a form as typed; files are left out; empty for any other type. */
export const readForm = async (request: Request, most: number): Promise<Form | typeof TOO_LARGE | typeof NOT_A_FORM> => {
  const type = request.headers.get('content-type') ?? '';
  const body = await readBody(request, most);
  if (body === TOO_LARGE) return body;
  if (!/^(?:application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(type)) return new Map();
  try {
    const form = new Map<string, string[]>();
    for (const [name, value] of await new Response(body, { headers: { 'Content-Type': type } }).formData())
      if (typeof value === 'string') {
        // Whoever is not signed in may send a hundred thousand fields of one name: none of them costs what all before it did.
        const values = form.get(name);
        if (values) values.push(value);
        else form.set(name, [value]);
      }
    return form;
  } catch {
    return NOT_A_FORM;
  }
};
