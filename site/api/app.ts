/**
 * The API. Public documents are rendered here once per change and kept as prepared bytes by the page store, which hands
 * in view and surroundings; what is not prepared comes straight from the front through Hono's listener.
 */
import { Hono } from 'hono';
import { instant } from '#domain/time/instant.ts';
import type { SummaryView } from '#monitor/views/summary.ts';
import { PROBLEM_TYPE, problem } from './problem.ts';
import { type Surroundings, statusOf, summaryOf } from './statuspage-v2.ts';

export interface PreparedLocals {
  readonly view: object;
  readonly chrome: { readonly pageName: string; readonly origin: string; readonly zone: string; readonly staleSinceMs: number | null };
}
type Bindings = { Bindings: Partial<PreparedLocals> };

/** Paths whose answers are prepared; all made from one view. */
export const SUMMARY_PATHS = ['/api/v2/summary.json', '/api/v2/status.json'] as const;
const documents: Readonly<Record<(typeof SUMMARY_PATHS)[number], (view: SummaryView, around: Surroundings) => object>> = {
  '/api/v2/summary.json': summaryOf,
  '/api/v2/status.json': statusOf,
};

const around = ({ pageName, origin, zone, staleSinceMs }: PreparedLocals['chrome']): Surroundings => ({
  pageName,
  origin,
  zone,
  staleSince: staleSinceMs === null ? null : instant(staleSinceMs),
});

export const createApi = (): Hono<Bindings> => {
  const api = new Hono<Bindings>();
  for (const path of SUMMARY_PATHS) {
    api.get(path, (c) => {
      const { view, chrome } = c.env;
      // Only the page store hands in a view; a request from outside is answered from prepared bytes before it gets here.
      if (!view || !chrome) return c.notFound();
      return c.json(documents[path](view as SummaryView, around(chrome)));
    });
  }
  const sorry = (status: 404 | 500, title: string, detail: string): Response =>
    new Response(JSON.stringify(problem(status, title, detail)), {
      status,
      headers: { 'Content-Type': PROBLEM_TYPE, 'Cache-Control': 'no-store' },
    });
  api.notFound(() =>
    sorry(
      404,
      'Not found',
      'The API has no such address. The documents of the status page are /api/v2/summary.json and /api/v2/status.json.',
    ),
  );
  api.onError(() => sorry(500, 'Internal error', 'Avow could not answer. The log of the server says why.'));
  return api;
};
