/** The verbs of incidents as the socket and the command line name them: a schema for what is asked, and the verb that does it. */
import { z } from 'zod';
import type { IncidentContext } from './incident-verb.ts';
import { openIncident } from './open-incident.ts';
import { optionalText, text, verbsOn } from './request-verb.ts';
import { resolveIncident } from './resolve-incident.ts';
import { updateIncident } from './update-incident.ts';

const impacts = z.array(z.strictObject({ component: text, impact: text })).default([]);
const author = optionalText;

const opened = z.strictObject({ title: text, body: text, status: optionalText, impacts, author });
const updated = z.strictObject({
  id: text,
  body: text,
  status: optionalText,
  title: optionalText,
  impacts,
  /** The last post that the author had read; left out: posted whatever others said meanwhile. */
  seen: z.string().nullable().optional(),
  author,
});
const resolved = z.strictObject({ id: text, body: text, author });

const verb = verbsOn<IncidentContext>();

export const incidentVerbs = {
  open: verb(opened, openIncident, true),
  update: verb(updated, (ctx, { id, ...request }) => updateIncident(ctx, id, request), true),
  resolve: verb(resolved, (ctx, { id, ...request }) => resolveIncident(ctx, id, request)),
} as const;
