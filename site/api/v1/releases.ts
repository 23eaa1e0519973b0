/** `/api/v1/releases`, a list read page by page, and `/api/v1/releases/{version}`. Drafts do not exist here. */
import { z } from '@hono/zod-openapi';
import { isoOf } from '#domain/time/iso.ts';
import {
  placeOfCursor,
  type ReleaseDocument,
  type ReleasesView,
  type ReleaseView,
  releasesView,
  releaseView,
} from '#monitor/views/release-documents.ts';
import { document, freshness, freshnessOf, type Surroundings, text, time } from '../document.ts';

const MOST = 100;
const USUAL = 20;

const release = z
  .strictObject({
    version: text,
    url: text,
    kind: z.enum(['standard', 'hotfix', 'emergency']),
    title: text.nullable().openapi({ description: 'Null: no notes are public.' }),
    public_since: time.openapi({ description: 'When it became public; the list is in this order.' }),
    notes: z
      .strictObject({ rev: z.number().int(), public_at: time, markdown: text })
      .nullable()
      .openapi({ description: 'As published last; null: none are public.' }),
    state: z.enum(['coming', 'released', 'rolled_back']),
    amended: z.boolean().openapi({ description: 'Notes changed after its window had started, or after it went to production.' }),
    outside_window: z.boolean().openapi({ description: 'Went to production outside an announced window, once is for ever.' }),
    plan: z
      .strictObject({
        announcement: text,
        planned_at: time.nullable().openapi({ description: 'Null: nothing is left of the window.' }),
        unscheduled: z
          .enum(['cancelled', 'nothing_excluded', 'shrunk', 'over'])
          .nullable()
          .openapi({ description: 'Why the window does not hold it; null: it does.' }),
      })
      .nullable()
      .openapi({ description: 'The announced maintenance in which it goes to production.' }),
    deployments: z.array(
      z.strictObject({
        kind: z.enum(['deploy', 'rollback']),
        deployed_at: time,
        outside_window: z.boolean(),
        emergency: z.boolean(),
        announcement: text.nullable(),
      }),
    ),
  })
  .openapi('Release');

const releasesDocument = z
  .strictObject({
    ...freshness,
    releases: z.array(release).openapi({ description: 'Newest first.' }),
    next_cursor: text.nullable().openapi({ description: 'Where the next page begins; null: this is the last one.' }),
  })
  .openapi('Releases');
export const releaseDocument = z
  .strictObject({
    ...freshness,
    // Said as a choice: a named shape that is merely nullable loses its null in the description.
    release: z.union([release, z.null()]).openapi({ description: 'Null only while nothing was ever known.' }),
  })
  .openapi('OneRelease');

const LIMIT = `limit is a whole number from 1 to ${MOST}.`;
const CURSOR = 'cursor is what next_cursor of another page said, unchanged. Leave it out to begin with the newest.';
const releasesQuery = z.strictObject({
  limit: z
    .string()
    .regex(/^\d{1,3}$/, LIMIT)
    .refine((text) => Number(text) >= 1 && Number(text) <= MOST, LIMIT)
    .optional()
    .openapi({ type: 'integer', minimum: 1, maximum: MOST, default: USUAL, description: 'How many, at most.', example: '20' }),
  cursor: z
    .string()
    .refine((text) => placeOfCursor(text) !== null, CURSOR)
    .optional()
    .openapi({ description: 'next_cursor of the page before.' }),
});

const releaseOf = (of: ReleaseDocument, origin: string): z.infer<typeof release> => ({
  version: of.version,
  url: `${origin}/releases/${encodeURIComponent(of.version)}`,
  kind: of.kind,
  title: of.title,
  public_since: isoOf(of.publicSince),
  notes: of.notes && { rev: of.notes.rev, public_at: isoOf(of.notes.publicAt), markdown: of.notes.markdown },
  state: of.state,
  amended: of.amended,
  outside_window: of.outsideWindow,
  plan: of.plan && {
    announcement: of.plan.announcement,
    planned_at: of.plan.plannedAt === null ? null : isoOf(of.plan.plannedAt),
    unscheduled: of.plan.unscheduled,
  },
  deployments: of.deployments.map(({ kind, at, place, emergency, announcement }) => ({
    kind,
    deployed_at: isoOf(at),
    outside_window: place === 'outside_window',
    emergency,
    announcement,
  })),
});

export const releasesV1 = document<ReleasesView>({
  path: '/api/v1/releases',
  id: 'listReleases',
  summary: 'Releases, page by page',
  description: 'Every release that is public: its notes, its window, and when it went to production. Newest first; drafts do not exist.',
  query: releasesQuery,
  schema: releasesDocument,
  view: (asked, { limit, cursor }) => releasesView(asked, limit === undefined ? USUAL : Number(limit), cursor ?? null),
  expire: (view) => view,
  nothing: (asOf) => ({ asOf, releases: [], nextCursor: null }),
  write: (view, around): z.infer<typeof releasesDocument> => ({
    ...freshnessOf(view.asOf, around),
    releases: view.releases.map((one) => releaseOf(one, around.origin)),
    next_cursor: view.nextCursor,
  }),
});

export const releaseV1 = document<ReleaseView>({
  path: '/api/v1/releases/{version}',
  id: 'getRelease',
  summary: 'One release',
  description: 'The same as in the list. What is not public is answered like what does not exist.',
  params: z.strictObject({ version: text.openapi({ description: 'As released.', example: '2.4.0' }) }),
  schema: releaseDocument,
  view: (asked, { version = '' }) => releaseView(asked, version),
  expire: (view) => view,
  nothing: (asOf) => ({ asOf, release: null }),
  write: (view: ReleaseView, around: Surroundings): z.infer<typeof releaseDocument> => ({
    ...freshnessOf(view.asOf, around),
    release: view.release && releaseOf(view.release, around.origin),
  }),
});
