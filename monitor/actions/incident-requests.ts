/** The verbs of incidents as the socket and the command line name them: a schema for what is asked, and the verb that does it. */
import { z } from 'zod';
import type { TemplateTexts } from '#domain/incident/incident-template.ts';
import type { IncidentContext } from './incident-verb.ts';
import { openIncident } from './open-incident.ts';
import { removeIncidentTemplate } from './remove-incident-template.ts';
import { optionalText, text, verbsOn } from './request-verb.ts';
import { resolveIncident } from './resolve-incident.ts';
import { saveIncidentTemplate } from './save-incident-template.ts';
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

const basedOn = z.int().min(0).optional();
const words = z.string().optional();
const texts = z.strictObject({ investigating: words, identified: words, monitoring: words, resolved: words, postmortem: words });
const savedTemplate = z.strictObject({ name: text, title: optionalText, texts, basedOn, author });
const removedTemplate = z.strictObject({ name: text, basedOn, author });

const verb = verbsOn<IncidentContext>();

export const incidentVerbs = {
  open: verb(opened, openIncident, true),
  update: verb(updated, (ctx, { id, ...request }) => updateIncident(ctx, id, request), true),
  resolve: verb(resolved, (ctx, { id, ...request }) => resolveIncident(ctx, id, request)),
  'template-save': verb(savedTemplate, (ctx, { texts: given, ...request }) =>
    saveIncidentTemplate(ctx, { ...request, texts: given as TemplateTexts }),
  ),
  'template-remove': verb(removedTemplate, removeIncidentTemplate),
} as const;
