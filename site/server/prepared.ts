/**
 * A public answer as prepared bytes, and the seams between the front (which serves them), the routes (which know which
 * view belongs to which path) and what draws it (Astro for pages, Hono for JSON, site/documents for the rest).
 */
import type { Permission, Role } from '#domain/access/permission.ts';
import type { BrandLink, SupportChannel } from '#monitor/config/config.ts';
import type { Context } from '#monitor/context.ts';
import type { FrameView } from '#monitor/views/frame.ts';
import type { Lang } from '../i18n/languages.ts';

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
  /** What is wrong with a parameter, before anything is read or kept for it; null: nothing. Pure. */
  readonly judge?: (params: Readonly<Record<string, string>>) => BadParameter | null;
  /** Its words are in the reader's language: the one that `?lang=` names, else the one negotiated. */
  readonly spoken?: boolean;
  /** The view once its facts are more than 15 minutes old: the same, with no state known. Pure. */
  readonly expire?: (view: object) => object;
  readonly view: (context: Context, params: Readonly<Record<string, string>>) => Promise<object | null>;
}

/** A parameter that cannot be answered, and in a sentence what would be right. */
export interface BadParameter {
  readonly parameter: string;
  readonly message: string;
}

/** What of the vendor is shown around pages. */
export interface AroundBrand {
  /** Its size in CSS px as it is shown. */
  readonly logo: { readonly href: string; readonly alt: string; readonly width: number; readonly height: number } | null;
  /** `#rrggbb`; null: ours. */
  readonly accent: string | null;
  readonly links: readonly BrandLink[];
  readonly footer: string;
}

/** What stands around every page whatever it shows, from the configuration and the calendar. */
export interface Around {
  readonly pageName: string;
  readonly pageUrl: string | null;
  readonly zone: string;
  readonly support: readonly SupportChannel[];
  readonly brand: AroundBrand;
  /** Null: the store was never asked. */
  readonly frame: FrameView | null;
}

/** How an address is to be answered: in which language, and by which spelling it is known. */
export interface Address {
  readonly lang: Lang;
  /** The address names the language; links on the page then do too. */
  readonly asked: boolean;
  /** Path and known query, without the language. */
  readonly path: string;
}

/** What the pages of the console know of whom they are shown to. */
export interface ConsoleLocals {
  /** Null: nobody has signed in, as on the page for signing in. */
  readonly who: {
    readonly id: string;
    readonly name: string;
    readonly role: Role;
    readonly permissions: readonly Permission[];
    /** To be sent with every form. */
    readonly formToken: string;
  } | null;
  /** What was just done, as `?said=` names it: the page before says it in words. */
  readonly said: string | null;
  /** What was typed is shown again and was not sent: its session had ended, or the form was of another session; null: nothing of that. */
  readonly unsent: 'ended' | 'elsewhere' | null;
}

/** A form as its page shows it. */
export interface FormState {
  readonly values: Readonly<Record<string, string>>;
  /** By field: what is wrong, and what would be right. */
  readonly faults: Readonly<Record<string, string>>;
  /** By field: the page of the console that the fault speaks of. */
  readonly sees?: Readonly<Record<string, string>>;
  /** What is wrong with the whole; null: nothing. */
  readonly refusal: string | null;
}

/** A page with a form in which longer texts are written. */
export interface FormPage {
  readonly form: FormState;
  /** The texts are shown as readers will see them. */
  readonly previewed: boolean;
}

/** What every Astro page finds in `Astro.locals`. */
export interface PageLocals {
  readonly view: object;
  /** Pages of the console only. */
  readonly console?: ConsoleLocals | undefined;
  readonly chrome: Around &
    Address & {
      readonly origin: string;
      readonly generatedAtMs: number;
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
