/** Views as public JSON documents through the API; readable from any origin, without credentials. */
import { instant } from '#domain/time/instant.ts';
import type { Api, PreparedLocals } from '../api/app.ts';
import { type ApiDocument, type Asked, around, patternOf } from '../api/document.ts';
import { NOBODY } from './nobody.ts';
import { prepare } from './prepare.ts';
import type { BadParameter, PageRoute, Prepared } from './prepared.ts';
import { type Presenter, PUBLIC_CACHE, type PublicRoute } from './public-route.ts';
import { BARE_POLICY } from './security-headers.ts';

const prepareJson = (body: Uint8Array, asOf: number): Promise<Prepared> =>
  prepare({
    status: 200,
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Cache-Control': PUBLIC_CACHE,
      Vary: 'Accept-Encoding',
      'Access-Control-Allow-Origin': '*',
      'Content-Security-Policy': BARE_POLICY,
    },
    body,
    asOf,
  });

const apiPresenter = (api: Api, document: ApiDocument): Presenter => {
  /** The document's shape with nothing known: before the first fact, or when rendering fails. */
  const nothingKnown = (now: number, asOf: number | null, chrome: Parameters<typeof around>[0]): Promise<Prepared> => {
    const stale = { asOf: asOf === null ? null : instant(asOf) };
    const body = document.write(document.nothing(instant(asOf ?? now)), around(chrome, stale));
    return prepareJson(Buffer.from(JSON.stringify(body)), asOf ?? now);
  };
  return {
    async present(request, { view, chrome }, asOf) {
      const locals: PreparedLocals = { view, around: around(chrome) };
      const response = await api.request(request, undefined, locals);
      if (response.status === 404) return null;
      if (response.status !== 200) throw new Error(`the API answered ${response.status} for ${new URL(request.url).pathname}`);
      return prepareJson(new Uint8Array(await response.arrayBuffer()), asOf);
    },
    settingUp: (chrome) => nothingKnown(chrome.generatedAtMs, null, chrome),
    withoutRenderer: (_old, asOf, now) => nothingKnown(now, asOf, { ...NOBODY, origin: '', staleSinceMs: asOf }),
  };
};

/** The first thing that is wrong with the query, by the schema that the OpenAPI document shows; null: nothing. */
const judge =
  ({ query }: ApiDocument) =>
  (params: Readonly<Record<string, string>>): BadParameter | null => {
    const known = Object.fromEntries(Object.entries(params).filter(([name]) => query && name in query.shape));
    const issue = query?.safeParse(known).error?.issues[0];
    return issue ? { parameter: String(issue.path[0]), message: issue.message } : null;
  };

/** A document as the front prepares it. `facts` null: the store is not open. */
export const apiTarget = (api: Api, facts: () => Asked['facts'] | null, document: ApiDocument): PublicRoute => {
  const route: PageRoute = {
    pattern: patternOf(document),
    ...(document.query ? { query: Object.keys(document.query.shape), judge: judge(document) } : {}),
    view: async ({ store, clock, config }, params) => {
      const asked = facts();
      if (!asked) throw new Error('the store is not open');
      return document.view({ store, clock, config, facts: asked }, params);
    },
    expire: (view) => document.expire(view),
  };
  return { route, presenter: apiPresenter(api, document) };
};
