/** The verbs of releases as the socket and the command line name them: a schema for what is asked, and the verb that does it. */
import { z } from 'zod';
import { isRefusal } from '#domain/refusal.ts';
import { askGate } from './ask-gate.ts';
import { draftRelease } from './draft-release.ts';
import { markTested } from './mark-tested.ts';
import { provedEmergency } from './proved-emergency.ts';
import { publishNotes } from './publish-notes.ts';
import { recordDeployment } from './record-deployment.ts';
import type { ReleaseContext } from './release-verb.ts';
import { instantText, optionalText, text, verbsOn } from './request-verb.ts';
import { scheduleRelease } from './schedule-release.ts';
import { unscheduleRelease } from './unschedule-release.ts';

const version = text;
const author = optionalText;
const at = instantText.nullable().default(null);

const drafted = z.strictObject({
  version,
  title: optionalText,
  notes: text,
  kind: z.enum(['standard', 'hotfix', 'emergency']).nullable().default(null),
  tickets: z.array(text).nullable().default(null),
  author,
});
const published = z.strictObject({ version, at, author });
const planned = z.strictObject({ version, window: text, at: optionalText, author });
const deployed = z.strictObject({
  version,
  at,
  kind: z.enum(['deploy', 'rollback']).default('deploy'),
  emergency: z.strictObject({ reason: optionalText, approvedBy: optionalText }).nullable().default(null),
  author,
});
const gate = z.strictObject({
  version,
  emergency: z.strictObject({ reason: optionalText, approvedBy: optionalText, author }).nullable().default(null),
});

const verb = verbsOn<ReleaseContext>();

export const releaseVerbs = {
  draft: verb(drafted, draftRelease, true),
  'publish-notes': verb(published, publishNotes),
  schedule: verb(planned, scheduleRelease),
  unschedule: verb(z.strictObject({ version, author }), unscheduleRelease),
  tested: verb(published, markTested),
  deployed: verb(
    deployed,
    async (ctx, request) => {
      const emergency = await provedEmergency(ctx, request.version, request.emergency);
      return isRefusal(emergency) ? emergency : recordDeployment(ctx, { ...request, emergency });
    },
    true,
  ),
  'may-deploy': verb(gate, async (ctx, request) => {
    const emergency = await provedEmergency(ctx, request.version, request.emergency);
    return isRefusal(emergency) ? emergency : askGate(ctx, { ...request, emergency });
  }),
} as const;
