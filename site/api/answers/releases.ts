/** What is answered about releases. */
import { gateDocument, releaseAnswerDocument, releaseListDocument } from '#monitor/views/release-document.ts';
import { ms, shape, span, text, time, warnings, z } from './shape.ts';

const release = {
  version: text,
  kind: z.enum(['standard', 'hotfix', 'emergency']),
  title: text,
  state: z.enum(['draft', 'published', 'scheduled', 'deployed', 'rolled_back']),
  tickets: z.array(text),
  notes_public_at: time.nullable(),
  notes: z.strictObject({ rev: z.number().int(), public_at: time, markdown: text }).nullable(),
  amended: z.boolean(),
  revisions: z.array(z.strictObject({ rev: z.number().int(), public_at: time, amended: z.boolean() })),
  tested_at: time.nullable(),
  plan: z
    .strictObject({
      announcement: text,
      window: z.strictObject(span).nullable(),
      planned_at: time.nullable(),
      unscheduled: z.enum(['cancelled', 'nothing_excluded', 'shrunk']).nullable(),
    })
    .nullable(),
  outside_window: z.boolean(),
  deployments: z.array(
    z.strictObject({
      kind: z.enum(['deploy', 'rollback']),
      deployed_at: time,
      announcement: text.nullable(),
      place: z.enum(['inside', 'outside_window']),
      emergency: z.boolean(),
      notes_in_time: z.boolean(),
    }),
  ),
};

export const releaseShape = shape(z.strictObject({ ...release, warnings }).openapi('ReleaseAnswer'), releaseAnswerDocument);
export const releasesShape = shape(
  z
    .strictObject({
      as_of: time,
      zone: text,
      notes_lead_ms: ms,
      releases: z.array(z.strictObject(release).openapi('ReleaseInside')),
    })
    .openapi('ReleasesInside'),
  releaseListDocument,
);
export const gateShape = shape(
  z
    .strictObject({
      version: text,
      allowed: z.boolean(),
      code: z.enum([
        'window_open',
        'emergency',
        'not_drafted',
        'notes_not_public',
        'notes_late',
        'not_scheduled',
        'window_cancelled',
        'window_empty',
        'window_shrunk',
        'window_not_open',
        'window_over',
        'emergency_incomplete',
      ]),
      reason: text,
      next_allowed_at: time.nullable().openapi({
        description: 'Now, when it is allowed; else the next instant at which it could be. Null: no announced window can take it.',
      }),
      needs: z.array(z.enum(['draft', 'publish_notes', 'schedule'])).openapi({ description: 'What must be done before that instant.' }),
    })
    .openapi('Gate'),
  gateDocument,
);
