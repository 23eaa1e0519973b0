/**
 * The built pages over loopback with the headers they must live with: a Content-Security-Policy of hashes, brotli. Views
 * are handed in by path; requests are counted by the browser, not here.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import type { PageLocals, Renderer } from '#site/server/prepared.ts';

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));
const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain',
};

export interface PageServer {
  readonly origin: string;
  close(): Promise<void>;
}

const hashes = (html: string, element: 'script' | 'style'): string =>
  [...html.matchAll(new RegExp(`<${element}(?:\\s[^>]*)?>([\\s\\S]*?)</${element}>`, 'g'))]
    .filter(([, inside]) => inside)
    .map(
      ([, inside]) =>
        `'sha256-${createHash('sha256')
          .update(inside ?? '')
          .digest('base64')}'`,
    )
    .join(' ');

export const policyFor = (html: string): string =>
  `default-src 'none'; script-src 'self' ${hashes(html, 'script')}; style-src 'self' ${hashes(html, 'style')}; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'`;

export const loadRenderer = async (): Promise<Renderer> => {
  if (!existsSync(join(dist, 'server/entry.mjs'))) throw new Error('the pages are not built; run `npm run build` and try again');
  return (await import(join(dist, 'server/entry.mjs'))) as Renderer;
};

export const chromeAt = (generatedAtMs: number, more: Partial<PageLocals['chrome']> = {}): PageLocals['chrome'] => ({
  pageName: 'Harbour & Lane',
  pageUrl: 'https://www.example.com/',
  origin: 'http://127.0.0.1',
  generatedAtMs,
  zone: 'America/New_York',
  staleSinceMs: null,
  ...more,
});

/** Serves `views` by path; anything else is the 404 page. */
export const servePages = async (views: ReadonlyMap<string, PageLocals>, nothing: PageLocals): Promise<PageServer> => {
  const renderer = await loadRenderer();
  const answer = async (path: string): Promise<{ status: number; type: string; body: Buffer; policy: string }> => {
    const file = join(dist, 'client', path);
    if (extname(path) && file.startsWith(join(dist, 'client')) && existsSync(file)) {
      return {
        status: 200,
        type: types[extname(path)] ?? 'application/octet-stream',
        body: readFileSync(file),
        policy: "default-src 'none'",
      };
    }
    // `/scene/NAME` shows the front page in a named state.
    const page = path.startsWith('/scene/') ? '/' : path;
    const response = await renderer.render(new Request(`http://127.0.0.1${page}`), views.get(path) ?? nothing);
    const html = await response.text();
    return {
      status: views.has(path) ? response.status : 404,
      type: 'text/html; charset=utf-8',
      body: Buffer.from(html),
      policy: policyFor(html),
    };
  };
  const server = createServer((request, response) => {
    answer(new URL(request.url ?? '/', 'http://127.0.0.1').pathname).then(
      ({ status, type, body, policy }) => {
        response.writeHead(status, {
          'content-type': type,
          'content-encoding': 'br',
          'content-security-policy': policy,
          'x-content-type-options': 'nosniff',
        });
        response.end(brotliCompressSync(body));
      },
      (fault: unknown) => {
        response.writeHead(500, { 'content-type': 'text/plain' });
        response.end(String(fault));
      },
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
};

export const allScenes = (
  status: Readonly<Record<string, () => object>>,
  components: Readonly<Record<string, () => object>>,
  at: number,
): Map<string, PageLocals> => {
  const chrome = chromeAt(at);
  const views = new Map<string, PageLocals>();
  for (const [name, view] of Object.entries(status)) views.set(`/scene/${name}`, { view: view(), chrome });
  for (const [name, view] of Object.entries(components)) views.set(`/components/${name}`, { view: view(), chrome });
  views.set('/scene/stale', { view: (status['healthy'] ?? (() => ({})))(), chrome: chromeAt(at, { staleSinceMs: at - 130_000 }) });
  return views;
};
