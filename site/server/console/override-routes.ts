/**
 * Corrections of the ledger in the console: the list with what waits for a second person, recording one, taking one back, approving.
 * Nothing is recorded before the person has seen what it changes: a form carries what its preview was made of, and what differs is shown
 * anew. Whoever runs incidents may record and ask; what takes downtime or doubt away counts when somebody else with `ledger:adjust`
 * approves it. Source: semantics A7, reliability section 4 (Roles).
 */
import { factsOf } from '#db/queries/facts.ts';
import { reachesEvery } from '#domain/access/reach.ts';
import { concernedIds } from '#domain/incident/incident-fact.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import type { OverrideState } from '#domain/sla/override.ts';
import { approveOverride } from '#monitor/actions/approve-override.ts';
import { recordOverride } from '#monitor/actions/record-override.ts';
import { revokeOverride } from '#monitor/actions/revoke-override.ts';
import { reachOfActor } from '#monitor/context.ts';
import { type NamedComponent, watchedComponents } from '#monitor/views/console-incidents.ts';
import { type ConsoleOverridesView, consoleOverrides, type OverrideLine } from '#monitor/views/console-overrides.ts';
import { type OverridePreview, previewOverride, previewRevocation } from '#monitor/views/override-preview.ts';
import { overridesView } from '#monitor/views/overrides.ts';
import type { Verbs } from '../../api/verbs.ts';
import { overrides as words } from '../../i18n/console/overrides.ts';
import { readPlace } from '../../keyset.ts';
import type { FormState } from '../prepared.ts';
import { readWallTime, writeWallTime } from '../wall-time.ts';
import { type ConsoleAnswer, type ConsoleAsk, type ConsoleRoute, field, signedIn } from './console-route.ts';
import { emptyForm, refusedForm, typed } from './form.ts';

/** What the preview and the form are made of; `shown` names what the last preview was made of. */
const FIELDS = ['component', 'state', 'start', 'end', 'reason', 'evidence', 'incident'] as const;
const REVOCATION = ['reason', 'evidence'] as const;
const ID = ':id{[A-Za-z0-9][A-Za-z0-9._-]{0,79}}';
const STATES: ReadonlySet<string> = new Set<OverrideState>(['up', 'degraded', 'down', 'unknown']);

type ListPage = ConsoleOverridesView & { readonly form: FormState };
export type OverrideFormPage = {
  readonly zone: string;
  readonly components: readonly NamedComponent[];
  readonly incident: { readonly id: string; readonly title: string } | null;
  readonly form: FormState;
  readonly preview: OverridePreview | null;
  /** Goes into the form with the preview. */
  readonly shown: string;
};
type RevocationPage = {
  readonly zone: string;
  readonly of: OverrideLine;
  readonly form: FormState;
  readonly preview: OverridePreview | null;
  readonly shown: string;
};

const shownOf = (values: FormState['values'], names: readonly string[]): string => JSON.stringify(names.map((name) => values[name] ?? ''));
const evidenceOf = (text: string | undefined): string | null => (text === undefined || text.trim() === '' ? null : text);

