/**
 * The API. Public documents are rendered here once per change and kept as prepared bytes by the page store, which hands
 * in view and surroundings; what is not prepared comes straight from the front through Hono's listener.
 */

import { Hono } from 'hono';
import { problem } from '#domain/problem.ts';
import { type ApiDocument, patternOf, type Surroundings } from './document.ts';
import { PROBLEM_ORIGIN, PROBLEM_TYPE } from './problem.ts';

export interface PreparedLocals {
  readonly view: object;
  readonly around: Surroundings;
}
type Bindings = { Bindings: Partial<PreparedLocals> };
export type Api = Hono<Bindings>;

export const createApi = (documents: readonly ApiDocument[]): Api => {
  const api = new Hono<Bindings>();
  for (const one of documents) {
    api.get(patternOf(one), (c) => {
      const { view, around } = c.env;
      // Only the page store hands in a view; a request from outside is answered from prepared bytes before it gets here.
      if (!view || !around) return c.notFound();
      return c.json(one.write(view, around));
    });
  }
  const sorry = (status: 404 | 500, title: string, detail: string): Response =>
    new Response(JSON.stringify(problem(status, title, detail)), {
      status,
      headers: { 'Content-Type': PROBLEM_TYPE, 'Cache-Control': 'no-store', [PROBLEM_ORIGIN[0]]: PROBLEM_ORIGIN[1] },
    });
  api.notFound(() =>
    sorry(404, 'Not found', 'The API has no such address. What there is stands in /api/v1/openapi.json, and for people at /api.'),
  );
  api.onError(() => sorry(500, 'Internal error', 'Avow could not answer. The log of the server says why.'));
  return api;
};
