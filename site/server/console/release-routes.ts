/**
 * Releases in the console: the list, a draft, and one release with its notes, its gate, its window, its deployments and the emergency path
 * in two steps. Source: interfaces.md (Signed-in HTTP), semantics E9, F.
 */
import { isRefusal, type Refusal, refuse } from '#domain/refusal.ts';
import { type DiffLine, notesDiff } from '#domain/release/notes-diff.ts';
import type { ReleaseKind } from '#domain/release/release-fact.ts';
import type { Instant } from '#domain/time/instant.ts';
import { approveEmergency } from '#monitor/actions/approve-emergency.ts';
import { askEmergency } from '#monitor/actions/ask-emergency.ts';
import { draftRelease } from '#monitor/actions/draft-release.ts';
import { markTested } from '#monitor/actions/mark-tested.ts';
import { publishNotes } from '#monitor/actions/publish-notes.ts';
import { recordDeployment } from '#monitor/actions/record-deployment.ts';
import { scheduleRelease } from '#monitor/actions/schedule-release.ts';
import { unscheduleRelease } from '#monitor/actions/unschedule-release.ts';
import { type ConsoleReleaseView, consoleRelease, consoleReleases } from '#monitor/views/console-releases.ts';
import type { Verbs } from '../../api/verbs.ts';
import { releases as words } from '../../i18n/console/releases.ts';
import { readPlace } from '../../keyset.ts';
import type { FormPage, FormState } from '../prepared.ts';
import { readWallTime } from '../wall-time.ts';
import { type ConsoleAnswer, type ConsoleAsk, type ConsoleRoute, field, signedIn } from './console-route.ts';
import { emptyForm, refusedForm, typed } from './form.ts';

const VERSION = ':version{[A-Za-z0-9][A-Za-z0-9._+-]{0,63}}';
const BASE = `/admin/releases/${VERSION}`;
const DRAFT = ['version', 'title', 'kind', 'tickets', 'notes'] as const;
const KINDS: ReadonlySet<string> = new Set<ReleaseKind>(['standard', 'hotfix', 'emergency']);

type FormName = 'notes' | 'publish' | 'schedule' | 'tested' | 'deployed' | 'emergency';
type Forms = Readonly<Record<FormName, FormState>>;
const FORM_FIELDS = {
  notes: ['notes', 'rev'],
  publish: ['publishAt'],
  schedule: ['window', 'time'],
  tested: ['testedAt'],
  deployed: ['deployedAt', 'kind', 'emergency'],
  emergency: ['reason'],
} as const satisfies Readonly<Record<FormName, readonly string[]>>;
type ReleasePage = ConsoleReleaseView & {
  readonly forms: Forms;
  readonly previewed: boolean;
  /** Somebody wrote notes after this form was opened. */
  readonly meanwhile: boolean;
  /** From what stands there now to what was typed; null: nobody wrote meanwhile. */
  readonly onTop: readonly DiffLine[] | null;
  /** Two revisions were asked for by name. */
  readonly compared: boolean;
  readonly origin: string;
};

const ticketsOf = (text: string): string[] =>
  text
    .split(/[\n,]/)
    .map((one) => one.trim())
    .filter((one) => one !== '');

