/** The HTTP attacker (fixture F8): bytes onto a socket as written, answers split as they came. Loopback only. */
import { connect, type Socket } from 'node:net';

export interface RawAnswer {
  readonly status: number;
  /** Lower-case names; repeated ones joined with a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Everything the server sends for `bytes` until it closes; sends "Connection: close" only if the bytes say so. */
export const rawBytes = (port: number, bytes: string | Buffer, host = '127.0.0.1'): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket: Socket = connect({ host, port }, () => socket.write(bytes));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('close', () => resolve(Buffer.concat(chunks)));
    socket.on('error', (fault: NodeJS.ErrnoException) => {
      // A server may hang up on what it will not read to the end; what it said before counts.
      if (fault.code !== 'ECONNRESET' && fault.code !== 'EPIPE') reject(fault);
    });
  });

/** The first answer in `bytes`; null when the server said nothing. */
export const parseAnswer = (bytes: Buffer): RawAnswer | null => {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const [first = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n');
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`;
  }
  return { status: Number(first.split(' ')[1]), headers, body: bytes.subarray(end + 4) };
};

/** One request written by hand; the answer, or null when the connection was closed without one. */
export const raw = async (port: number, bytes: string | Buffer): Promise<RawAnswer | null> => parseAnswer(await rawBytes(port, bytes));

/** A well-formed request that closes its connection. */
export const ask = async (
  port: number,
  path: string,
  options: {
    readonly method?: string;
    readonly host?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
  } = {},
): Promise<RawAnswer> => {
  const { method = 'GET', host = `127.0.0.1:${port}`, headers = {}, body } = options;
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const length = body === undefined ? '' : `Content-Length: ${Buffer.byteLength(body)}\r\n`;
  const answer = await raw(
    port,
    `${method} ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n${lines.join('')}${length}\r\n${body ?? ''}`,
  );
  if (!answer) throw new Error(`no answer to ${method} ${path}`);
  return answer;
};
