/**
 * What a room of verbs and views says of itself: where it lies, what it acts on, and what somebody must be allowed for each. A verb without
 * an entry does not compile, and were it there all the same, it would be shut. Source: reliability section 4 (Roles), P14.
 */
import type { z } from 'zod';
import { ALL_PERMISSIONS, type Permission } from '#domain/access/permission.ts';
import type { Refusal } from '#domain/refusal.ts';
import type { LongVerb, Told } from '#monitor/actions/long-verb.ts';
import type { AnswerOf, RequestVerbs } from '#monitor/actions/request-verb.ts';
import { type Acting, type Actor, SOCKET_OWNER } from '#monitor/context.ts';
import type { Shape } from './answers/shape.ts';
import type { LongWork, Verbs } from './verbs.ts';

/** Who asks, and what they may. */
export interface Asking extends Acting {
  readonly permissions: ReadonlySet<Permission>;
  /** Whether they have proved who they are lately enough for what is grave. */
  readonly proved: boolean;
}
/** Whoever can open the socket, or the store itself. */
export const OWNER_ASKS: Asking = { actor: SOCKET_OWNER, permissions: new Set(ALL_PERMISSIONS), proved: true };

/** A permission that depends on what is asked; `either`: all that it may turn out to be. */
export interface NeedByRequest {
  readonly either: readonly [Permission, ...Permission[]];
  of(asked: unknown): Permission;
}
/** Null: for the owner of the data folder alone, never over the network. */
export type Need = Permission | NeedByRequest | null;

/** What somebody must be allowed, what the verb does in a few words, and what programs read of its answer. */
export interface Entry<A = never> {
  readonly needs: Need;
  readonly summary: string;
  /** Takes something out of Avow: ten an hour of one person. */
  readonly exports?: true;
  readonly shape: Shape<A>;
}
/** Parameters of the address and of the query, as sent. */
export type Given = Readonly<Record<string, string>>;
export interface RoomView<C, A extends object = object> {
  readonly needs: Permission;
  readonly summary: string;
  readonly shape: Shape<A>;
  /** What may be given; absent: nothing. */
  readonly query?: z.ZodObject;
  readonly params?: z.ZodObject;
  show(ctx: C, given: Given): Promise<A | Refusal>;
}
type Entries<V> = { readonly [K in keyof V & string]: Entry<AnswerOf<V[K]>> };

interface Placed<C> {
  readonly path: `/${string}`;
  /** For the headings of the description. */
  readonly title: string;
  readonly entries: Readonly<Record<string, Entry>>;
  /** Null: there is no such room here. */
  acting(verbs: Verbs, asking: Asking): C | null;
  /** The most that one request may have. */
  readonly mostBytes: number;
}
/** Verbs that answer one document. */
export interface Room<C = unknown> extends Placed<C> {
  readonly verbs: RequestVerbs<C>;
  /** By their paths as OpenAPI writes them. */
  readonly views: Readonly<Record<`/${string}`, RoomView<C>>>;
}
/** Verbs that answer a stream of progress with the answer as its last line. */
export interface LongRoom<C = unknown> extends Placed<C> {
  readonly verbs: Readonly<Record<string, LongVerb<C>>>;
}

/** Long work that lies in no room. */
export interface LongDoor extends Entry {
  readonly path: `/${string}`;
  readonly title: string;
  /** Null: nothing is asked. */
  readonly schema: z.ZodType | null;
  /** Null: nobody does it here. */
  work(verbs: Verbs): ((asked: unknown, told: Told, actor: Actor) => Promise<object>) | null;
}

/** For texts that people write into one form. */
export const USUAL_BYTES = 64 * 1_024;

/** For the list, in which rooms of many kinds stand together: each verb is only ever handed its own. */
export const room = <C, V extends RequestVerbs<C>>(of: Room<C> & { readonly verbs: V; readonly entries: Entries<V> }): Room =>
  of as unknown as Room;
type LongEntries<V> = { readonly [K in keyof V & string]: Entry<V[K] extends LongVerb<never, infer A> ? A : never> };
export const longRoom = <C, V extends Readonly<Record<string, LongVerb<C>>>>(
  of: LongRoom<C> & { readonly verbs: V; readonly entries: LongEntries<V> },
): LongRoom => of as unknown as LongRoom;
export const view = <C, A extends object>(of: RoomView<C, A>): RoomView<C> => of as unknown as RoomView<C>;
/** Of work that needs nothing but to be begun. */
export const asksNothing = (work: LongWork | undefined): ReturnType<LongDoor['work']> =>
  work ? (_asked, told, actor) => work(told, actor) : null;
