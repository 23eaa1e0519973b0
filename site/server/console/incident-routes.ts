/**
 * Incidents in the console: the list, opening one, posting on one. A form comes back with what was typed when it is previewed, begun with
 * a text, refused, or when somebody else posted meanwhile. Source: interfaces.md (Signed-in HTTP), semantics A6, A7.
 */
import { draftsOf, findDraft, findDraftOf } from '#db/queries/drafts.ts';
import { readIncidentTemplates } from '#db/queries/incident-templates.ts';
import type { Draft } from '#domain/draft.ts';
import { IMPACTS, type PostedStatus } from '#domain/incident/incident-fact.ts';
import type { IncidentTemplate } from '#domain/incident/incident-template.ts';
import type { IncidentAnswer } from '#domain/incident/posting-answer.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { discardDraft } from '#monitor/actions/discard-draft.ts';
import { keepDraft } from '#monitor/actions/keep-draft.ts';
import { openIncident } from '#monitor/actions/open-incident.ts';
import { updateIncident } from '#monitor/actions/update-incident.ts';
import { type ConsoleIncidentView, consoleIncident } from '#monitor/views/console-incident.ts';
import { consoleIncidents, type NamedComponent, watchedComponents } from '#monitor/views/console-incidents.ts';
import type { Verbs } from '../../api/verbs.ts';
import { placesLeft, TEMPLATES, type Template, incidents as words } from '../../i18n/console/incidents.ts';
import { readPlace } from '../../keyset.ts';
import type { FormPage, FormState } from '../prepared.ts';
import { type ConsoleAnswer, type ConsoleAsk, type ConsoleRoute, field } from './console-route.ts';
import { emptyForm, refusedForm, typed } from './form.ts';

type OwnTemplate = Pick<IncidentTemplate, 'id' | 'name'>;
/** What is kept and not public; its text is in the form. */
type KeptDraft = Pick<Draft, 'id' | 'author' | 'recordedAt'>;
/** What somebody else kept since the form was opened. */
type DraftConflict = KeptDraft & { readonly theirs: FormState['values'] };
type OpeningPage = FormPage & { readonly own: readonly OwnTemplate[] } & { readonly conflict: DraftConflict | null } & {
  readonly watched: readonly NamedComponent[];
  readonly draft: KeptDraft | null;
};
/** `meanwhile`: somebody posted after this form was opened. */
type IncidentPage = ConsoleIncidentView &
  FormPage & {
    readonly own: readonly OwnTemplate[];
    readonly conflict: DraftConflict | null;
    readonly meanwhile: boolean;
    readonly draft: KeptDraft | null;
  };

const ID = ':id{[A-Za-z0-9][A-Za-z0-9._-]{0,79}}';
const IMPACT = 'impact.';
/** Short names under an impact, parted by spaces: of more components than a form has lines for. */
const NAMES = 'names.';
const FIELDS = ['title', 'status', 'body', 'seen', 'draft', 'version'] as const;

type Values = FormState['values'];
const valuesOf = (ask: ConsoleAsk): Values => ({
  ...typed(ask, FIELDS),
  impacts: '',
  ...Object.fromEntries([...ask.form.keys()].filter((key) => key.startsWith(IMPACT)).map((key) => [key, field(ask, key)])),
  ...Object.fromEntries(
    IMPACTS.flatMap((impact) => namesIn(field(ask, `${NAMES}${impact}`)).map((name): [string, string] => [`${IMPACT}${name}`, impact])),
  ),
});
const namesIn = (typed: string): string[] => typed.split(/[\s,]+/).filter((name) => name !== '');
const impactsOf = (values: Values): { readonly component: string; readonly impact: string }[] =>
  Object.entries(values)
    .filter(([key, impact]) => key.startsWith(IMPACT) && impact !== '')
    .map(([key, impact]) => ({ component: key.slice(IMPACT.length), impact }));

/** A draft as the form that kept it; whoever keeps it again does so on top of this version. */
const formOf = (draft: Draft): FormState =>
  emptyForm({
    ...Object.fromEntries(Object.entries(draft.document).map(([key, value]) => [key, String(value)])),
    draft: draft.id,
    version: String(draft.version),
  });
const conflictOf = (there: Draft | null): DraftConflict | null =>
  there && { id: there.id, author: there.author, recordedAt: there.recordedAt, theirs: formOf(there).values };
const keptBy = (draft: Draft | null): KeptDraft | null => draft && { id: draft.id, author: draft.author, recordedAt: draft.recordedAt };

/** The drafts of a form: of one incident, or of a new one. */
const aboutOf = (incident: string | null) => ({ kind: incident === null ? 'incident' : 'incident_update', subject: incident }) as const;

const namesOf = (own: readonly IncidentTemplate[]): OwnTemplate[] => own.map(({ id, name }) => ({ id, name }));

