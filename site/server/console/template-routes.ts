/**
 * The texts that ops keep to begin posts with, on one page: those that there are, those that come with Avow, and the form for one. What is
 * typed stays in the form when it is refused or somebody else was quicker. Source: interfaces.md (Signed-in HTTP).
 */
import type { IncidentTemplate } from '#domain/incident/incident-template.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { removeIncidentTemplate } from '#monitor/actions/remove-incident-template.ts';
import { saveIncidentTemplate } from '#monitor/actions/save-incident-template.ts';
import { type IncidentTemplatesView, incidentTemplatesView } from '#monitor/views/incident-templates.ts';
import type { Verbs } from '../../api/verbs.ts';
import type { FormState } from '../prepared.ts';
import { statusOf } from './acting.ts';
import { type ConsoleAnswer, type ConsoleAsk, type ConsoleRoute, field } from './console-route.ts';
import { emptyForm, refusedForm, typed } from './form.ts';

const PATH = '/admin/incidents/templates';
const TEXTS = ['investigating', 'identified', 'monitoring', 'resolved', 'postmortem'] as const;
const FIELDS = ['name', 'title', ...TEXTS, 'version'] as const;

interface TemplatesPage extends IncidentTemplatesView {
  readonly form: FormState;
  /** Changed by somebody else since the form was opened; null: by nobody. */
  readonly theirs: IncidentTemplate | null;
}

const valuesOf = ({ name, title, texts, version }: IncidentTemplate): FormState['values'] => ({
  name,
  title: title ?? '',
  ...Object.fromEntries(TEXTS.map((status) => [status, texts[status] ?? ''])),
  version: String(version),
});
const NOTHING = Object.fromEntries(FIELDS.map((name) => [name, name === 'version' ? '0' : '']));
const countOf = (text: string): number => (/^\d{1,9}$/.test(text) ? Number(text) : 0);

export const templateRoutes = (verbs: Verbs): readonly ConsoleRoute[] => {
  const page = async (ask: ConsoleAsk, form: FormState, refusal: Refusal | null = null): Promise<ConsoleAnswer> => {
    const { templates } = await incidentTemplatesView(ask.context);
    const theirs = refusal?.code === 'template_changed' ? (templates.find(({ name }) => name === refusal.facts['name']) ?? null) : null;
    // Whoever reads theirs and saves again goes on top of it.
    const values = theirs ? { ...form.values, version: String(theirs.version) } : form.values;
    const show: TemplatesPage = { templates, form: { ...form, values }, theirs };
    return { show, at: PATH, status: refusal ? statusOf(refusal) : 200 };
  };
  const open = async (ask: ConsoleAsk): Promise<ConsoleAnswer> => {
    const asked = ask.query.get('edit');
    const found = asked === null ? null : (await incidentTemplatesView(ask.context)).templates.find(({ id }) => id === asked);
    return page(ask, emptyForm(found ? valuesOf(found) : NOTHING));
  };
  const send = async (ask: ConsoleAsk): Promise<ConsoleAnswer> => {
    const values = typed(ask, FIELDS);
    const { name, title, version } = values;
    const own = { name, basedOn: countOf(version), author: null };
    const ctx = verbs.incidents(ask.actor);
    const removes = field(ask, 'do') === 'remove';
    const texts = Object.fromEntries(TEXTS.map((status) => [status, values[status]]));
    const answer = removes ? await removeIncidentTemplate(ctx, own) : await saveIncidentTemplate(ctx, { ...own, title, texts });
    return isRefusal(answer)
      ? page(ask, refusedForm(values, answer), answer)
      : { to: `${PATH}?said=${removes ? 'template-removed' : 'template-kept'}` };
  };
  return [
    { method: 'GET', pattern: PATH, needs: 'incidents:write', answer: open },
    {
      method: 'POST',
      pattern: PATH,
      needs: 'incidents:write',
      answer: send,
      again: (ask) => page(ask, emptyForm(typed(ask, FIELDS))),
    },
  ];
};
