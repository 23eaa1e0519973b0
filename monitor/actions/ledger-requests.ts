/** The verbs of the ledger as the socket and the command line name them: a schema for what is asked, and the verb that does it. */
import { z } from 'zod';
import { adjudicateMonth } from './adjudicate-month.ts';
import { approveAdjudication } from './approve-adjudication.ts';
import { approveOverride } from './approve-override.ts';
import type { LedgerVerbContext } from './ledger-verb.ts';
import { recordClaim } from './record-claim.ts';
import { recordOverride } from './record-override.ts';
import { instantText, optionalText, text, verbsOn } from './request-verb.ts';
import { revokeOverride } from './revoke-override.ts';

/** Whom a request names; who signed in need not be named. */
const author = optionalText;

const override = z.strictObject({
  component: text,
  start: instantText,
  end: instantText.nullable().default(null),
  state: z.enum(['up', 'degraded', 'down', 'unknown']),
  reason: text,
  evidence: optionalText,
  author,
  approvedBy: optionalText,
});
const revocation = z.strictObject({ revokes: text, reason: text, evidence: optionalText, author, approvedBy: optionalText });
const approval = z.strictObject({ id: text, approvedBy: optionalText });
const adjudication = z.strictObject({
  contract: text,
  month: text,
  decision: z.enum(['met', 'missed']),
  reason: text,
  evidence: text,
  author,
  approvedBy: optionalText,
});
const claim = z.strictObject({ contract: text, month: text, receivedAt: instantText, note: text, author });

const verb = verbsOn<LedgerVerbContext>();

export const ledgerVerbs = {
  'override-add': verb(override, recordOverride, true),
  'override-revoke': verb(revocation, revokeOverride, true),
  'override-approve': verb(approval, (ctx, { id, ...request }) => approveOverride(ctx, id, request)),
  adjudicate: verb(adjudication, adjudicateMonth, true),
  'adjudication-approve': verb(approval, (ctx, { id, ...request }) => approveAdjudication(ctx, id, request)),
  claim: verb(claim, recordClaim, true),
} as const;
