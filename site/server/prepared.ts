/**
 * A public answer as prepared bytes, and the seams between the front (which serves them), the routes (which know which
 * view belongs to which path) and the renderer (Astro for pages, Hono for JSON).
 */
import type { Context } from '#monitor/context.ts';

export interface Prepared {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly gzip: Uint8Array | null;
  readonly brotli: Uint8Array | null;
  /** Strong, of the identity bytes; each encoding has its own suffix. */
  readonly etag: string;
  /** Wall clock of the facts in it, ms. */
  readonly asOf: number;
}

/** One public page: `pattern` as Hono writes paths; `view` answers plain JSON (instants as ms), or null for 404. */
export interface PageRoute {
  readonly pattern: string;
  /** Query keys the page knows (handed to `view` among the params); all others are ignored and do not split the store. */
  readonly query?: readonly string[];
  /** The view once its facts are more than 15 minutes old: the same, with no state known. Pure. */
  readonly expire?: (view: object) => object;
  readonly view: (context: Context, params: Readonly<Record<string, string>>) => Promise<object | null>;
}

/** What every Astro page finds in `Astro.locals`. */
export interface PageLocals {
  readonly view: object;
  readonly chrome: {
    readonly pageName: string;
    readonly pageUrl: string | null;
    readonly origin: string;
    readonly generatedAtMs: number;
    readonly zone: string;
    /** Set when the store is gone: the bytes are older than they should be. */
    readonly staleSinceMs: number | null;
  };
}

/** What may stand inline in a page, as `sha256-…`: decided when the pages are built, never by the bytes that are sent. */
export interface InlineAllowance {
  readonly scripts: readonly string[];
  readonly styles: readonly string[];
}

/** What the built Astro app exports (dist/server/entry.mjs, made by site/server/astro-adapter). */
export interface Renderer {
  readonly allowed: InlineAllowance;
  render(request: Request, locals: PageLocals): Promise<Response>;
}
