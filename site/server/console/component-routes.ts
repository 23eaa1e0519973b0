/**
 * Checks and components in the console: the list with its live states, one component with the reasons for its state and its history, and
 * what may be done to it: test, pause and resume, and, where no file manages it, add, change and remove. Source: reliability P9,
 * semantics A3 and A9.
 */
import { isRefusal, type Refusal, refuse } from '#domain/refusal.ts';
import { instant } from '#domain/time/instant.ts';
import { addComponent } from '#monitor/actions/add-component.ts';
import type { ComponentContext } from '#monitor/actions/component-verb.ts';
import { editComponent } from '#monitor/actions/edit-component.ts';
import { pauseComponent } from '#monitor/actions/pause-component.ts';
import { removeComponent } from '#monitor/actions/remove-component.ts';
import { resumeComponent } from '#monitor/actions/resume-component.ts';
import { type TestAnswer, testComponent } from '#monitor/actions/test-component.ts';
import { componentText, isFieldFault, type TypedComponent, typedComponent } from '#monitor/config/component-text.ts';
import type { FieldChange } from '#monitor/config/difference.ts';
import type { FieldFault } from '#monitor/config/form.ts';
import { newSecret } from '#monitor/identity/secret.ts';
import { componentListView, LIST_STATES } from '#monitor/views/component-list.ts';
import { explainComponent } from '#monitor/views/explain-component.ts';
import type { Verbs } from '../../api/verbs.ts';
import { components as words } from '../../i18n/console/components.ts';
import type { FormState } from '../prepared.ts';
import { readWallTime } from '../wall-time.ts';
import { type ConsoleAnswer, type ConsoleAsk, type ConsoleRoute, field, signedIn } from './console-route.ts';
import { emptyForm, refusedForm, typed } from './form.ts';
import { liveStates } from './live-states.ts';

type Answer = Promise<ConsoleAnswer | null>;
const LIST = '/admin/components';
const ONE = `${LIST}/:slug{[a-z0-9][a-z0-9-]{0,63}}`;
const QUERY = ['search', 'group', 'state', 'managed', 'paused', 'after'] as const;

const slugOf = ({ params }: ConsoleAsk): string => params['slug'] ?? '';
const placeOf = (ask: ConsoleAsk): string => `${LIST}/${slugOf(ask)}`;
const queryOf = ({ query }: ConsoleAsk) =>
  Object.fromEntries(QUERY.flatMap((key) => (query.get(key) ? [[key, query.get(key) ?? '']] : [])));

const typedIn = (ask: ConsoleAsk): TypedComponent => ({
  fields: typed(ask, ['slug', 'name', 'description', 'group']),
  critical: field(ask, 'critical') === 'yes',
  check: field(ask, 'check').replaceAll('\r\n', '\n'),
});
const valuesOf = ({ fields, critical, check }: TypedComponent): FormState['values'] => ({
  ...fields,
  critical: critical ? 'yes' : '',
  check,
});

/** Faults beside their fields; what belongs to the lines of the check stands beside them, one below the other. */
const faulty = (values: FormState['values'], faults: readonly FieldFault[]): FormState => {
  const byField = new Map<string, string[]>();
  for (const { path, message } of faults) {
    const own = ['slug', 'name', 'description', 'group'].includes(path) ? path : 'check';
    byField.set(own, [...(byField.get(own) ?? []), `${message}${own === 'check' && path !== 'check' && path !== '' ? ` (${path})` : ''}.`]);
  }
  return { values, faults: Object.fromEntries([...byField].map(([name, list]) => [name, list.join('\n')])), refusal: null };
};
const refusedComponent = (values: FormState['values'], refusal: Refusal): FormState => {
  const { faults } = refusal.facts as { readonly faults?: readonly FieldFault[] };
  return (refusal.code === 'bad_component' || refusal.code === 'slug_taken') && faults
    ? faulty(values, faults)
    : refusedForm(values, refusal);
};

/** From what is there now to what is in the form. */
const differingOf = ({ facts }: Refusal) =>
  (facts as { readonly yours: readonly FieldChange[] }).yours.map(({ path, before, after }) => [path, before ?? '', after ?? ''] as const);

