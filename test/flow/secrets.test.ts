/** The whole product with secrets in its environment, hostile words in its file and a target that sends everything back (P12, P33). */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, type Product, type ProductFolder, productFolder, startProduct } from '../support/product.ts';

const AVOW = fileURLToPath(new URL('../../monitor/cli/main.ts', import.meta.url));
const SECRETS = {
  PROBE_KEY: 'canary-in-query-9876543210',
  PROBE_TOKEN: 'canary-in-header-0123456789',
  PROBE_BODY: 'canary-in-body-5554443332',
  BEAT_TOKEN: 'canary_in_beat_abcdefghijk',
  PROBE_BASIC: 'canary-in-basic-auth-6667778889',
  AVOW_SECRETS_KEY: 'canary-secrets-key-0123456789abcdef',
  AVOW_SMTP_URL: 'smtp://user:canary-in-smtp@127.0.0.1:2525',
  AVOW_DATABASE_TOKEN: 'canary-in-database-token',
};
/** What somebody guesses is nobody's secret, and yet may be one that was valid yesterday. */
const GUESS = 'canary_in_guess_lmnopqrstuv';
const HOSTILE = `</title><script>window.owned=1</script><img src=x onerror="window.owned=2">'{{7*7}}\${7*7}]]>`;

/** From a file that a variable names. */
const FILED = 'canary-in-a-file-1112223334';
const ALL = [...Object.values(SECRETS), FILED, GUESS, 'canary-in-smtp'];
/** At the level that says most. */
const environment = () => ({ ...SECRETS, FILED_FILE: join(folder.path, 'filed'), AVOW_LOG_LEVEL: 'debug' });

let target: Server;
let folder: ProductFolder;
let product: Product;
let written = '';

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
        const { authorization, cookie, 'x-key': key } = request.headers;
        const said = { query, header: `${key} ${authorization} ${cookie}`, body }[kind as 'query' | 'header' | 'body'] ?? '';
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
      headers: {X-Key: "\${PROBE_TOKEN}", Authorization: "Basic \${PROBE_BASIC}", Cookie: "sid=\${FILED}"}
      body: \${PROBE_BODY}
      redirects: 3
      expect: {body: [{contains: never there}]}`;
  folder = productFolder();
  const words = JSON.stringify(HOSTILE);
  written = `page: {name: ${words}, description: ${words}}
groups: [${words}, __proto__, constructor]
locations: [{name: ${words}, slug: here, local: true}]
components:${['query', 'header', 'body', 'away'].map(check).join('')}
  - {name: ${words}, slug: constructor, group: ${words}, description: ${words}, interval: 1s, timeout: 900ms, tcp: "127.0.0.1:1"}
  - {name: job, group: constructor, heartbeat: "\${BEAT_TOKEN}"}
`;
  folder.writeConfig(written);
  writeFileSync(join(folder.path, 'filed'), `${FILED}\n`, { mode: 0o600 });
  product = await startProduct(folder, { env: environment(), args: ['--json'] });
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
  const { metrics } = JSON.parse(await product.prints(/\{"pid".*\}/)) as { readonly metrics: number };
  seen.push((await ask(metrics, '/metrics')).text);
  expect(
    (await ask(product.port, `/beat/${GUESS}?token=${GUESS}`, { authorization: `Bearer ${GUESS}`, cookie: GUESS }, 'POST')).status,
  ).toBe(404);
  await ask(product.port, `/components/query?token=${GUESS}`);
  // A file with a fault, read again: its sentences name variables, never values.
  folder.writeConfig(
    `${written}  - {name: bad, interval: soon, http: {url: "http://127.0.0.1/?\${PROBE_KEY}", headers: {X: "\${PROBE_TOKEN} \${NOWHERE}"}}}\n`,
  );
  product.signal('SIGHUP');
  await product.prints(/refers to NOWHERE/);
  folder.writeConfig(written);
  const backup = await new Promise<string>((resolve) => {
    execFile(process.execPath, [AVOW, 'backup', '--out', join(folder.data, 'backup.db'), '--data', folder.data], (_, out, err) =>
      resolve(out + err),
    );
  });
  expect(backup).toContain('To restore it');
  seen.push(backup);
  expect(await product.ends('SIGTERM')).toBe(0);
  // The log at its most talkative did speak of these requests.
  expect(product.printed()).toContain('"path":"/beat/•••"');
  const files = readdirSync(folder.data).map((name) => join(folder.data, name));
  for (const file of files) expect([file, statSync(file).mode & 0o077]).toEqual([file, 0]);
  const kept = files.map((file) => readFileSync(file, 'latin1')).join('\n');
  // The sentences about the answers are there, and say what they may.
  expect(kept).toContain('does not contain');
  expect(kept).toContain('is not followed');
  const everything = [...seen, product.printed(), kept].join('\n');
  for (const secret of ALL) {
    const found = everything.indexOf(secret.slice(0, 12));
    expect(found < 0 ? '' : everything.slice(Math.max(0, found - 80), found + 80).replaceAll(/[^ -~]/g, '.')).toBe('');
  }
});

test('hostile words in the file are words on the page', async () => {
  const again = await startProduct(folder, { env: environment() });
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
