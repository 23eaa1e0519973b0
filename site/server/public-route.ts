/** A public path with the way its view becomes bytes: one presenter for pages, one for JSON. */
import type { PageLocals, PageRoute, Prepared } from './prepared.ts';

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
  /** Path and known query keys, in one spelling. */
  readonly key: string;
}

interface Compiled {
  readonly target: PublicRoute;
  readonly segments: readonly string[];
}

/** Finds the route of a decoded path. `:name` takes one segment; a literal beats a parameter because it is listed first. */
export const routeFinder = (routes: readonly PublicRoute[]): ((path: string, query: string) => Match | null) => {
  const compiled: Compiled[] = routes.map((target) => ({ target, segments: target.route.pattern.split('/').slice(1) }));
  return (path, query) => {
    const segments = path.split('/').slice(1);
    for (const { target, segments: wanted } of compiled) {
      const params = paramsOf(wanted, segments);
      if (!params) continue;
      const known = knownQuery(target.route.query ?? [], query);
      const encoded = segments.map((s) => encodeURIComponent(s)).join('/');
      return {
        target,
        params: { ...params, ...Object.fromEntries(known) },
        key: `/${encoded}${known.length > 0 ? `?${new URLSearchParams(known)}` : ''}`,
      };
    }
    return null;
  };
};

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
