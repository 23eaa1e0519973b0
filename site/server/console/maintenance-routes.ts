/**
 * Maintenance in the console: what runs and what is to come, the form with its verdict, and one announcement with everything that can
 * still be done to it. "Check" looks and changes nothing; "Publish" asks the verb, which decides anew. Source: semantics B2, mission X2.
 */
import { findDraft } from '#db/queries/drafts.ts';
import { reachesEvery } from '#domain/access/reach.ts';
import type { Draft } from '#domain/draft.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { instant } from '#domain/time/instant.ts';
import { announceMaintenance } from '#monitor/actions/announce-maintenance.ts';
import { approveImport } from '#monitor/actions/approve-import.ts';
import { cancelMaintenance } from '#monitor/actions/cancel-maintenance.ts';
import { completeMaintenance } from '#monitor/actions/complete-maintenance.ts';
import { discardDraft } from '#monitor/actions/discard-draft.ts';
import { editMaintenance } from '#monitor/actions/edit-maintenance.ts';
import { keepDraft } from '#monitor/actions/keep-draft.ts';
import { reachOfActor } from '#monitor/context.ts';
import { announceOffer } from '#monitor/views/announce-page.ts';
import { type AnnouncementDeskView, announcementDesk, announcementFields } from '#monitor/views/announcement-desk.ts';
import { type AnnouncementPreview, announcementPreview, type PreviewAsk, shelfOfFacts } from '#monitor/views/announcement-preview.ts';
import type { BudgetChange } from '#monitor/views/budget-change.ts';
import { deskShelf, maintenanceDesk } from '#monitor/views/maintenance-desk.ts';
import type {
  AnnouncementView,
  AnnounceView,
  DraftConflict,
  DraftState,
  EditConflict,
  Eyes,
  VerdictView,
} from '#monitor/views/maintenance-forms.ts';
import type { RevisionChange } from '#monitor/views/maintenance-pages.ts';
import type { Verbs } from '../../api/verbs.ts';
import type { FormState } from '../prepared.ts';
import { type ConsoleAnswer, type ConsoleAsk, type ConsoleRoute, field, fields, signedIn } from './console-route.ts';
import { emptyForm } from './form.ts';
import { type AnnouncementValues, askedOf, changeOf, emptyValues, FIELDS, fieldOf, readValues, valuesOfDraft } from './maintenance-form.ts';

const LIST = '/admin/maintenance';
const NEW = `${LIST}/new`;
const VERDICT = `${LIST}/verdict`;
const ONE = `${LIST}/:id{[A-Za-z0-9_-]{1,64}}`;

type Answer = Promise<ConsoleAnswer | null>;

const eyesOf = (ask: ConsoleAsk): Eyes => {
  const { permissions } = signedIn(ask);
  const mayNames = permissions.has('reports:read') && reachesEvery(reachOfActor(ask.actor));
  return { mayWrite: permissions.has('maintenance:write'), mayNames };
};
const idOf = ({ params }: ConsoleAsk): string => params['id'] ?? '';
const pathOf = (id: string): string => `${LIST}/${encodeURIComponent(id)}`;
const wholeNumber = (text: string): number | null => (/^\d{1,15}$/.test(text) ? Number(text) : null);

/** The form with what is wrong beside its field, or above it. */
const faulty = (values: AnnouncementValues, refusal: Refusal): FormState => {
  const named = fieldOf(refusal, values);
  return named === null
    ? { values, faults: {}, refusal: refusal.message }
    : { values, faults: { [named]: refusal.message }, refusal: null, sees: seenBy(named, refusal) };
};
/** The window that stands in the way, by the field that names it. */
const seenBy = (named: string, { code, facts }: Refusal): Readonly<Record<string, string>> => {
  const there = (facts as { readonly announcement?: unknown }).announcement;
  return code === 'slot_taken' && typeof there === 'string' ? { [named]: pathOf(there) } : {};
};

