/** The first admin of a product as it is started: the printed link, the form, a session, and what the next start says. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Product, productFolder, startProduct } from '../support/product.ts';

const FORM = 'application/x-www-form-urlencoded';
const post = (
  port: number,
  path: string,
  fields: Readonly<Record<string, string>>,
): Promise<{ status: number; cookies: readonly string[]; location: string }> =>
  new Promise((resolve, reject) => {
    const body = new URLSearchParams(fields).toString();
    const headers = {
      'Content-Type': FORM,
      'Content-Length': body.length,
      Origin: `http://127.0.0.1:${port}`,
      'Sec-Fetch-Site': 'same-origin',
    };
    const outgoing = request({ host: '127.0.0.1', port, path, method: 'POST', headers, agent: false }, (incoming) => {
      incoming.resume();
      incoming.on('end', () =>
        resolve({
          status: incoming.statusCode ?? 0,
          cookies: incoming.headers['set-cookie'] ?? [],
          location: String(incoming.headers.location),
        }),
      );
    });
    outgoing.once('error', reject);
    outgoing.end(body);
  });
const linkIn = (product: Product): string | null => /http:\S+\/admin\/set-up\?token=\S+/.exec(product.printed())?.[0] ?? null;

describe('the first start', () => {
  it('prints a link that makes the first admin, once; the next start prints none and knows them', async () => {
    const folder = productFolder();
    try {
      const first = await startProduct(folder, { useConfig: false });
      await first.prints(/Avow is at/);
      const link = linkIn(first) ?? '';
      const token = new URL(link).searchParams.get('token') ?? '';
      const file = join(folder.data, 'set-up-link');
      expect(readFileSync(file, 'utf8').trim()).toBe(link);
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(statSync(join(folder.data, 'secrets.key')).mode & 0o777).toBe(0o600);
      // A proxy on this machine is no person at it.
      expect((await first.get(`/admin/set-up?token=${token}`, { 'X-Forwarded-For': '203.0.113.9' })).status).toBe(404);
      expect((await first.get(`/admin/set-up?token=${token}`)).text).toContain('Make the first admin');
      const who = { email: 'ada@example.com', name: 'Ada Holm', password: 'seven otters in the rain' };
      const made = await post(first.port, '/admin/set-up', { ...who, token });
      expect([made.status, made.location]).toEqual([303, '/admin']);
      const cookie = made.cookies.map((one) => one.split(';')[0]).join('; ');
      expect((await first.get('/admin', { Cookie: cookie })).text).toContain('Ada Holm');
      expect(existsSync(file)).toBe(false);
      expect(await first.ends('SIGTERM')).toBe(0);

      const second = await startProduct(folder, { useConfig: false });
      await second.prints(/Avow is at/);
      expect(linkIn(second)).toBeNull();
      expect((await second.get('/admin', { Cookie: cookie })).text).toContain('Ada Holm');
      const back = await post(second.port, '/admin/sign-in', { ...who, next: '/admin/account' });
      expect([back.status, back.location]).toEqual([303, '/admin/account']);
      expect(await second.ends('SIGTERM')).toBe(0);
      for (const line of [first, second].map((product) => product.printed())) expect(line).not.toContain(who.password);
    } finally {
      folder.remove();
    }
  });
});
