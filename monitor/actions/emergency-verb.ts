/** An emergency as the audit tells of it. */
import type { Statement } from '#db/store.ts';
import type { EmergencyFact } from '#domain/release/emergency.ts';
import { auditOf } from './audit.ts';
import type { ReleaseContext } from './release-verb.ts';

const auditForm = ({ id, version, reason, author, approval }: EmergencyFact): object => ({
  id,
  version,
  reason,
  author,
  approvedBy: approval?.approvedBy ?? null,
});

/** Found by the release. */
export const auditedEmergency = (
  ctx: ReleaseContext,
  verb: 'ask' | 'approve',
  before: EmergencyFact | null,
  after: EmergencyFact,
): Promise<Statement[]> =>
  auditOf(ctx, {
    verb: `emergency.${verb}`,
    subject: `release/${after.version}`,
    before: before && auditForm(before),
    after: auditForm(after),
  });