interface Shown {
  readonly edit?: FormState;
  readonly pause?: FormState;
  /** Of the version that the form is based on. */
  readonly basedOn?: number;
  readonly tested?: TestAnswer | null;
  readonly refusal?: string | null;
  /** Where what somebody else made of it differs from what is in the form. */
  readonly differing?: readonly (readonly [label: string, theirs: string, mine: string])[] | null;
  readonly status?: number;
}

export const componentRoutes = (components: NonNullable<Verbs['components']>, changed: () => void): readonly ConsoleRoute[] => {
  const ctxOf = (ask: ConsoleAsk): ComponentContext => ({
    ...components(ask.actor),
    insider: signedIn(ask).permissions.has('components:write'),
  });
  const done = (to: string, said: string): ConsoleAnswer => {
    changed();
    return { to: `${to}?said=${said}` };
  };

  const list = async (ask: ConsoleAsk): Answer => {
    const query = queryOf(ask);
    const view = await componentListView(ctxOf(ask), query);
    const clean = isRefusal(view) ? await componentListView(ctxOf(ask)) : view;
    if (isRefusal(clean)) return null;
    const refusal = isRefusal(view) ? view.message : null;
    return { show: { ...clean, query, states: LIST_STATES, refusal }, at: LIST, status: refusal ? 422 : 200 };
  };
  const live = async (ask: ConsoleAsk): Answer => ({
    events: liveStates(ctxOf(ask), queryOf(ask), signedIn(ask).session.id, ask.gone),
  });

  const one = async (ask: ConsoleAsk, shown: Shown = {}): Answer => {
    const ctx = ctxOf(ask);
    const view = await explainComponent(ctx, slugOf(ask));
    if (isRefusal(view)) return null;
    const { form } = view.component;
    const edit = shown.edit ?? (form && view.component.managed === 'console' ? emptyForm(valuesOf(componentText(form))) : null);
    const pauseForm = shown.pause ?? emptyForm({ reason: '', until: '' });
    const { basedOn = view.component.recordedAt, tested = null, refusal = null, differing = null, status = 200 } = shown;
    return {
      show: { ...view, edit, pauseForm, basedOn, tested, refusal, differing, lent: ctx.config.probeSecrets },
      at: placeOf(ask),
      status,
    };
  };
  const edit = async (ask: ConsoleAsk): Answer => {
    const values = valuesOf(typedIn(ask));
    const basedOn = Number(field(ask, 'based_on'));
    const raw = typedComponent(typedIn(ask));
    if (isFieldFault(raw)) return one(ask, { edit: faulty(values, [raw]), basedOn, status: 422 });
    if (field(ask, 'do') === 'try') return tryTyped(ask, raw, values, basedOn);
    const based = instant(Number.isSafeInteger(basedOn) && basedOn >= 0 ? basedOn : 0);
    const answer = await editComponent(ctxOf(ask), { slug: slugOf(ask), basedOn: based, component: raw, author: null });
    if (!isRefusal(answer)) return done(placeOf(ask), 'edited');
    // Somebody was quicker: the form is based on theirs from now on, so that saving again is a choice.
    if (answer.code === 'newer_version')
      return one(ask, { edit: { values, faults: {}, refusal: answer.message }, differing: differingOf(answer), status: 409 });
    return one(ask, { edit: refusedComponent(values, answer), basedOn, status: 422 });
  };
  const tryTyped = async (ask: ConsoleAsk, raw: object, values: FormState['values'], basedOn: number): Answer => {
    const answer = await testComponent(ctxOf(ask), { slug: slugOf(ask), component: raw, author: null });
    return isRefusal(answer)
      ? one(ask, { edit: refusedComponent(values, answer), basedOn, status: answer.code === 'limited' ? 429 : 422 })
      : one(ask, { edit: emptyForm(values), basedOn, tested: answer });
  };
  const test = async (ask: ConsoleAsk): Answer => {
    const answer = await testComponent(ctxOf(ask), { slug: slugOf(ask), component: null, author: null });
    return isRefusal(answer)
      ? one(ask, { refusal: answer.message, status: answer.code === 'limited' ? 429 : 422 })
      : one(ask, { tested: answer });
  };
  const pause = async (ask: ConsoleAsk): Answer => {
    const values = typed(ask, ['reason', 'until']);
    const { zone } = ctxOf(ask).config.policy;
    const until = values.until.trim() === '' ? null : readWallTime(values.until, zone);
    if (values.until.trim() !== '' && until === null)
      return one(ask, { pause: refusedForm(values, refuse('bad_until', words.badUntil(values.until), { field: 'until' })), status: 422 });
    const answer = await pauseComponent(ctxOf(ask), { slug: slugOf(ask), reason: values.reason, until, author: null });
    if (!isRefusal(answer)) return done(placeOf(ask), 'paused');
    const fieldOf = answer.code === 'bad_until' ? refuse(answer.code, answer.message, { field: 'until' }) : answer;
    return one(ask, { pause: refusedForm(values, fieldOf), status: 422 });
  };
  const resume = async (ask: ConsoleAsk): Answer => {
    const answer = await resumeComponent(ctxOf(ask), { slug: slugOf(ask), author: null });
    return isRefusal(answer) ? one(ask, { refusal: answer.message, status: 422 }) : done(placeOf(ask), 'resumed');
  };
  const remove = async (ask: ConsoleAsk): Answer => {
    const answer = await removeComponent(ctxOf(ask), { slug: slugOf(ask), author: null });
    return isRefusal(answer) ? one(ask, { refusal: answer.message, status: 422 }) : done(LIST, 'removed');
  };

  const blank = (kind: string | null): FormState => {
    const template = words.templates.find(([name]) => name === kind) ?? words.templates[0];
    // A job's token is made here, so that nobody has to think one up.
    const check = template[2].replace('token: TOKEN', () => `token: ${newSecret()}`);
    return emptyForm({ slug: '', name: '', description: '', group: '', critical: 'yes', check });
  };
  const newPage = (ask: ConsoleAsk, form: FormState, tested: TestAnswer | null = null, status = 200): ConsoleAnswer => ({
    show: { form, tested, lent: ctxOf(ask).config.probeSecrets },
    at: `${LIST}/new`,
    status,
  });
  const add = async (ask: ConsoleAsk): Answer => {
    const values = valuesOf(typedIn(ask));
    const raw = typedComponent(typedIn(ask));
    if (isFieldFault(raw)) return newPage(ask, faulty(values, [raw]), null, 422);
    if (field(ask, 'do') === 'try') {
      const tried = await testComponent(ctxOf(ask), { slug: null, component: raw, author: null });
      return isRefusal(tried)
        ? newPage(ask, refusedComponent(values, tried), null, tried.code === 'limited' ? 429 : 422)
        : newPage(ask, emptyForm(values), tried);
    }
    const answer = await addComponent(ctxOf(ask), { component: raw, author: null });
    return isRefusal(answer) ? newPage(ask, refusedComponent(values, answer), null, 422) : done(`${LIST}/${answer.slug}`, 'added');
  };

  const read = (pattern: string, answer: ConsoleRoute['answer']): ConsoleRoute => ({
    method: 'GET',
    pattern,
    needs: 'status:read',
    answer,
  });
  const write = (pattern: string, answer: ConsoleRoute['answer'], again?: ConsoleRoute['again']): ConsoleRoute => ({
    method: 'POST',
    pattern,
    needs: 'components:write',
    answer,
    ...(again && { again }),
  });
  return [
    read(LIST, list),
    { ...read(`${LIST}/live`, live), fragment: true },
    { ...read(`${LIST}/new`, async (ask) => newPage(ask, blank(ask.query.get('kind')))), needs: 'components:write' },
    write(`${LIST}/new`, add, async (ask) => newPage(ask, emptyForm(valuesOf(typedIn(ask))))),
    read(ONE, (ask) => one(ask)),
    write(`${ONE}/edit`, edit, (ask) => one(ask, { edit: emptyForm(valuesOf(typedIn(ask))), basedOn: Number(field(ask, 'based_on')) })),
    write(`${ONE}/test`, test),
    write(`${ONE}/pause`, pause, (ask) => one(ask, { pause: emptyForm(typed(ask, ['reason', 'until'])) })),
    write(`${ONE}/resume`, resume),
    write(`${ONE}/remove`, remove),
  ];
};
