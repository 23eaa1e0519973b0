/** What is answered about incidents. */
import { IMPACTS, POSTED_STATUSES } from '#domain/incident/incident-fact.ts';
import { incidentAnswerDocument, incidentsDocument } from '#monitor/views/incident-document.ts';
import { incidentTemplateAnswerDocument, incidentTemplatesDocument } from '#monitor/views/incident-templates.ts';
import { grade, incidentStatus } from '../document.ts';
import { authenticated, author, shape, text, time, warnings, z } from './shape.ts';

const impacts = z.array(z.strictObject({ component: text, impact: z.enum(IMPACTS) }));
const incident = {
  id: text,
  detected: z.boolean().openapi({ description: 'The checks opened it.' }),
  title: text,
  status: incidentStatus,
  impact: grade,
  started_at: time,
  resolved_at: time.nullable(),
  components: impacts,
  updates: z.array(
    z.strictObject({
      id: text,
      recorded_at: time,
      display_at: time,
      status: incidentStatus,
      title: text.nullable(),
      body: text,
      components: impacts,
      author,
      authenticated,
    }),
  ),
};

export const incidentShape = shape(
  z
    .strictObject({ ...incident, update: text.openapi({ description: 'Id of the post that was written.' }), warnings })
    .openapi('IncidentAnswer'),
  incidentAnswerDocument,
);
export const incidentsShape = shape(
  z
    .strictObject({ as_of: time, zone: text, all: z.boolean(), incidents: z.array(z.strictObject(incident).openapi('IncidentInside')) })
    .openapi('IncidentsInside'),
  incidentsDocument,
);

const template = {
  name: text,
  title: text.nullable(),
  texts: z.partialRecord(z.enum(POSTED_STATUSES), text),
  author,
  recorded_at: time,
  version: z.number().int().min(1),
};
export const incidentTemplateShape = shape(
  z.strictObject({ ...template, warnings }).openapi('IncidentTemplateAnswer'),
  incidentTemplateAnswerDocument,
);
export const incidentTemplatesShape = shape(
  z.strictObject({ templates: z.array(z.strictObject(template).openapi('IncidentTemplate')) }).openapi('IncidentTemplates'),
  incidentTemplatesDocument,
);
