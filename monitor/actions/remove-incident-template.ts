/** Removes a text to begin posts with; what was posted with it stays as it is. Refuses one that is not there, and one that somebody changed since it was seen. */
import { deleteIncidentTemplate, readIncidentTemplates } from '#db/queries/incident-templates.ts';
import { noTemplate, templateChanged, templateNamed } from '#domain/incident/incident-template.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { auditOf } from './audit.ts';
import type { IncidentContext } from './incident-verb.ts';
import { type TemplateAnswer, templateForm } from './save-incident-template.ts';
import { signatureOf } from './signature.ts';

export interface TemplateRemoval {
  readonly name: string;
  /** The version that was seen; absent: whatever it says by now. */
  readonly basedOn?: number | undefined;
  readonly author: string | null;
}

export const removeIncidentTemplate = (
  ctx: IncidentContext,
  { name, basedOn, author }: TemplateRemoval,
): Promise<TemplateAnswer | Refusal> =>
  ctx.store.exclusive(async () => {
    const signature = signatureOf(ctx, author);
    if (isRefusal(signature)) return signature;
    const template = templateNamed(await readIncidentTemplates(ctx.store), name);
    if (!template) return noTemplate(name);
    if (basedOn !== undefined && basedOn !== template.version) return templateChanged(template);
    const entry = {
      verb: 'incident.template.remove',
      subject: `incident-template/${template.id}`,
      before: templateForm(template),
      after: null,
    };
    await ctx.store.write([deleteIncidentTemplate(template.id), ...(await auditOf(ctx, entry))]);
    return { template, warnings: [], says: [`The template "${template.name}" is removed. What was posted with it stays.`] };
  });
