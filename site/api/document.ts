/**
 * One public JSON document: its address, what may be asked of it, the shape that it has, which view it is made from and how. The list of
 * them (documents.ts) is what the front prepares, what Hono answers and what the OpenAPI document says; there is no second one.
 */
import { z } from '@hono/zod-openapi';
import type { Facts } from '#db/queries/facts-types.ts';
import { POSTED_STATUSES } from '#domain/incident/incident-fact.ts';
import { INDICATORS } from '#domain/sla/overall.ts';
import { type Instant, instant } from '#domain/time/instant.ts';
import { isoOf } from '#domain/time/iso.ts';
import type { Context } from '#monitor/context.ts';

/** What of the surroundings goes into a document. */
export interface Surroundings {
  readonly pageName: string;
  readonly origin: string;
  readonly zone: string;
  /** Set while the store is away: as of when the facts are; null: nothing was ever known. */
  readonly stale: { readonly asOf: Instant | null } | null;
}
export interface Asked extends Pick<Context, 'store' | 'clock' | 'config'> {
  readonly facts: Facts;
}
export type Params = Readonly<Record<string, string>>;

interface Described {
  /** As OpenAPI writes paths. */
  readonly path: `/api/${string}`;
  /** Name of the operation. */
  readonly id: string;
  readonly summary: string;
  readonly description: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  /** A path with parameters that exists in the examples. */
  readonly example?: string;
  readonly schema: z.ZodType;
}
interface Made<V extends object> {
  /** Null: there is no such thing, or it is not public. */
  readonly view: (asked: Asked, params: Params) => Promise<V | null>;
  /** The view once its facts are too old to speak of the present. */
  readonly expire: (view: V) => V;
  /** What is answered before anything was ever known. */
  readonly nothing: (at: Instant) => V;
  readonly write: (view: V, around: Surroundings) => object;
}
export interface ApiDocument extends Described, Made<object> {}

/** For the list, in which views of many kinds stand together: each document is only ever handed its own. */
export const document = <V extends object>(of: Described & Made<V>): ApiDocument => of as unknown as ApiDocument;

/** As Hono and the front write paths. */
export const patternOf = ({ path }: Pick<ApiDocument, 'path'>): string => path.replaceAll(/\{(\w+)\}/g, ':$1');

export const time = z.iso.datetime().openapi({ example: '2026-11-21T15:00:00.000Z' });
export const ms = z.number().int();
export const text = z.string();
/** How grave, and in which state, an incident is: the words of Statuspage, which are Avow's own too. */
export const grade = z.enum(INDICATORS);
export const incidentStatus = z.enum(POSTED_STATUSES);

/** Of Avow's own documents: as of when the facts are, and whether that is longer ago than it should be. */
export const freshness = {
  as_of: time.nullable().openapi({ description: 'When the facts were read; null: nothing was ever known.' }),
  stale: z.boolean().openapi({ description: 'The store cannot be reached; these are the last known facts.' }),
};
export const freshnessOf = (asOf: Instant, { stale }: Surroundings): { as_of: string | null; stale: boolean } => ({
  as_of: stale === null ? isoOf(asOf) : stale.asOf === null ? null : isoOf(stale.asOf),
  stale: stale !== null,
});

export const around = (
  chrome: { readonly pageName: string; readonly origin: string; readonly zone: string; readonly staleSinceMs: number | null },
  stale: Surroundings['stale'] = chrome.staleSinceMs === null ? null : { asOf: instant(chrome.staleSinceMs) },
): Surroundings => ({ pageName: chrome.pageName, origin: chrome.origin, zone: chrome.zone, stale });
