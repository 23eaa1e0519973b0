/**
 * Many watched services behind one loopback listener, one path each, with what each answers: ok, a refusal, slowly, or
 * never. Counts the answers that went out whole, so that what was measured can be held against what was stored.
 */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock } from '#monitor/clock.ts';

/** Status, after how long; null: it never answers. */
export type Behaviour = { readonly status: number; readonly afterMs: number } | null;

export interface ManyTargets {
  /** The configuration file that watches them. */
  yaml(check?: string): string;
  readonly slugs: readonly string[];
  /** Answers sent whole, by component. */
  readonly answered: ReadonlyMap<string, number>;
  /** Requests that wait for an answer. */
  waiting(): number;
  behave(slug: string, behaviour: Behaviour): void;
  close(): Promise<void>;
}

export const startManyTargets = async (count: number): Promise<ManyTargets> => {
  const slugs = Array.from({ length: count }, (_, i) => `t${i}`);
  const answered = new Map(slugs.map((slug) => [slug, 0]));
  const behaviours = new Map<string, Behaviour>();
  let waiting = 0;
  const answer = (slug: string, status: number, response: ServerResponse): void => {
    response.writeHead(status, { connection: 'close', 'content-type': 'text/plain' });
    response.end('all is well', () => answered.set(slug, (answered.get(slug) ?? 0) + 1));
  };
  const server = createServer((request, response) => {
    const slug = (request.url ?? '').slice(1);
    waiting++;
    response.once('close', () => waiting--);
    const behaviour = behaviours.has(slug) ? behaviours.get(slug) : { status: 200, afterMs: 0 };
    if (!behaviour) return;
    if (behaviour.afterMs > 0) systemClock.after(behaviour.afterMs, () => answer(slug, behaviour.status, response));
    else answer(slug, behaviour.status, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    yaml: (check = 'interval: 1s, timeout: 900ms') =>
      [
        'page: { name: Faults }',
        'components:',
        ...slugs.map((slug) => `  - { name: ${slug}, http: "http://127.0.0.1:${port}/${slug}", ${check} }`),
        '',
      ].join('\n'),
    slugs,
    answered,
    waiting: () => waiting,
    behave: (slug, behaviour) => void behaviours.set(slug, behaviour),
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
};
