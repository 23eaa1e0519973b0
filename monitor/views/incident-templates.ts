/** The texts that ops keep to begin posts with, by name. Plain JSON, instants as ms. Not for the public. */
import { readIncidentTemplates } from '#db/queries/incident-templates.ts';
import type { IncidentTemplate } from '#domain/incident/incident-template.ts';
import { isoOf } from '#domain/time/iso.ts';
import type { TemplateAnswer } from '#monitor/actions/save-incident-template.ts';
import type { Context } from '#monitor/context.ts';

export interface IncidentTemplatesView {
  readonly templates: readonly IncidentTemplate[];
}
export const incidentTemplatesView = async ({ store }: Pick<Context, 'store'>): Promise<IncidentTemplatesView> => ({
  templates: await readIncidentTemplates(store),
});

const incidentTemplateDocument = ({ name, title, texts, author, recordedAt, version }: IncidentTemplate) => ({
  name,
  title,
  texts,
  author,
  recorded_at: isoOf(recordedAt),
  version,
});
export const incidentTemplateAnswerDocument = ({ template, warnings }: TemplateAnswer) => ({
  ...incidentTemplateDocument(template),
  warnings,
});
export const incidentTemplatesDocument = ({ templates }: IncidentTemplatesView) => ({ templates: templates.map(incidentTemplateDocument) });