const draftState = ({ id, version, author, recordedAt }: Draft): DraftState => ({ id, version, author, recordedAt });

export const maintenanceRoutes = (verbs: Pick<Verbs, 'maintenance' | 'changed'>): readonly ConsoleRoute[] => {
  const shelf = shelfOfFacts();
  const past = deskShelf();

  const list = async (ask: ConsoleAsk): Answer => {
    const before = wholeNumber(ask.query.get('before') ?? '');
    return { show: { ...(await maintenanceDesk(ask.context, before === null ? null : instant(before), past)), eyes: eyesOf(ask) } };
  };

  const announceView = async (
    ask: ConsoleAsk,
    form: FormState,
    more: { readonly draft: Draft | null; readonly conflict?: DraftConflict | null; readonly checked?: boolean },
  ): Promise<AnnounceView> => {
    const values = form.values as AnnouncementValues;
    const eyes = eyesOf(ask);
    const [offer, preview] = await Promise.all([
      announceOffer(ask.context),
      announcementPreview(ask.context, { kind: 'new', asked: askedOf(values) }, shelf),
    ]);
    const { draft, conflict = null, checked = false } = more;
    return { ...offer, form, preview: shownTo(eyes, preview), eyes, draft: draft && draftState(draft), conflict, checked };
  };

  const opened = async (ask: ConsoleAsk): Answer => {
    const { query, context } = ask;
    const kept = query.get('draft');
    const draft = kept === null ? null : await findDraft(context.store, kept);
    if (kept !== null && draft?.kind !== 'announcement') return null;
    const typed = query.has('from') ? readValues((name) => query.getAll(name)) : null;
    const base = typed ?? emptyValues(await announceOffer(context), query.get('slot'));
    const values = draft ? valuesOfDraft(draft) : { ...base, ...(await likeOf(ask)) };
    return { show: await announceView(ask, emptyForm(values), { draft }) };
  };

  /** The words of an earlier announcement, for one like it. */
  const likeOf = async (ask: ConsoleAsk): Promise<Partial<AnnouncementValues>> => {
    const like = ask.query.get('like');
    const found = like === null ? null : await announcementDesk(ask.context, like, false);
    if (!found) return {};
    const { components, title } = found.entry;
    return {
      title,
      body: found.body,
      scope: components === '*' ? 'all' : 'some',
      components: components === '*' ? '' : components.map(({ slug }) => slug).join(' '),
    };
  };

  const again = async (
    ask: ConsoleAsk,
    form: FormState,
    more: Parameters<typeof announceView>[2],
    status = 422,
  ): Promise<ConsoleAnswer> => ({ show: await announceView(ask, form, more), status, at: NEW });

  const draftAsked = async (ask: ConsoleAsk): Promise<Draft | null> => {
    const id = field(ask, 'draft');
    const found = id === '' ? null : await findDraft(ask.context.store, id);
    return found?.kind === 'announcement' ? found : null;
  };

  const publishNew = async (ask: ConsoleAsk, values: AnnouncementValues, draft: Draft | null): Promise<ConsoleAnswer> => {
    const ctx = verbs.maintenance(ask.actor);
    const answer = await announceMaintenance(ctx, { ...askedOf(values), author: null });
    if (isRefusal(answer)) return again(ask, faulty(values, answer), { draft, checked: true });
    if (draft) await discardDraft(ctx, { id: draft.id, kind: 'announcement', subject: null, basedOn: null });
    verbs.changed();
    return { to: `${pathOf(answer.announcement.id)}?said=announced` };
  };

  const keep = async (ask: ConsoleAsk, values: AnnouncementValues, draft: Draft | null): Promise<ConsoleAnswer> => {
    const basedOn = wholeNumber(field(ask, 'draft_version'));
    const subject = field(ask, 'draft') === '' ? null : field(ask, 'draft');
    const document = Object.fromEntries(FIELDS.map((name) => [name, values[name]]));
    const kept = await keepDraft(verbs.maintenance(ask.actor), { kind: 'announcement', subject, document, basedOn });
    if (!isRefusal(kept)) return { to: `${NEW}?draft=${kept.id}&said=kept` };
    if (kept.code !== 'draft_changed' || !draft) return again(ask, faulty(values, kept), { draft });
    const conflict: DraftConflict = { ...draftState(draft), theirs: valuesOfDraft(draft) };
    return again(ask, { values, faults: {}, refusal: kept.message }, { draft, conflict }, 409);
  };

  const sent = async (ask: ConsoleAsk): Answer => {
    const values = readValues((name) => fields(ask, name));
    const draft = await draftAsked(ask);
    switch (field(ask, 'do')) {
      case 'publish':
        return publishNew(ask, values, draft);
      case 'keep':
        return keep(ask, values, draft);
      case 'discard': {
        const basedOn = wholeNumber(field(ask, 'draft_version'));
        const asked = { id: field(ask, 'draft'), kind: 'announcement', subject: null, basedOn } as const;
        const gone = await discardDraft(verbs.maintenance(ask.actor), asked);
        if (!isRefusal(gone)) return { to: `${LIST}?said=discarded` };
        const form = { values, faults: {}, refusal: gone.message };
        return again(ask, form, { draft, conflict: draft && { ...draftState(draft), theirs: valuesOfDraft(draft) } }, 409);
      }
      default:
        return again(ask, emptyForm(values), { draft, checked: true }, 200);
    }
  };

  /** What a script asks for while somebody types: the drawn verdict, or its figures. */
  const verdict = async (ask: ConsoleAsk): Answer => {
    const { query, form, context } = ask;
    const all = (name: string): readonly string[] => form.get(name) ?? query.getAll(name);
    const values = readValues(all);
    const [id = null] = all('id');
    const present = id === null ? null : await announcementFields(context, id);
    if (id !== null && !present) return null;
    const asked: PreviewAsk =
      id !== null && present ? { kind: 'change', id, change: changeOf(values, present) } : { kind: 'new', asked: askedOf(values) };
    const preview = await announcementPreview(context, asked, shelf);
    const eyes = eyesOf(ask);
    if (all('as')[0] === 'json') return { json: eyes.mayNames ? preview : nameless(preview) };
    const view: VerdictView = { preview: shownTo(eyes, preview), eyes, edits: id !== null };
    return { show: view, at: VERDICT };
  };

  const deskOf = (ask: ConsoleAsk): Promise<AnnouncementDeskView | null> =>
    announcementDesk(ask.context, idOf(ask), signedIn(ask).permissions.has('audit:read'));

  const presentValues = ({ present, entry }: AnnouncementDeskView, offered: AnnouncementView['choices']): AnnouncementValues => {
    const listed = offered.some(({ date }) => date === present.slot);
    return {
      ...present,
      slot: listed ? present.slot : 'other',
      date: listed ? '' : present.slot,
      scope: entry.components === '*' ? 'all' : 'some',
      components: entry.components === '*' ? '' : entry.components.map(({ slug }) => slug).join(' '),
    };
  };

  const oneView = async (
    ask: ConsoleAsk,
    found: AnnouncementDeskView,
    more: Partial<Pick<AnnouncementView, 'form' | 'basedOn' | 'conflict' | 'refusal' | 'evidence' | 'checked'>> = {},
  ): Promise<AnnouncementView> => {
    const { choices } = await announceOffer(ask.context);
    const form = more.form ?? emptyForm(presentValues(found, choices));
    const change = changeOf(form.values as AnnouncementValues, found.present);
    const preview = await announcementPreview(ask.context, { kind: 'change', id: found.id, change });
    const eyes = eyesOf(ask);
    const told = <T extends { readonly budgets: readonly BudgetChange[] }>(one: T | null): T | null =>
      one && { ...one, budgets: budgetsFor(eyes, one.budgets) };
    return {
      ...found,
      budgets: budgetsFor(eyes, found.budgets),
      done: told(found.done),
      cancel: told(found.cancel),
      approve: told(found.approve),
      eyes,
      form,
      preview: shownTo(eyes, preview),
      choices,
      basedOn: more.basedOn ?? found.rev,
      conflict: more.conflict ?? null,
      refusal: more.refusal ?? null,
      evidence: more.evidence ?? emptyForm({ evidence: '' }),
      checked: more.checked ?? false,
    };
  };

  const one = async (ask: ConsoleAsk): Answer => {
    const found = await deskOf(ask);
    return found && { show: await oneView(ask, found), at: pathOf(found.id) };
  };

  const refusedOne = async (ask: ConsoleAsk, more: Parameters<typeof oneView>[2], status = 422): Answer => {
    const found = await deskOf(ask);
    return found && { show: await oneView(ask, found, more), status, at: pathOf(found.id) };
  };

  /** What they wrote since, and what of ours would be different on top of it: only what was changed in this form. */
  const onTop = async (
    ask: ConsoleAsk,
    found: AnnouncementDeskView,
    basedOn: number,
    values: AnnouncementValues,
  ): Promise<AnnouncementView> => {
    const base = found.revisions.find(({ rev }) => rev === basedOn)?.fields ?? found.present;
    const { slot, from, to, title, body } = changeOf(values, base);
    const { present } = found;
    const merged: AnnouncementValues = {
      ...values,
      slot: 'other',
      date: slot ?? present.slot,
      from: from ?? present.from,
      to: to ?? present.to,
      title: title ?? present.title,
      body: body ?? present.body,
    };
    const view = await oneView(ask, found, { form: emptyForm(merged), basedOn: found.rev });
    const { window } = view.preview;
    const times = (['start', 'end'] as const).flatMap((what): RevisionChange[] =>
      window && window[what] !== found.entry[what] ? [{ what, before: found.entry[what], after: window[what] }] : [],
    );
    const texts = (['title', 'body'] as const).flatMap((what): RevisionChange[] =>
      merged[what] === present[what] ? [] : [{ what, before: present[what], after: merged[what] }],
    );
    const since = found.revisions.filter(({ rev }) => rev > basedOn).toReversed();
    const [last] = found.revisions;
    const conflict: EditConflict = {
      rev: found.rev,
      author: last?.author?.name ?? null,
      recordedAt: last?.recordedAt ?? found.asOf,
      theirs: since.flatMap(({ changes }) => changes),
      mine: [...times, ...texts],
    };
    return { ...view, conflict };
  };

  const edit = async (ask: ConsoleAsk): Answer => {
    const found = await deskOf(ask);
    if (!found) return null;
    const values = readValues((name) => fields(ask, name));
    const basedOn = wholeNumber(field(ask, 'based_on')) ?? found.rev;
    if (field(ask, 'do') !== 'publish')
      return { show: await oneView(ask, found, { form: emptyForm(values), basedOn, checked: true }), at: pathOf(found.id) };
    const change = changeOf(values, found.present);
    const answer = await editMaintenance(verbs.maintenance(ask.actor), found.id, { ...change, basedOn, author: null });
    if (!isRefusal(answer)) {
      verbs.changed();
      return { to: `${pathOf(found.id)}?said=changed` };
    }
    if (answer.code !== 'conflict') return refusedOne(ask, { form: faulty(values, answer), basedOn, checked: true });
    const now = await deskOf(ask);
    if (!now) return null;
    const view = await onTop(ask, now, basedOn, values);
    return { show: { ...view, form: { ...view.form, refusal: answer.message } }, status: 409, at: pathOf(now.id) };
  };

  const ending =
    (verb: typeof cancelMaintenance, said: string) =>
    async (ask: ConsoleAsk): Answer => {
      const answer = await verb(verbs.maintenance(ask.actor), idOf(ask), { author: null });
      if (isRefusal(answer)) return refusedOne(ask, { refusal: answer.message }, 409);
      verbs.changed();
      return { to: `${pathOf(answer.announcement.id)}?said=${said}` };
    };

  const approve = async (ask: ConsoleAsk): Answer => {
    const evidence = field(ask, 'evidence');
    const answer = await approveImport(verbs.maintenance(ask.actor), idOf(ask), { approvedBy: null, evidence });
    if (isRefusal(answer)) {
      const faults: FormState['faults'] = answer.code === 'bad_text' ? { evidence: answer.message } : {};
      return refusedOne(ask, { evidence: { values: { evidence }, faults, refusal: answer.code === 'bad_text' ? null : answer.message } });
    }
    verbs.changed();
    return { to: `${pathOf(answer.announcement.id)}?said=approved` };
  };

  const reads = (pattern: string, answer: (ask: ConsoleAsk) => Answer, more: object = {}): ConsoleRoute => ({
    method: 'GET',
    pattern,
    needs: 'status:read',
    answer,
    ...more,
  });
  const newAgain = async (ask: ConsoleAsk): Answer =>
    again(ask, emptyForm(readValues((name) => fields(ask, name))), { draft: await draftAsked(ask) });
  const editAgain = async (ask: ConsoleAsk): Answer => {
    const basedOn = wholeNumber(field(ask, 'based_on'));
    const form = emptyForm(readValues((name) => fields(ask, name)));
    return refusedOne(ask, { form, ...(basedOn !== null && { basedOn }) });
  };
  const writes = (pattern: string, answer: (ask: ConsoleAsk) => Answer, again?: (ask: ConsoleAsk) => Answer): ConsoleRoute => ({
    method: 'POST',
    pattern,
    needs: 'maintenance:write',
    answer,
    ...(again && { again }),
  });
  return [
    reads(LIST, list),
    { ...reads(NEW, opened), needs: 'maintenance:write' },
    writes(NEW, sent, newAgain),
    { ...reads(VERDICT, verdict, { fragment: true }), needs: 'maintenance:write' },
    { ...writes(VERDICT, verdict), fragment: true },
    reads(ONE, one),
    writes(ONE, edit, editAgain),
    writes(`${ONE}/done`, ending(completeMaintenance, 'done')),
    writes(`${ONE}/cancel`, ending(cancelMaintenance, 'cancelled')),
    writes(`${ONE}/approve`, approve, (ask) => refusedOne(ask, { evidence: emptyForm({ evidence: field(ask, 'evidence') }) })),
  ];
};

/** Whoever announces sees what it does to contracts, without whose they are; whoever only looks sees what it does to the policy. */
const budgetsFor = (eyes: Eyes, budgets: readonly BudgetChange[]): readonly BudgetChange[] =>
  eyes.mayNames
    ? budgets
    : budgets
        .filter(({ contracts }) => contracts === null || eyes.mayWrite)
        .map((line) => ({ ...line, contracts: line.contracts?.map(() => ({ id: '', customer: '' })) ?? null }));
const shownTo = (eyes: Eyes, preview: AnnouncementPreview): AnnouncementPreview =>
  eyes.mayNames
    ? preview
    : { ...preview, budgets: budgetsFor(eyes, preview.budgets), zones: preview.zones.map((row) => ({ ...row, customers: [] })) };
/** Figures of contracts without the names of whose they are. */
const nameless = <P extends { readonly budgets: readonly object[]; readonly zones: readonly object[] }>(preview: P): object => ({
  ...preview,
  budgets: preview.budgets.map((line) => {
    const { contracts } = line as { readonly contracts: readonly object[] | null };
    return { ...line, contracts: contracts?.length ?? null };
  }),
  zones: preview.zones.map((row) => ({ ...row, customers: [] })),
});
