/**
 * Views as public documents that are no pages and no JSON of the API: feeds, calendars, badges, pictures. Each says of itself how it is
 * drawn and what it is while nothing is known; prepared, compressed and kept like a page. Readable from any origin.
 */
import { prepare } from './prepare.ts';
import type { PageLocals, PageRoute, Prepared } from './prepared.ts';
import { type Presenter, PUBLIC_CACHE, type PublicRoute } from './public-route.ts';
import { BARE_POLICY } from './security-headers.ts';

type Chrome = PageLocals['chrome'];
type Body = string | Uint8Array;

export interface DocumentRoute extends PageRoute {
  /** The whole Content-Type. */
  readonly type: string;
  /** Pure. Null: there is no such document. `Date`-less: what it says of time comes from view and chrome. */
  draw(view: object, chrome: Chrome, params: URLSearchParams): Body | null | Promise<Body | null>;
  /** Nothing was ever known, or it cannot be drawn: a valid document that claims nothing. `asOf` ms. */
  blank(chrome: Chrome | null, asOf: number): Body;
  /** Besides those of every public document. */
  readonly headers?: Readonly<Record<string, string>>;
}

const bytesOf = (body: Body): Uint8Array => (typeof body === 'string' ? Buffer.from(body, 'utf8') : body);

export const documentTarget = (route: DocumentRoute): PublicRoute => {
  const prepared = (body: Body, asOf: number): Promise<Prepared> =>
    prepare({
      status: 200,
      headers: {
        'Content-Type': route.type,
        'Cache-Control': PUBLIC_CACHE,
        Vary: route.spoken ? 'Accept-Encoding, Accept-Language' : 'Accept-Encoding',
        'Access-Control-Allow-Origin': '*',
        'Cross-Origin-Resource-Policy': 'cross-origin',
        'Content-Security-Policy': BARE_POLICY,
        ...route.headers,
      },
      body: bytesOf(body),
      asOf,
    });
  const presenter: Presenter = {
    async present(request, { view, chrome }, asOf) {
      const body = await route.draw(view, chrome, new URL(request.url).searchParams);
      return body === null ? null : prepared(body, asOf);
    },
    settingUp: (chrome) => prepared(route.blank(chrome, chrome.generatedAtMs), chrome.generatedAtMs),
    withoutRenderer: (old, asOf, now) => prepared(old ?? route.blank(null, now), asOf ?? now),
  };
  return { route, presenter };
};
