/**
 * Keeps a text to begin posts with, or changes the one of that name; nothing of it is public. The domain decides or refuses; one
 * transaction holds the row and the audit. Source: interfaces.md (Signed-in HTTP).
 */
import { putIncidentTemplate, readIncidentTemplates } from '#db/queries/incident-templates.ts';
import { decideTemplate, type IncidentTemplate, type TemplateAsked, templateNamed } from '#domain/incident/incident-template.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { auditOf } from './audit.ts';
import type { IncidentContext } from './incident-verb.ts';
import { idFrom } from './new-id.ts';
import { signatureOf } from './signature.ts';

export interface TemplateRequest extends TemplateAsked {
  readonly author: string | null;
}
export interface TemplateAnswer {
  readonly template: IncidentTemplate;
  readonly warnings: readonly { readonly message: string }[];
  readonly says: readonly string[];
}

export const templateForm = ({ name, title, texts, version }: IncidentTemplate): object => ({ name, title, texts, version });

export const saveIncidentTemplate = (ctx: IncidentContext, request: TemplateRequest): Promise<TemplateAnswer | Refusal> =>
  ctx.store.exclusive(async () => {
    const signature = signatureOf(ctx, request.author);
    if (isRefusal(signature)) return signature;
    const all = await readIncidentTemplates(ctx.store);
    const decided = decideTemplate(request, all);
    if (isRefusal(decided)) return decided;
    const there = templateNamed(all, decided.name);
    const template: IncidentTemplate = {
      ...decided,
      id: there?.id ?? idFrom(ctx),
      author: signature.author,
      recordedAt: ctx.clock.now(),
    };
    const entry = {
      verb: 'incident.template.save',
      subject: `incident-template/${template.id}`,
      before: there && templateForm(there),
      after: templateForm(template),
    };
    await ctx.store.write([putIncidentTemplate(template), ...(await auditOf(ctx, entry))]);
    const states = Object.keys(template.texts).join(', ');
    return {
      template,
      warnings: [],
      says: [`The template "${template.name}" is ${there ? 'changed' : 'kept'}, with texts for ${states}. Nothing of it is public.`],
    };
  });
