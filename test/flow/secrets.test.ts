/** The whole product with secrets in its environment, hostile words in its file and a target that sends everything back (P12, P33). */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, type Product, type ProductFolder, productFolder, startProduct } from '../support/product.ts';

const SECRETS = {
  PROBE_KEY: 'canary-in-query-9876543210',
  PROBE_TOKEN: 'canary-in-header-0123456789',
  PROBE_BODY: 'canary-in-body-5554443332',
  BEAT_TOKEN: 'canary_in_beat_abcdefghijk',
  AVOW_SECRETS_KEY: 'canary-secrets-key-0123456789abcdef',
  AVOW_SMTP_URL: 'smtp://user:canary-in-smtp@127.0.0.1:2525',
  AVOW_DATABASE_TOKEN: 'canary-in-database-token',
};
const HOSTILE = `</title><script>window.owned=1</script><img src=x onerror="window.owned=2">'{{7*7}}\${7*7}]]>`;

let target: Server;
let folder: ProductFolder;
let product: Product;

/** Everything that was sent comes back first thing, in the body and in a redirect that cannot be followed. */
const echo = (): Promise<Server> =>
  new Promise((resolve) => {
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => {
        body += String(chunk);
      });
      request.on('end', () => {
        const [, kind, query] = /^\/(\w+)\??(.*)/.exec(request.url ?? '') ?? [];
        const said = { query, header: request.headers['x-key'], body }[kind as 'query' | 'header' | 'body'] ?? '';
        if (kind === 'away') response.writeHead(302, { Location: `ftp://${query}/` });
        response.end(String(said));
      });
    });
    server.listen(0, '127.0.0.1', () => resolve(server));
  });

beforeAll(async () => {
  target = await echo();
  const { port } = target.address() as { port: number };
  const check = (kind: string): string => `
  - name: ${kind}
    interval: 1s
    timeout: 900ms
    http:
      url: http://127.0.0.1:${port}/${kind}?\${PROBE_KEY}
      method: POST
      headers: {X-Key: "\${PROBE_TOKEN}"}
      body: \${PROBE_BODY}
      redirects: 3
      expect: {body: [{contains: never there}]}`;
  folder = productFolder();
  const words = JSON.stringify(HOSTILE);
  folder.writeConfig(`page: {name: ${words}, description: ${words}}
groups: [${words}, __proto__, constructor]
locations: [{name: ${words}, slug: here, local: true}]
components:${['query', 'header', 'body', 'away'].map(check).join('')}
  - {name: ${words}, slug: constructor, group: ${words}, description: ${words}, interval: 1s, timeout: 900ms, tcp: "127.0.0.1:1"}
  - {name: job, group: constructor, heartbeat: "\${BEAT_TOKEN}"}
`);
  product = await startProduct(folder, { env: SECRETS });
});
afterAll(async () => {
  await product?.ends('SIGKILL');
  target?.close();
  folder?.remove();
});

test('no secret comes back: not in pages, documents, metrics, logs, snapshot or store, though the target repeats them all', async () => {
  expect((await ask(product.port, `/beat/${SECRETS.BEAT_TOKEN}`, {}, 'POST')).status).toBe(204);
  await product.until('/api/v2/summary.json', ({ text }) => text.split('"major_outage"').length > 6);
  const seen: string[] = [];
  for (const path of [
    '/',
    '/components/query',
    '/components/header',
    '/components/away',
    '/components/job',
    '/api/v2/summary.json',
    '/readyz',
  ])
    seen.push((await product.get(path)).text);
  expect(await product.ends('SIGTERM')).toBe(0);
  const files = readdirSync(folder.data).map((name) => join(folder.data, name));
  for (const file of files) expect([file, statSync(file).mode & 0o077]).toEqual([file, 0]);
  const kept = files.map((file) => readFileSync(file, 'latin1')).join('\n');
  // The sentences about the answers are there, and say what they may.
  expect(kept).toContain('does not contain');
  expect(kept).toContain('is not followed');
  const everything = [...seen, product.printed(), kept].join('\n');
  for (const secret of Object.values(SECRETS)) {
    const found = everything.indexOf(secret.slice(0, 12));
    expect(found < 0 ? '' : everything.slice(Math.max(0, found - 80), found + 80).replaceAll(/[^ -~]/g, '.')).toBe('');
  }
  expect(everything).not.toContain('canary-in-smtp');
});

test('hostile words in the file are words on the page', async () => {
  const again = await startProduct(folder, { env: SECRETS });
  try {
    for (const path of ['/', '/components/constructor']) {
      const { text } = await again.until(path, (answer) => answer.status === 200 && answer);
      // Data about the page is no script: it is JSON, and nothing in it can end the element that it stands in.
      const data = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(text)?.[1] ?? '{}';
      expect(data).not.toContain('<');
      expect(JSON.parse(data)).toBeTypeOf('object');
      const markup = text
        .replace(data, '')
        .replaceAll(/"[^"]*"/g, '""')
        .replaceAll(/'[^']*'/g, "''");
      expect(markup.match(/<script(?![^<]*Intl)[^<]*owned/g)).toBeNull();
      expect(markup).not.toContain('<img');
      expect(text).toContain('&lt;script&gt;window.owned=1&lt;/script&gt;');
      expect(text).toContain('{{7*7}}');
    }
    const summary = JSON.parse((await again.get('/api/v2/summary.json')).text) as { components: { id: string; name: string }[] };
    expect(summary.components.find(({ id }) => id === 'constructor')?.name).toBe(HOSTILE);
  } finally {
    await again.ends('SIGTERM');
  }
});
