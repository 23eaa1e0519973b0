/**
 * What a browser fetches to show `/` for the first time, without running any script: the page and whatever it links as
 * style sheet, script, picture, font or preload. Bytes as they cross the wire, heads and brotli bodies included.
 */
import { connect } from 'node:net';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

export interface Fetched {
  readonly path: string;
  readonly wireBytes: number;
  readonly text: string;
}

const fetchOnce = (port: number, path: string): Promise<Fetched> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(
        `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAccept: text/html\r\nAccept-Encoding: br, gzip\r\nConnection: close\r\n\r\n`,
      );
    });
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', reject);
    socket.on('end', () => {
      const wire = Buffer.concat(chunks);
      const cut = wire.indexOf('\r\n\r\n');
      const head = wire.subarray(0, cut).toString('latin1').toLowerCase();
      const body = wire.subarray(cut + 4);
      if (!head.startsWith('http/1.1 200')) return reject(new Error(`${path} answered ${head.split('\r\n')[0]}`));
      const coding = /content-encoding: (\w+)/.exec(head)?.[1];
      const text = (coding === 'br' ? brotliDecompressSync(body) : coding === 'gzip' ? gunzipSync(body) : body).toString();
      resolve({ path, wireBytes: wire.length, text });
    });
  });

const LINKED = /<(?:link\b[^>]*\brel="(?:stylesheet|preload|modulepreload|icon|preconnect)"[^>]*|script\b[^>]*\bsrc=[^>]*|img\b[^>]*)>/g;
const ADDRESS = /\b(?:href|src)="([^"]+)"/;

/** The page first, then each address it asks for once; `data:` addresses cost nothing. */
export const firstView = async (port: number): Promise<readonly Fetched[]> => {
  const page = await fetchOnce(port, '/');
  const asked = [...page.text.matchAll(LINKED)].map(([tag]) => ADDRESS.exec(tag)?.[1]).filter((path) => path !== undefined);
  const own = [...new Set(asked)].filter((path) => !path.startsWith('data:'));
  const foreign = own.find((path) => !path.startsWith('/') || path.startsWith('//'));
  if (foreign !== undefined) throw new Error(`the page asks a third party: ${foreign}`);
  const rest: Fetched[] = [];
  for (const path of own) rest.push(await fetchOnce(port, path));
  return [page, ...rest];
};