const isTemplate = (name: string): name is Template => (TEMPLATES as readonly string[]).includes(name);
/** The typed text with the chosen one beneath it, and the status that goes with it where the form offers it. */
const begunWith = (values: Values, name: string, text: string, statuses: readonly string[]): Values => {
  const before = (values['body'] ?? '').trim();
  return {
    ...values,
    body: before === '' ? text : `${before}\n\n${text}`,
    ...(statuses.includes(name) ? { status: name } : {}),
  };
};

/** Likewise with one of their own: its words for the chosen status, or for the first that the form offers; its title where there is none. */
const begunWithOwn = (values: Values, { title, texts }: IncidentTemplate, statuses: readonly PostedStatus[]): Values => {
  const chosen = [values['status'] as PostedStatus, ...statuses].find((status) => statuses.includes(status) && texts[status]);
  const [status, text] = chosen ? [chosen, texts[chosen]] : (Object.entries(texts)[0] ?? []);
  const titled = title !== null && (values['title'] ?? '').trim() === '' ? { ...values, title } : values;
  return status && text ? begunWith(titled, status, text, statuses) : titled;
};

/** What to do with a form that is not sent yet; null: it is. */
const unsent = (
  action: string,
  values: Values,
  statuses: readonly PostedStatus[],
  own: readonly IncidentTemplate[],
  opens: boolean,
): FormPage | null => {
  const [kind, name = ''] = action.split(':');
  if (kind === 'template' && isTemplate(name))
    return { form: emptyForm(begunWith(values, name, words.template(name), statuses)), previewed: false };
  const theirs = kind === 'template' ? own.find(({ id }) => name === `own.${id}`) : undefined;
  // A new title of an incident that is open is said on purpose, not by a template.
  if (theirs) return { form: emptyForm(begunWithOwn(values, opens ? theirs : { ...theirs, title: null }, statuses)), previewed: false };
  if (action === 'preview') return { form: emptyForm(values), previewed: true };
  const left = placesLeft(
    values['body'] ?? '',
    own.flatMap(({ texts }) => Object.values(texts)),
  );
  return left === 0 ? null : { form: { values, faults: { body: words.placeholders(left) }, refusal: null }, previewed: true };
};

const refused = (values: Values, refusal: Refusal): FormState =>
  refusal.code === 'no_components' || refusal.code === 'unknown_component'
    ? { values, faults: { impacts: refusal.message }, refusal: null }
    : refusedForm(values, refusal, { author: 'body' });

const OPENING = ['investigating', 'identified', 'monitoring'] as const;

