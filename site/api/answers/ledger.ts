/** What is answered about what people add to the ledger. */
import { adjudicationDocument, claimDocument, overrideAnswerDocument, overridesDocument } from '#monitor/views/ledger-document.ts';
import { authenticated, ms, shape, text, time, warnings, z } from './shape.ts';

const sums = z.strictObject({ up_ms: ms, down_ms: ms, unknown_ms: ms });
const change = { before: sums, after: sums };
const override = {
  id: text,
  kind: z.enum(['override', 'revocation']),
  recorded_at: time,
  component: text,
  start: time,
  end: time.nullable(),
  state: z.enum(['up', 'degraded', 'down', 'unknown']),
  revokes: text.nullable(),
  revoked_by: text.nullable(),
  reason: text,
  evidence: text.nullable(),
  author: text,
  approved_by: text.nullable(),
  authenticated,
  approval_authenticated: authenticated.nullable(),
  needs_approval: z.boolean(),
  in_effect: z.boolean(),
  passed_ms: ms,
  ...change,
  slow_counts_as_down: z.strictObject(change),
};
const said = { id: text, recorded_at: time, contract: text, month: text, author: text, authenticated, warnings };

export const overrideShape = shape(z.strictObject({ ...override, warnings }).openapi('OverrideAnswer'), overrideAnswerDocument);
export const overridesShape = shape(
  z.strictObject({ as_of: time, overrides: z.array(z.strictObject(override).openapi('Override')) }).openapi('Overrides'),
  overridesDocument,
);
export const adjudicationShape = shape(
  z
    .strictObject({
      ...said,
      decision: z.enum(['met', 'missed']),
      reason: text,
      evidence: text,
      approved_by: text.nullable(),
      approval_authenticated: authenticated.nullable(),
      stands: z.boolean(),
    })
    .openapi('Adjudication'),
  adjudicationDocument,
);
export const claimShape = shape(
  z.strictObject({ ...said, received_at: time, note: text, required: z.boolean(), deadline: time, in_time: z.boolean() }).openapi('Claim'),
  claimDocument,
);
