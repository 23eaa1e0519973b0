/** Incidents written down in minutes, for examples that can be recomputed by hand. */
import type { Impact, IncidentFact, PostedStatus } from '#domain/incident/incident-fact.ts';
import type { PostingComponent, PostingSituation } from '#domain/incident/posting-input.ts';
import { type Instant, instant } from '#domain/time/instant.ts';

/** Tuesday 24 November 2026, 03:00 UTC. */
export const THREE = Date.UTC(2026, 10, 24, 3);
export const minute = (n: number): Instant => instant(THREE + n * 60_000);

export const CHECKOUT = 1;
export const SEARCH = 2;
export const IMAGES = 3;
export const COMPONENTS: readonly PostingComponent[] = [
  { id: CHECKOUT, slug: 'checkout', critical: true, watched: true },
  { id: SEARCH, slug: 'search', critical: true, watched: true },
  { id: IMAGES, slug: 'images', critical: false, watched: true },
  { id: 4, slug: 'fax', critical: true, watched: false },
];

export type Said = readonly [at: number, status: PostedStatus, impacts?: Readonly<Record<number, Impact>>, title?: string];
export const posted = (said: readonly Said[], more: Partial<IncidentFact> = {}): IncidentFact => ({
  id: 'abcdefghijk2',
  detected: false,
  componentIds: Object.keys(said[0]?.[2] ?? {}).map(Number),
  title: 'Checkout is slow',
  startedAt: minute(said[0]?.[0] ?? 0),
  confirmedAt: minute(said[0]?.[0] ?? 0),
  resolvedAt: null,
  updates: said
    .map(([at, status, impacts = {}, title = undefined], i) => ({
      id: `update${i}`,
      recordedAt: minute(at),
      displayAt: minute(at),
      status,
      body: `What was said at ${at}.`,
      author: 'Ann',
      title: title ?? null,
      impacts: Object.entries(impacts).map(([id, impact]) => ({ componentId: Number(id), impact })),
    }))
    .reverse(),
  ...more,
});
/** As the recorder opens it. */
export const detected = (more: Partial<IncidentFact> = {}, later: readonly Said[] = []): IncidentFact =>
  posted([[1, 'investigating'], ...later], { detected: true, componentIds: [CHECKOUT], startedAt: minute(0), ...more });

export const situation = (now: number, more: Partial<PostingSituation> = {}): PostingSituation => ({
  now: minute(now),
  zone: 'UTC',
  components: COMPONENTS,
  nearest: (word, known) => known.find((one) => one.length === word.length) ?? null,
  ...more,
});