export const incidentRoutes = (verbs: Verbs): readonly ConsoleRoute[] => {
  const done = (answer: IncidentAnswer, said: string): ConsoleAnswer => {
    verbs.changed();
    return { to: `/admin/incidents/${answer.incident.id}?said=${said}` };
  };

  const opening = async (
    ask: ConsoleAsk,
    form: FormState,
    previewed: boolean,
    status = 200,
    conflict: DraftConflict | null = null,
  ): Promise<ConsoleAnswer> => {
    const found = await findDraft(ask.context.store, form.values['draft'] ?? '');
    const draft = found?.kind === 'incident' ? found : null;
    const own = await readIncidentTemplates(ask.context.store);
    const show: OpeningPage = {
      own: namesOf(own),
      watched: await watchedComponents(ask.context),
      form,
      previewed,
      conflict,
      draft: keptBy(draft),
    };
    return { show, status, at: '/admin/incidents/new' };
  };
  /** Keeps what the form holds, or throws away what is kept; null: neither was asked. A refusal is said above the form. */
  const drafting = async (
    ask: ConsoleAsk,
    values: Values,
    incident: string | null,
  ): Promise<{ readonly to: string } | { readonly form: FormState; readonly conflict: DraftConflict | null } | null> => {
    const action = field(ask, 'do');
    const { draft = '', version = '', ...words } = values;
    const there = incident ? `/admin/incidents/${incident}` : '/admin/incidents';
    if (action === 'discard') {
      const gone = await discardDraft(verbs.incidents(ask.actor), { id: draft, ...aboutOf(incident), basedOn: Number(version) || null });
      if (!isRefusal(gone)) return { to: `${there}?said=discarded` };
      const now = gone.code === 'draft_changed' ? await findDraft(ask.context.store, draft) : null;
      return { form: refusedForm({ ...values, version: String(now?.version ?? version) }, gone), conflict: conflictOf(now) };
    }
    if (action !== 'keep') return null;
    const kept = await keepDraft(verbs.incidents(ask.actor), {
      ...aboutOf(incident),
      subject: incident ?? (draft === '' ? null : draft),
      document: words,
      basedOn: Number(version) || null,
    });
    if (!isRefusal(kept)) return { to: incident ? `${there}?said=kept` : `${there}/new?draft=${kept.id}&said=kept` };
    // Whoever reads the refusal and keeps again goes on top of what is there.
    const next = { ...values, draft: String(kept.facts['draft'] ?? draft), version: String(kept.facts['version'] ?? version) };
    const now = kept.code === 'draft_changed' ? await findDraft(ask.context.store, next['draft'] ?? '') : null;
    return { form: refusedForm(next, kept), conflict: conflictOf(now) };
  };
  /** What was kept is public now, or is not wanted any more. */
  const forget = async (ask: ConsoleAsk, incident: string | null, draft: string | undefined): Promise<void> => {
    if (draft) await discardDraft(verbs.incidents(ask.actor), { id: draft, ...aboutOf(incident), basedOn: null });
  };

  const open = async (ask: ConsoleAsk): Promise<ConsoleAnswer> => {
    const values = valuesOf(ask);
    const drafted = await drafting(ask, values, null);
    if (drafted) return 'to' in drafted ? drafted : opening(ask, drafted.form, false, 409, drafted.conflict);
    const kept = unsent(field(ask, 'do'), values, OPENING, await readIncidentTemplates(ask.context.store), true);
    if (kept) return opening(ask, kept.form, kept.previewed, Object.keys(kept.form.faults).length > 0 ? 422 : 200);
    const { title = '', body = '', status = '' } = values;
    const answer = await openIncident(verbs.incidents(ask.actor), {
      title,
      body,
      status: status === '' ? null : status,
      impacts: impactsOf(values),
      author: null,
    });
    if (isRefusal(answer)) return opening(ask, refused(values, answer), false, 422);
    await forget(ask, null, values['draft']);
    return done(answer, 'opened');
  };

  const one = async (
    ask: ConsoleAsk,
    more: Partial<Pick<IncidentPage, 'form'>> & Pick<IncidentPage, 'previewed'> & Partial<Pick<IncidentPage, 'meanwhile' | 'conflict'>>,
    status = 200,
  ): Promise<ConsoleAnswer | null> => {
    const { id = '' } = ask.params;
    const view = await consoleIncident(ask.context, id);
    if (!view) return null;
    const draft = await findDraftOf(ask.context.store, 'incident_update', id);
    const show: IncidentPage = {
      ...view,
      own: namesOf(await readIncidentTemplates(ask.context.store)),
      meanwhile: false,
      conflict: null,
      draft: keptBy(draft),
      form: draft ? formOf(draft) : emptyForm(),
      ...more,
    };
    return { show, status, at: `/admin/incidents/${id}` };
  };
  const post = async (ask: ConsoleAsk): Promise<ConsoleAnswer | null> => {
    const { id = '' } = ask.params;
    const values = valuesOf(ask);
    const view = await consoleIncident(ask.context, id);
    if (!view) return null;
    const drafted = await drafting(ask, values, id);
    if (drafted) return 'to' in drafted ? drafted : one(ask, { ...drafted, previewed: false }, 409);
    const kept = unsent(field(ask, 'do'), values, view.statuses, await readIncidentTemplates(ask.context.store), false);
    if (kept) return one(ask, kept, Object.keys(kept.form.faults).length > 0 ? 422 : 200);
    const { title = '', body = '', status = '', seen = '' } = values;
    const answer = await updateIncident(verbs.incidents(ask.actor), id, {
      body,
      status: status === '' ? null : status,
      title: title.trim() === '' ? null : title,
      impacts: impactsOf(values),
      seen: seen === '' ? null : seen,
      author: null,
    });
    if (!isRefusal(answer)) {
      await forget(ask, id, values['draft']);
      return done(answer, status === 'resolved' ? 'resolved' : 'posted');
    }
    const meanwhile = answer.code === 'posted_meanwhile';
    return one(ask, { form: refused(values, answer), previewed: meanwhile, meanwhile }, meanwhile ? 409 : 422);
  };

  return [
    {
      method: 'GET',
      pattern: '/admin/incidents',
      needs: 'status:read',
      answer: async ({ context, query, principal }) => {
        const place = readPlace(query);
        const may = principal.kind === 'person' && principal.permissions.has('incidents:write');
        const drafts = may && !place ? await draftsOf(context.store, 'incident') : [];
        const view = await consoleIncidents(context, place && { startedAt: place.at, id: place.id });
        return { show: { ...view, drafts: drafts.map((one) => ({ ...keptBy(one), title: String(one.document['title'] ?? '') })) } };
      },
    },
    {
      method: 'GET',
      pattern: '/admin/incidents/new',
      needs: 'incidents:write',
      answer: async (ask) => {
        const draft = await findDraft(ask.context.store, ask.query.get('draft') ?? '');
        const begun = draft?.kind === 'incident' ? formOf(draft) : emptyForm({ title: '', status: 'investigating', body: '' });
        return opening(ask, begun, false);
      },
    },
    {
      method: 'POST',
      pattern: '/admin/incidents/new',
      needs: 'incidents:write',
      answer: open,
      again: (ask) => opening(ask, emptyForm(valuesOf(ask)), false),
    },
    {
      method: 'GET',
      pattern: `/admin/incidents/${ID}`,
      needs: 'status:read',
      answer: (ask) => one(ask, { previewed: false }),
    },
    {
      method: 'POST',
      pattern: `/admin/incidents/${ID}`,
      needs: 'incidents:write',
      answer: post,
      again: (ask) => one(ask, { form: emptyForm(valuesOf(ask)), previewed: false }),
    },
  ];
};
