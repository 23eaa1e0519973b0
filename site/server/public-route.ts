/** A public path with the way its view becomes bytes: one presenter for pages, one for JSON of the API, one for documents such as feeds. */
import { DEFAULT_LANG, isLang, type Lang } from '../i18n/languages.ts';
import { langHref } from '../links.ts';
import type { Address, PageLocals, PageRoute, Prepared } from './prepared.ts';

/** How long others may keep a public answer (reliability P24). */
export const PUBLIC_CACHE = 'public, max-age=10, stale-while-revalidate=10, stale-if-error=900';

export interface Presenter {
  /** null: the renderer knows no such path. Throws when it fails. `asOf`: wall clock of the facts, ms. */
  present(request: Request, locals: PageLocals, asOf: number): Promise<Prepared | null>;
  /** Nothing was ever known and nothing can be had. */
  settingUp(chrome: PageLocals['chrome']): Promise<Prepared>;
  /** Last resort when rendering itself fails: earlier bytes with their age, or a plain sentence. */
  withoutRenderer(old: Uint8Array | null, asOf: number | null, now: number): Promise<Prepared>;
}

export interface PublicRoute {
  readonly route: PageRoute;
  readonly presenter: Presenter;
}

export interface Match {
  readonly target: PublicRoute;
  readonly params: Readonly<Record<string, string>>;
  /** Path and known query keys, in one spelling; before them the language, where it was negotiated and is not the first one. */
  readonly key: string;
  readonly address: Address;
}

/** The key under which the answer to this request line is kept for readers of `lang`, if one is. */
export const spokenKey = (url: string, lang: Lang): string => (lang === DEFAULT_LANG ? url : `${lang} ${url}`);

interface Compiled {
  readonly target: PublicRoute;
  readonly segments: readonly string[];
}

/** Finds the route of a decoded path. `:name` takes one segment; a literal beats a parameter because it is listed first. */
export const routeFinder = (routes: readonly PublicRoute[]): ((path: string, query: string, lang: Lang) => Match | null) => {
  const compiled: Compiled[] = routes.map((target) => ({ target, segments: target.route.pattern.split('/').slice(1) }));
  return (path, query, lang) => {
    const segments = path.split('/').slice(1);
    for (const { target, segments: wanted } of compiled) {
      const params = paramsOf(wanted, segments);
      if (!params) continue;
      const known = knownQuery(target.route.query ?? [], query);
      const address = addressed(`/${segments.map((s) => encodeURIComponent(s)).join('/')}`, known);
      const wish = target.route.spoken ? new URLSearchParams(query).get('lang') : null;
      const asked = wish !== null && isLang(wish) ? wish : null;
      const spoken = target.route.spoken ? lang : DEFAULT_LANG;
      return {
        target,
        params: { ...params, ...Object.fromEntries(known) },
        key: asked ? langHref(address, asked) : spokenKey(address, spoken),
        address: { lang: asked ?? spoken, asked: asked !== null, path: address },
      };
    }
    return null;
  };
};

const addressed = (path: string, query: readonly [string, string][]): string =>
  query.length > 0 ? `${path}?${new URLSearchParams([...query])}` : path;

const paramsOf = (wanted: readonly string[], segments: readonly string[]): Record<string, string> | null => {
  if (wanted.length !== segments.length) return null;
  const params: Record<string, string> = {};
  for (const [i, want] of wanted.entries()) {
    const got = segments[i] as string;
    if (want.startsWith(':')) {
      if (got === '') return null;
      params[want.slice(1)] = got;
    } else if (want !== got) return null;
  }
  return params;
};

const knownQuery = (keys: readonly string[], query: string): [string, string][] => {
  if (keys.length === 0 || query === '') return [];
  const asked = new URLSearchParams(query);
  return keys.flatMap((key): [string, string][] => {
    const value = asked.get(key);
    return value === null ? [] : [[key, value.slice(0, 64)]];
  });
};