export const releaseRoutes = (verbs: Verbs, publicOrigin: () => string): readonly ConsoleRoute[] => {
  const pathOf = (version: string): string => `/admin/releases/${encodeURIComponent(version)}`;
  const done = (version: string, said: string): ConsoleAnswer => {
    verbs.changed();
    return { to: `${pathOf(version)}?said=${said}` };
  };

  const drafting = (form: FormState, previewed = false, status = 200): ConsoleAnswer => {
    const show: FormPage = { form, previewed };
    return { show, status, at: '/admin/releases/new' };
  };
  const draft = async (ask: ConsoleAsk): Promise<ConsoleAnswer> => {
    const values = typed(ask, DRAFT);
    if (field(ask, 'do') === 'preview') return drafting(emptyForm(values), true);
    const answer = await draftRelease(verbs.maintenance(ask.actor), {
      version: values.version.trim(),
      title: values.title,
      notes: values.notes,
      kind: KINDS.has(values.kind) ? (values.kind as ReleaseKind) : 'standard',
      tickets: ticketsOf(values.tickets),
      basedOn: 0,
      author: null,
    });
    if (!isRefusal(answer)) return done(answer.release.version, 'drafted');
    const taken =
      answer.code === 'notes_changed' ? { ...answer, facts: { field: 'version' }, message: words.taken(values.version) } : answer;
    const named = taken.code === 'bad_version' ? { ...taken, facts: { field: 'version' } } : taken;
    return drafting(refusedForm(values, named, { ticket: 'tickets' }), false, 422);
  };

  const versionOf = ({ params }: ConsoleAsk): string => params['version'] ?? '';
  const revisionsOf = (query: URLSearchParams): { readonly from: number; readonly to: number } | null => {
    const [from, to] = [query.get('from'), query.get('to')].map((text) => (/^[1-9]\d{0,5}$/.test(text ?? '') ? Number(text) : null));
    return from == null || to == null ? null : { from, to };
  };
  const page = async (
    ask: ConsoleAsk,
    forms: Partial<Forms> = {},
    { status = 200, previewed = false, meanwhile = false } = {},
  ): Promise<ConsoleAnswer | null> => {
    const version = versionOf(ask);
    const { person } = signedIn(ask);
    const view = await consoleRelease(ask.context, version, revisionsOf(ask.query), person.name);
    if (!view) return null;
    const begin: Forms = {
      notes: emptyForm({ notes: view.notes, rev: String(view.rev) }),
      publish: emptyForm({ publishAt: '' }),
      schedule: emptyForm({ window: view.standing.plan?.announcement ?? '', time: '' }),
      tested: emptyForm({ testedAt: '' }),
      deployed: emptyForm({ deployedAt: '', kind: 'deploy' }),
      emergency: emptyForm({ reason: '' }),
    };
    const show: ReleasePage = {
      ...view,
      forms: { ...begin, ...forms },
      previewed,
      meanwhile,
      onTop: meanwhile ? notesDiff(view.notes, forms.notes?.values['notes'] ?? '') : null,
      compared: ask.query.has('from'),
      origin: publicOrigin(),
    };
    return { show, status, at: pathOf(version) };
  };
  const refused = (ask: ConsoleAsk, name: FormName, values: FormState['values'], refusal: Refusal): Promise<ConsoleAnswer | null> =>
    page(ask, { [name]: refusedForm(values, refusal) }, { status: refusal.code === 'unknown_release' ? 404 : 422 });

  /** Empty: now. */
  const timeOf = (ask: ConsoleAsk, text: string, name: string): Instant | null | Refusal => {
    if (text.trim() === '') return null;
    return readWallTime(text, ask.context.config.policy.zone) ?? refuse('bad_time', words.badTime(text), { field: name });
  };

  const notes = async (ask: ConsoleAsk): Promise<ConsoleAnswer | null> => {
    const values = typed(ask, FORM_FIELDS.notes);
    if (field(ask, 'do') === 'preview') return page(ask, { notes: emptyForm(values) }, { previewed: true });
    const answer = await draftRelease(verbs.maintenance(ask.actor), {
      version: versionOf(ask),
      title: null,
      notes: values.notes,
      kind: null,
      tickets: null,
      basedOn: Number(values.rev) || 0,
      author: null,
    });
    if (!isRefusal(answer)) return done(versionOf(ask), 'written');
    if (answer.code !== 'notes_changed') return refused(ask, 'notes', values, answer);
    // The next attempt goes on top of what stands there now.
    const rev = String(answer.facts['rev'] ?? '');
    return page(
      ask,
      { notes: { values: { ...values, rev }, faults: {}, refusal: answer.message } },
      { status: 409, previewed: true, meanwhile: true },
    );
  };
  /** A verb that takes an instant, or now. */
  const dated =
    (name: 'publish' | 'tested', verb: typeof publishNotes | typeof markTested, said: string) =>
    async (ask: ConsoleAsk): Promise<ConsoleAnswer | null> => {
      const key = `${name}At`;
      const values = typed(ask, [key]);
      const at = timeOf(ask, values[key] ?? '', key);
      const answer = isRefusal(at) ? at : await verb(verbs.maintenance(ask.actor), { version: versionOf(ask), at, author: null });
      return isRefusal(answer) ? refused(ask, name, values, answer) : done(versionOf(ask), said);
    };
  const schedule = async (ask: ConsoleAsk): Promise<ConsoleAnswer | null> => {
    const values = typed(ask, FORM_FIELDS.schedule);
    if (values.window === '')
      return page(ask, { schedule: { values, faults: { window: words.noWindow }, refusal: null } }, { status: 422 });
    const at = values.time.trim() === '' ? null : values.time;
    const answer = await scheduleRelease(verbs.maintenance(ask.actor), {
      version: versionOf(ask),
      window: values.window,
      at,
      author: null,
    });
    if (!isRefusal(answer)) return done(versionOf(ask), 'scheduled');
    const inTime = ['bad_time', 'outside_window'].includes(answer.code) ? { ...answer, facts: { field: 'time' } } : answer;
    return refused(ask, 'schedule', values, inTime);
  };
  const unschedule = async (ask: ConsoleAsk): Promise<ConsoleAnswer | null> => {
    const answer = await unscheduleRelease(verbs.maintenance(ask.actor), { version: versionOf(ask), author: null });
    return isRefusal(answer) ? refused(ask, 'schedule', {}, answer) : done(versionOf(ask), 'unscheduled');
  };
  const deployed = async (ask: ConsoleAsk): Promise<ConsoleAnswer | null> => {
    const values = typed(ask, FORM_FIELDS.deployed);
    const at = timeOf(ask, values.deployedAt, 'deployedAt');
    if (isRefusal(at)) return refused(ask, 'deployed', values, at);
    const view = await consoleRelease(ask.context, versionOf(ask), null, ask.actor.name);
    if (!view) return null;
    const approved = values.emergency === 'yes' && view.emergency?.state === 'approved' ? view.emergency : null;
    const answer = await recordDeployment(verbs.maintenance(ask.actor), {
      version: versionOf(ask),
      at,
      kind: values.kind === 'rollback' ? 'rollback' : 'deploy',
      emergency: approved && { reason: approved.reason, approvedBy: approved.approval?.approvedBy ?? null },
      author: null,
    });
    return isRefusal(answer)
      ? refused(ask, 'deployed', values, answer)
      : done(versionOf(ask), answer.release.outsideWindow ? 'outside' : 'deployed');
  };
  const urgent = async (ask: ConsoleAsk): Promise<ConsoleAnswer | null> => {
    const values = typed(ask, FORM_FIELDS.emergency);
    const answer = await askEmergency(verbs.maintenance(ask.actor), { version: versionOf(ask), reason: values.reason, author: null });
    return isRefusal(answer) ? refused(ask, 'emergency', values, answer) : done(versionOf(ask), 'asked');
  };
  const approve = async (ask: ConsoleAsk): Promise<ConsoleAnswer | null> => {
    const answer = await approveEmergency(verbs.maintenance(ask.actor), {
      version: versionOf(ask),
      id: field(ask, 'id'),
      approvedBy: null,
    });
    return isRefusal(answer) ? page(ask, { emergency: refusedForm({}, answer) }, { status: 409 }) : done(versionOf(ask), 'approved');
  };

  const post = (
    what: string,
    needs: 'releases:write' | 'releases:deploy',
    answer: ConsoleRoute['answer'],
    form: FormName | null = null,
  ): ConsoleRoute => ({
    method: 'POST',
    pattern: `${BASE}/${what}`,
    needs,
    answer,
    ...(form && { again: (ask) => page(ask, { [form]: emptyForm(typed(ask, FORM_FIELDS[form])) }) }),
  });
  return [
    {
      method: 'GET',
      pattern: '/admin/releases',
      needs: 'status:read',
      answer: async ({ context, query }) => ({ show: await consoleReleases(context, readPlace(query)) }),
    },
    {
      method: 'GET',
      pattern: '/admin/releases/new',
      needs: 'releases:write',
      answer: async () => drafting(emptyForm({ version: '', title: '', kind: 'standard', tickets: '', notes: '' })),
    },
    {
      method: 'POST',
      pattern: '/admin/releases/new',
      needs: 'releases:write',
      answer: draft,
      again: async (ask) => drafting(emptyForm(typed(ask, DRAFT))),
    },
    { method: 'GET', pattern: BASE, needs: 'status:read', answer: (ask) => page(ask) },
    post('notes', 'releases:write', notes, 'notes'),
    post('publish', 'releases:write', dated('publish', publishNotes, 'published'), 'publish'),
    post('schedule', 'releases:write', schedule, 'schedule'),
    post('unschedule', 'releases:write', unschedule),
    post('tested', 'releases:write', dated('tested', markTested, 'tested'), 'tested'),
    post('deployed', 'releases:deploy', deployed, 'deployed'),
    post('emergency', 'releases:deploy', urgent, 'emergency'),
    post('emergency/approve', 'releases:deploy', approve),
  ];
};