export const overrideRoutes = (verbs: Verbs): readonly ConsoleRoute[] => {
  const list = async (ask: ConsoleAsk, form = emptyForm(), status = 200): Promise<ConsoleAnswer> => {
    const show: ListPage = { ...(await consoleOverrides(ask.context, readPlace(ask.query))), form };
    return { show, status, at: '/admin/overrides' };
  };
  const mayReadContracts = (ask: ConsoleAsk): boolean =>
    signedIn(ask).permissions.has('reports:read') && reachesEvery(reachOfActor(ask.actor));
  const planning = (ask: ConsoleAsk) => ({ ...verbs.ledger(ask.actor), policy: ask.context.config.policy });

  const incidentOf = async (ask: ConsoleAsk, id: string) => (id === '' ? null : factsOf(ask.context.store).incident(id));

  const page = async (ask: ConsoleAsk, form: FormState, preview: OverridePreview | null = null, status = 200): Promise<ConsoleAnswer> => {
    const incident = await incidentOf(ask, form.values['incident'] ?? '');
    const show: OverrideFormPage = {
      zone: ask.context.config.policy.zone,
      components: await watchedComponents(ask.context),
      incident: incident && { id: incident.id, title: incident.title },
      form,
      preview,
      shown: preview ? shownOf(form.values, FIELDS) : '',
    };
    return { show, status, at: '/admin/overrides/new' };
  };

  /** The empty form; from an incident with its component and its time in it. */
  const begin = async (ask: ConsoleAsk): Promise<ConsoleAnswer> => {
    const { zone } = ask.context.config.policy;
    const incident = await incidentOf(ask, ask.query.get('incident') ?? '');
    const components = await factsOf(ask.context.store).components();
    const concerned = incident ? components.find(({ id }) => concernedIds(incident).includes(id)) : undefined;
    return page(
      ask,
      emptyForm({
        component: concerned?.slug ?? '',
        state: 'down',
        start: incident ? writeWallTime(incident.startedAt, zone) : '',
        end: incident?.resolvedAt ? writeWallTime(incident.resolvedAt, zone) : '',
        reason: '',
        evidence: '',
        incident: incident?.id ?? '',
      }),
    );
  };

  const record = async (ask: ConsoleAsk): Promise<ConsoleAnswer> => {
    const values = typed(ask, FIELDS);
    const refused = (refusal: Refusal): Promise<ConsoleAnswer> => {
      const name =
        FIELD_OF[refusal.code] ??
        (Object.hasOwn(refusal.facts, 'end_ms') ? 'end' : Object.hasOwn(refusal.facts, 'start_ms') ? 'start' : null);
      const form = name ? { values, faults: { [name]: refusal.message }, refusal: null } : refusedForm(values, refusal);
      return page(ask, form, null, 422);
    };
    const { zone } = ask.context.config.policy;
    const [start, end] = [values.start, values.end].map((text) => readWallTime(text, zone));
    const faults = {
      ...(values.component === '' ? { component: words.noComponent } : {}),
      ...(STATES.has(values.state) ? {} : { state: words.noState }),
      ...(start == null ? { start: words.badTime(values.start) } : {}),
      ...(values.end.trim() !== '' && end == null ? { end: words.badTime(values.end) } : {}),
    };
    if (Object.keys(faults).length > 0 || start == null) return page(ask, { values, faults, refusal: null }, null, 422);
    const request = {
      component: values.component,
      start,
      end: end ?? null,
      state: values.state as OverrideState,
      reason: values.reason,
      evidence: evidenceOf(values.evidence),
      approvedBy: null,
    };
    const author = signedIn(ask).person.name;
    if (field(ask, 'do') !== 'record' || field(ask, 'shown') !== shownOf(values, FIELDS)) {
      const preview = await previewOverride(planning(ask), { ...request, author, authenticated: true }, mayReadContracts(ask));
      if (isRefusal(preview)) return refused(preview);
      const changed = field(ask, 'do') === 'record';
      return page(ask, { ...emptyForm(values), refusal: changed ? words.again : null }, preview, changed ? 409 : 200);
    }
    const answer = await recordOverride(verbs.ledger(ask.actor), { ...request, author: null });
    if (isRefusal(answer)) return refused(answer);
    verbs.changed();
    return { to: `/admin/overrides?said=${answer.override.inEffect ? 'recorded' : 'waits'}#${answer.override.id}` };
  };

  const revoking = async (
    ask: ConsoleAsk,
    form: FormState,
    preview: OverridePreview | null = null,
    status = 200,
  ): Promise<ConsoleAnswer | null> => {
    const { id = '' } = ask.params;
    const { store, clock, config } = ask.context;
    const view = await overridesView({ store, clock, policy: config.policy });
    const found = view.overrides.find((one) => one.id === id && one.kind === 'override' && one.revokedBy === null);
    if (!found) return null;
    const names = new Map((await watchedComponents(ask.context)).map(({ slug, name }) => [slug, name]));
    const of: OverrideLine = {
      ...found,
      name: names.get(found.component) ?? found.component,
      standing: found.inEffect ? 'in_force' : 'waiting',
    };
    const show: RevocationPage = { zone: view.zone, of, form, preview, shown: preview ? shownOf(form.values, REVOCATION) : '' };
    return { show, status, at: `/admin/overrides/${id}/revoke` };
  };
  const revoke = async (ask: ConsoleAsk): Promise<ConsoleAnswer | null> => {
    const { id = '' } = ask.params;
    const values = typed(ask, REVOCATION);
    const request = { revokes: id, reason: values.reason, evidence: evidenceOf(values.evidence), approvedBy: null };
    const author = signedIn(ask).person.name;
    if (field(ask, 'do') !== 'record' || field(ask, 'shown') !== shownOf(values, REVOCATION)) {
      const preview = await previewRevocation(planning(ask), { ...request, author, authenticated: true }, mayReadContracts(ask));
      return isRefusal(preview) ? revoking(ask, refusedForm(values, preview), null, 422) : revoking(ask, emptyForm(values), preview);
    }
    const answer = await revokeOverride(verbs.ledger(ask.actor), { ...request, author: null });
    if (isRefusal(answer)) return revoking(ask, refusedForm(values, answer), null, 422);
    verbs.changed();
    return { to: `/admin/overrides?said=${answer.override.inEffect ? 'revoked' : 'waits'}#${answer.override.id}` };
  };
  const approve = async (ask: ConsoleAsk): Promise<ConsoleAnswer | null> => {
    const { id = '' } = ask.params;
    const answer = await approveOverride(verbs.ledger(ask.actor), id, { approvedBy: null });
    if (isRefusal(answer)) return answer.code === 'unknown_override' ? null : list(ask, refusedForm({}, answer), 409);
    verbs.changed();
    return { to: `/admin/overrides?said=approved#${id}` };
  };

  return [
    { method: 'GET', pattern: '/admin/overrides', needs: 'status:read', answer: (ask) => list(ask) },
    { method: 'GET', pattern: '/admin/overrides/new', needs: 'incidents:write', answer: begin },
    {
      method: 'POST',
      pattern: '/admin/overrides/new',
      needs: 'incidents:write',
      answer: record,
      again: (ask) => page(ask, emptyForm(typed(ask, FIELDS))),
    },
    {
      method: 'GET',
      pattern: `/admin/overrides/${ID}/revoke`,
      needs: 'incidents:write',
      answer: (ask) => revoking(ask, emptyForm({ reason: '', evidence: '' })),
    },
    {
      method: 'POST',
      pattern: `/admin/overrides/${ID}/revoke`,
      needs: 'incidents:write',
      answer: revoke,
      again: (ask) => revoking(ask, emptyForm(typed(ask, REVOCATION))),
    },
    { method: 'POST', pattern: `/admin/overrides/${ID}/approve`, needs: 'ledger:adjust', grave: true, answer: approve },
  ];
};

/** The form's own name for what a refusal speaks of. */
const FIELD_OF: Readonly<Record<string, string>> = {
  unknown_component: 'component',
  ends_before_it_starts: 'end',
  no_evidence: 'evidence',
};
