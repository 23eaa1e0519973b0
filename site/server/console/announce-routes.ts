/**
 * The form of a new announcement, its draft, and the verdict of whatever is typed. "Check" looks and changes nothing; "Publish" asks the
 * verb, which decides anew. Source: semantics B2, mission X2.
 */
import { findDraft } from '#db/queries/drafts.ts';
import type { Draft } from '#domain/draft.ts';
import { isRefusal } from '#domain/refusal.ts';
import { announceMaintenance } from '#monitor/actions/announce-maintenance.ts';
import { discardDraft } from '#monitor/actions/discard-draft.ts';
import { keepDraft } from '#monitor/actions/keep-draft.ts';
import { announceOffer } from '#monitor/views/announce-page.ts';
import { announcementDesk, announcementFields } from '#monitor/views/announcement-desk.ts';
import { announcementPreview, type PreviewAsk, shelfOfFacts } from '#monitor/views/announcement-preview.ts';
import type { AnnounceView, DraftConflict, DraftState, VerdictView } from '#monitor/views/maintenance-forms.ts';
import type { Verbs } from '../../api/verbs.ts';
import type { FormState } from '../prepared.ts';
import { type ConsoleAnswer, type ConsoleAsk, type ConsoleRoute, field, fields } from './console-route.ts';
import { emptyForm } from './form.ts';
import { eyesOf, nameless, shownTo } from './maintenance-eyes.ts';
import { type AnnouncementValues, askedOf, changeOf, emptyValues, FIELDS, readValues, valuesOfDraft } from './maintenance-form.ts';
import { type Answer, faulty, LIST, NEW, pathOf, reads, VERDICT, wholeNumber, writes } from './maintenance-places.ts';

const draftState = ({ id, version, author, recordedAt }: Draft): DraftState => ({ id, version, author, recordedAt });

export const announceRoutes = (verbs: Pick<Verbs, 'maintenance' | 'changed'>): readonly ConsoleRoute[] => {
  const shelf = shelfOfFacts();

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

  const newAgain = async (ask: ConsoleAsk): Answer =>
    again(ask, emptyForm(readValues((name) => fields(ask, name))), { draft: await draftAsked(ask) });
  return [
    { ...reads(NEW, opened), needs: 'maintenance:write' },
    writes(NEW, sent, newAgain),
    { ...reads(VERDICT, verdict, { fragment: true }), needs: 'maintenance:write' },
    { ...writes(VERDICT, verdict), fragment: true },
  ];
};
