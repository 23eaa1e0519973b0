/**
 * One address of the console: who may use it, and what it answers. Deny by default: the guard (console-app.ts, admission.ts) reads
 * `needs` before anything else happens, and a route without it does not compile. Pages that change something answer a POST with `to`
 * (303), or show the form again with what was typed and what is wrong.
 */
import type { Permission } from '#domain/access/permission.ts';
import type { Actor, Context } from '#monitor/context.ts';
import type { Plain } from '../answer.ts';
import type { HeaderPairs } from '../security-headers.ts';
import type { Principal, SignedIn } from './principal.ts';

export interface ConsoleAsk {
  /** Decoded. */
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Fields of a form as typed, several of one name in order; empty for GET. */
  readonly form: ReadonlyMap<string, readonly string[]>;
  readonly principal: Principal;
  /** Who is written into the audit; for nobody the name says so. */
  readonly actor: Actor;
  /** Canonical address of the client, and the key its limits go by. */
  readonly address: string;
  readonly addressKey: string;
  /** `User-Agent`, shortened. */
  readonly agent: string;
  /** The device that signed in here before, as its cookie says; null: none. */
  readonly device: string | null;
  /** Whether the person sits at this machine itself. */
  readonly local: boolean;
  /** Aborted when the client is gone. */
  readonly gone: AbortSignal;
  readonly context: Context;
  /** Only the head of the answer is asked for. */
  readonly isHead: boolean;
}

export type ConsoleAnswer =
  /** A page; `at`: our own spelling of its path when the asked one is another. */
  | { readonly show: object; readonly status?: number; readonly at?: string; readonly headers?: HeaderPairs }
  | { readonly json: object; readonly status?: number }
  /** 303, to our own path; `carried`: the sealed form that the asking page carried, which goes on where it was held up. */
  | { readonly to: string; readonly cookies?: readonly CookieWish[]; readonly carried?: string }
  /** The verb asks anew who sits there: the guard does, and sends the same form again afterwards. */
  | typeof PROVE
  | { readonly plain: Plain }
  /** Server-sent events. */
  | { readonly events: ReadableStream<Uint8Array> };

export const PROVE = { prove: true } as const;

/** `value` empty: forget it. */
export interface CookieWish {
  readonly name: 'session' | 'device';
  readonly value: string;
  /** Null: until the browser closes. */
  readonly maxAgeS: number | null;
}

/**
 * `anybody`: only what makes somebody out of nobody (signing in, set-up, invitations, shared reports). `anyone signed in`: whoever has a
 * session. Tokens are taken where `tokens` says so.
 */
export interface ConsoleRoute {
  readonly method: 'GET' | 'POST';
  /** As Hono writes paths. */
  readonly pattern: string;
  readonly needs: Permission | 'anyone signed in' | 'anybody';
  /** Grave: the person has proved who they are within ten minutes, or is asked to. */
  readonly grave?: true;
  /** Read by a script of ours, not by a person: refused when another origin asks. */
  readonly fragment?: true;
  /** Takes something out of Avow: ten an hour of one person, and each is told in the audit. */
  readonly exports?: true;
  /** Only at this machine itself: to everybody else there is no such address. */
  readonly onlyHere?: true;
  /** Null: there is no such thing. */
  readonly answer: (ask: ConsoleAsk) => Promise<ConsoleAnswer | null>;
  /**
   * Of a POST with a form to write in: its page with what was typed and nothing done, for whoever had to sign in again before it could be
   * sent. Without it, a page of our own lists what was typed, to be sent or left.
   */
  readonly again?: (ask: ConsoleAsk) => Promise<ConsoleAnswer | null>;
}

/** For routes that need a permission: the guard has seen to it. */
export const signedIn = ({ principal }: ConsoleAsk): SignedIn => {
  if (principal.kind !== 'person') throw new Error('a route of the console was reached without a session');
  return principal;
};

/** The one value of a field as typed; "" without it. */
export const field = ({ form }: Pick<ConsoleAsk, 'form'>, name: string): string => form.get(name)?.at(-1) ?? '';
/** All values of a field. */
export const fields = ({ form }: Pick<ConsoleAsk, 'form'>, name: string): readonly string[] => form.get(name) ?? [];
