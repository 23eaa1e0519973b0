/**
 * One announcement with everything that can still be done to it: changed, on top of what somebody else wrote meanwhile, done early,
 * cancelled, and approved where it was recorded of another system. Source: semantics B2.
 */
import { isRefusal } from '#domain/refusal.ts';
import { approveImport } from '#monitor/actions/approve-import.ts';
import { cancelMaintenance } from '#monitor/actions/cancel-maintenance.ts';
import { completeMaintenance } from '#monitor/actions/complete-maintenance.ts';
import { editMaintenance } from '#monitor/actions/edit-maintenance.ts';
import { announceOffer } from '#monitor/views/announce-page.ts';
import { type AnnouncementDeskView, announcementDesk } from '#monitor/views/announcement-desk.ts';
import { announcementPreview } from '#monitor/views/announcement-preview.ts';
import type { BudgetChange } from '#monitor/views/budget-change.ts';
import type { AnnouncementView, EditConflict } from '#monitor/views/maintenance-forms.ts';
import type { RevisionChange } from '#monitor/views/maintenance-pages.ts';
import type { Verbs } from '../../api/verbs.ts';
import type { FormState } from '../prepared.ts';
import { type ConsoleAsk, type ConsoleRoute, field, fields, signedIn } from './console-route.ts';
import { emptyForm } from './form.ts';
import { budgetsFor, eyesOf, shownTo } from './maintenance-eyes.ts';
import { type AnnouncementValues, changeOf, readValues } from './maintenance-form.ts';
import { type Answer, faulty, ONE, pathOf, reads, wholeNumber, writes } from './maintenance-places.ts';

const idOf = ({ params }: ConsoleAsk): string => params['id'] ?? '';

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

export const announcementRoutes = (verbs: Pick<Verbs, 'maintenance' | 'changed'>): readonly ConsoleRoute[] => {
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

  const editAgain = async (ask: ConsoleAsk): Answer => {
    const basedOn = wholeNumber(field(ask, 'based_on'));
    const form = emptyForm(readValues((name) => fields(ask, name)));
    return refusedOne(ask, { form, ...(basedOn !== null && { basedOn }) });
  };
  return [
    reads(ONE, one),
    writes(ONE, edit, editAgain),
    writes(`${ONE}/done`, ending(completeMaintenance, 'done')),
    writes(`${ONE}/cancel`, ending(cancelMaintenance, 'cancelled')),
    writes(`${ONE}/approve`, approve, (ask) => refusedOne(ask, { evidence: emptyForm({ evidence: field(ask, 'evidence') }) })),
  ];
};
