/** The first admin of a running product, made through its set-up link as a person would: what their browser holds afterwards. */
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import type { Product, ProductFolder } from './product.ts';

export interface FirstAdmin {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  /** For a browser. */
  readonly cookie: { readonly name: string; readonly value: string; readonly url: string };
  /** For a request by hand. */
  readonly headers: Readonly<Record<string, string>>;
}

export const FIRST_ADMIN = { name: 'Ona Berg', email: 'ona@example.com', password: 'seven ferries at dawn' } as const;

/** The cookies that a form sent to the product answers with. */
const sent = (origin: string, path: string, fields: Readonly<Record<string, string>>): Promise<readonly string[]> =>
  new Promise((resolve, reject) => {
    const body = new URLSearchParams(fields).toString();
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': Buffer.byteLength(body),
      origin,
      'sec-fetch-site': 'same-origin',
    };
    const asked = request(`${origin}${path}`, { method: 'POST', headers }, (answer) => {
      answer.resume();
      if (answer.statusCode === 303) resolve(answer.headers['set-cookie'] ?? []);
      else reject(new Error(`${path} answered ${answer.statusCode}`));
    });
    asked.once('error', reject);
    asked.end(body);
  });

export const makeFirstAdmin = async (product: Product, folder: ProductFolder): Promise<FirstAdmin> => {
  const link = new URL(readFileSync(join(folder.data, 'set-up-link'), 'utf8').trim());
  const cookies = await sent(link.origin, link.pathname, { token: link.searchParams.get('token') ?? '', ...FIRST_ADMIN });
  const value = /^sid=([^;]+)/.exec(cookies.find((cookie) => cookie.startsWith('sid=')) ?? '')?.[1];
  if (value === undefined) throw new Error('The product has set no session.');
  return { ...FIRST_ADMIN, cookie: { name: 'sid', value, url: product.origin }, headers: { cookie: `sid=${value}` } };
};
