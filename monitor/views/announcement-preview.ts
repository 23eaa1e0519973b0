/**
 * What an announcement would be if it were published now, new or changed, imported or ended: whether it is taken, what of it counts as
 * excluded and why not the rest, what becomes of the error budgets, how the public page would show it, and the window on every clock that
 * matters. One derivation: the rules decide (announcing.ts, changing.ts), the account judges (account.ts), the ledger's figures say what
 * a month comes to. Nothing is written. `preview…` is pure; instants and lengths in ms. Source: semantics B2, C3, mission X2, X5.
 */
import { readAnnouncements } from '#db/queries/announcements.ts';
import { readLedgerFacts } from '#db/queries/ledger-facts.ts';
import { readPostingComponents } from '#db/queries/posting-components.ts';
import { type LedgerFacts, monthZone } from '#domain/ledger/ledger-facts.ts';
import { describe, type Slot } from '#domain/maintenance/account.ts';
import { type AnnouncementFact, currentRevision, type RevisionFact } from '#domain/maintenance/announcement-fact.ts';
import { type Decided, decideAnnouncement, type NewAnnouncement } from '#domain/maintenance/announcing.ts';
import { answerOf, type Warning } from '#domain/maintenance/answer.ts';
import { type Change, changedWindow, decideEdit } from '#domain/maintenance/changing.ts';
import type { Situation } from '#domain/maintenance/situation.ts';
import { readText, type TextKind } from '#domain/maintenance/text-rules.ts';
import { nextSlots, resolveWindow } from '#domain/maintenance/window.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { after, DAY, earlier, type Instant, later, type Millis, millis, SECOND } from '#domain/time/instant.ts';
import { type Interval, lengthOf } from '#domain/time/interval.ts';
import { monthAt } from '#domain/time/month.ts';
import { monthAnywhere } from '#monitor/actions/report-context.ts';
import type { Context } from '#monitor/context.ts';
import { type BudgetChange, budgetChanges } from './budget-change.ts';
import { type Kept, keptFor } from './kept.ts';
import { type EntryView, entryView, termsAt } from './maintenance-entry.ts';
import type { AccountPart } from './maintenance-pages.ts';
import { dayFrom, type StripView, weekStrip } from './week-strip.ts';

/** What a form holds; `change` names only what is to be different. */
export type PreviewAsk =
  | { readonly kind: 'new'; readonly asked: NewAnnouncement }
  | { readonly kind: 'change'; readonly id: string; readonly change: Change };

/** One clock on which the window is told. */
export interface ZoneRow {
  readonly zone: string;
  readonly of: readonly ('reserve' | 'page' | 'utc' | 'customers')[];
  /** Names of the customers whose months are told in it. */
  readonly customers: readonly string[];
}
export interface PreviewFault {
  readonly code: string;
  readonly message: string;
  readonly facts: Readonly<Record<string, unknown>>;
}
export interface AnnouncementPreview {
  readonly asOf: Instant;
  /** Zone of the policy's months. */
  readonly zone: string;
  readonly reserveZone: string;
  /** Why it is not taken; null: it is. */
  readonly refusal: PreviewFault | null;
  /** What is wrong with the words alone: the time is judged all the same. */
  readonly texts: Readonly<Partial<Record<'title' | 'body', string>>>;
  /** Null: nothing can be said of the time. */
  readonly window: Interval | null;
  readonly slot: Slot | null;
  readonly announcedMs: Millis;
  readonly excludedMs: Millis;
  /** What counts before the change; null: there is nothing yet. */
  readonly excludedBeforeMs: Millis | null;
  readonly account: readonly AccountPart[];
  readonly warnings: readonly Warning[];
  readonly budgets: readonly BudgetChange[];
  /** As the public page would show it. */
  readonly entry: EntryView | null;
  readonly body: string;
  readonly zones: readonly ZoneRow[];
  readonly strip: StripView;
}

/** Of what is not written yet. */
const UNNAMED = 'unnamed';
const faultOf = ({ code, message, facts }: Refusal): PreviewFault => ({ code, message, facts });

/** Every clock once, in the order in which they matter. */
export const zonesOf = (facts: LedgerFacts, reserveZone: string): ZoneRow[] => {
  const current = facts.agreements.filter(({ removedAt }) => removedAt === null).map(({ agreement }) => agreement);
  const told: readonly (readonly [zone: string, of: ZoneRow['of'][number], customer: string | null])[] = [
    [reserveZone, 'reserve', null],
    ['UTC', 'utc', null],
    [monthZone(facts), 'page', null],
    ...current.map(({ reportZone, customerName }) => [reportZone, 'customers', customerName] as const),
  ];
  return [...Map.groupBy(told, ([zone]) => zone)].map(([zone, rows]) => ({
    zone,
    of: [...new Set(rows.map(([, of]) => of))],
    customers: [...new Set(rows.flatMap(([, , customer]) => customer ?? []))].sort(),
  }));
};

/** The words as they stand, or stand-ins while they are not such as may be published. */
const wordsFor = (
  title: string,
  body: string,
): { readonly title: string; readonly body: string; readonly faults: AnnouncementPreview['texts'] } => {
  const read = (kind: TextKind & ('title' | 'body'), text: string): readonly [string, string | null] => {
    const told = readText(kind, text);
    return isRefusal(told) ? [UNNAMED, told.message] : [told, null];
  };
  const [[readTitle, titleFault], [readBody, bodyFault]] = [read('title', title), read('body', body)];
  return {
    title: readTitle,
    body: readBody,
    faults: { ...(titleFault === null ? {} : { title: titleFault }), ...(bodyFault === null ? {} : { body: bodyFault }) },
  };
};

const partsOf = ({ excluded, notCounted }: ReturnType<typeof describe>): AccountPart[] =>
  [
    ...excluded.map((part): AccountPart => ({ start: part.start, end: part.end, ms: lengthOf(part), reason: null })),
    ...notCounted.map(({ start, end, ms, reason }): AccountPart => ({ start, end, ms, reason })),
  ].sort((a, b) => a.start - b.start);

const hullOf = (windows: readonly Interval[]): Interval | null =>
  windows.reduce<Interval | null>(
    (hull, { start, end }) => (hull ? { start: earlier(hull.start, start), end: later(hull.end, end) } : { start, end }),
    null,
  );

/** What the rules made of it: the fact as it would stand, beside the one that is there. */
interface Imagined {
  readonly fact: AnnouncementFact;
  readonly before: AnnouncementFact | null;
}

/** A decided announcement as it would be recorded at `now`. */
const asRecorded = ({ components, start, end, title, body }: Decided, before: AnnouncementFact | null, now: Instant): AnnouncementFact => {
  const at = before ? later(now, currentRevision(before).recordedAt) : now;
  const rev = before ? currentRevision(before).rev + 1 : 1;
  const revision: RevisionFact = { rev, recordedAt: at, publicAt: at, start, end, title, body, author: null };
  return before
    ? { ...before, revisions: [...before.revisions, revision] }
    : { id: UNNAMED, recordedAt: at, components, imported: false, author: null, revisions: [revision], ending: null, approval: null };
};

const decide = (ask: PreviewAsk, words: { readonly title: string; readonly body: string }, situation: Situation): Imagined | Refusal => {
  if (ask.kind === 'new') {
    const decided = decideAnnouncement({ ...ask.asked, title: words.title, body: words.body }, situation);
    return isRefusal(decided) ? decided : { fact: asRecorded(decided, null, situation.now), before: null };
  }
  const decided = decideEdit(ask.id, ask.change, situation);
  return isRefusal(decided) ? decided : { fact: asRecorded(decided, decided.fact, situation.now), before: decided.fact };
};

/** The time that is asked for, whatever the rules make of it; null: it is none. */
const timeOf = (ask: PreviewAsk, situation: Situation): Interval | null => {
  const { reserve } = situation.terms;
  const there = ask.kind === 'change' ? situation.announcements.find(({ id }) => id === ask.id) : undefined;
  const window =
    ask.kind === 'new'
      ? resolveWindow(reserve, ask.asked.window, situation.now)
      : there && changedWindow(situation, currentRevision(there), ask.change);
  return window === undefined || isRefusal(window) || window.end <= window.start ? null : window;
};

/** Everything that follows from an announcement as it would stand. */
const consequences = (facts: LedgerFacts, situation: Situation, { fact, before }: Imagined) => {
  const { asOf } = facts;
  const window = currentRevision(fact);
  const terms = termsAt(facts, window.start);
  const told = describe(fact, terms, asOf);
  const others = facts.announcements.filter(({ id }) => id !== fact.id);
  const after = { ...situation, announcements: [...situation.announcements.filter(({ id }) => id !== fact.id), fact] };
  return {
    window: { start: window.start, end: window.end },
    slot: told.slot,
    announcedMs: told.announcedMs,
    excludedMs: told.excludedMs,
    excludedBeforeMs: before && describe(before, termsAt(facts, currentRevision(before).start), asOf).excludedMs,
    account: partsOf(told),
    warnings: answerOf('', fact, before, after, monthZone(facts)).warnings,
    budgets: budgetChanges(facts, [...others, fact], [window, ...(before ? before.revisions : [])]),
    entry: entryView(facts, fact),
    body: window.body,
    excluded: told.excluded,
  };
};

/** Of an announcement that would come to stand differently (an ending, an approval), whatever verb does it. */
export const previewFact = (facts: LedgerFacts, situation: Situation, fact: AnnouncementFact, before: AnnouncementFact) =>
  consequences(facts, situation, { fact, before });

/** `facts` and `situation` as of one instant; `facts` reach over the months of the window (`previewRange`). */
export const previewAnnouncement = (facts: LedgerFacts, situation: Situation, ask: PreviewAsk): AnnouncementPreview => {
  const { terms, now } = situation;
  const there = ask.kind === 'change' ? situation.announcements.find(({ id }) => id === ask.id) : undefined;
  const last = there && currentRevision(there);
  const words =
    ask.kind === 'new'
      ? wordsFor(ask.asked.title, ask.asked.body)
      : wordsFor(ask.change.title ?? last?.title ?? '', ask.change.body ?? last?.body ?? '');
  const wordless: PreviewAsk =
    ask.kind === 'new' || !last
      ? ask
      : {
          ...ask,
          change: {
            ...ask.change,
            ...(words.faults.title === undefined ? {} : { title: last.title }),
            ...(words.faults.body === undefined ? {} : { body: last.body }),
          },
        };
  const decided = decide(wordless, words, situation);
  const window = timeOf(ask, situation);
  const [next] = nextSlots(terms.reserve, now, 1);
  const about = window ?? (last && { start: last.start, end: last.end }) ?? next ?? dayFrom(now);
  const marks = situation.announcements
    .filter(({ id, ending }) => ending === null && id !== there?.id)
    .map((fact) => {
      const { start, end, title } = currentRevision(fact);
      return { start, end, title };
    });
  const found = !isRefusal(decided)
    ? consequences(facts, situation, decided)
    : there && decided.code === 'nothing_changes'
      ? consequences(facts, situation, { fact: there, before: there })
      : null;
  const { excluded = [], ...rest } = found ?? {
    window,
    slot: null,
    announcedMs: window ? lengthOf(window) : millis(0),
    excludedMs: millis(0),
    excludedBeforeMs: null,
    account: [],
    warnings: [],
    budgets: [],
    entry: null,
    body: words.body,
  };
  return {
    asOf: facts.asOf,
    zone: monthZone(facts),
    reserveZone: terms.reserve.zone,
    refusal: isRefusal(decided) ? faultOf(decided) : null,
    texts: words.faults,
    ...rest,
    zones: zonesOf(facts, terms.reserve.zone),
    strip: weekStrip({ terms, now, about, chosen: window, excluded, others: marks }),
  };
};

/** No wall is further from UTC. */
const DAY_OF_ZONES = millis(DAY);

/** What the ledger must be read over, to say what becomes of the months of these windows. */
export const previewRange = (windows: readonly Interval[], now: Instant): Interval => {
  const before = after(now, millis(-1));
  const hull = hullOf(windows);
  if (!hull) return { start: before, end: now };
  const { start, end } = monthAnywhere(
    monthAt('UTC', after(hull.start, millis(-DAY_OF_ZONES))),
    monthAt('UTC', after(hull.end, millis(DAY_OF_ZONES))),
  );
  return { start: earlier(start, before), end: later(end, now) };
};
export interface PreviewFacts {
  readonly facts: LedgerFacts;
  readonly situation: Situation;
}

/** Keeps what was read of the evidence for a moment, for whoever asks at every key. */
export type Shelf = Kept<LedgerFacts>;
/** As long as a verdict may lag behind the checks while somebody types; whoever publishes is judged anew. */
const YOUNG = millis(5 * SECOND);
const OLD = millis(10 * SECOND);
/** One stretch of months, read once however many ask for it at a time. */
export const shelfOfFacts = (): Shelf => keptFor(YOUNG, OLD);
const NO_SHELF: Shelf = { take: (_key, _now, load) => load() };

/** Everything as it stands now, over the months of what is asked; with a shelf, as it stood a moment ago. */
export const readPreviewFacts = async (
  { store, clock, config }: Pick<Context, 'store' | 'clock' | 'config'>,
  windowsOf: (situation: Situation) => readonly Interval[],
  shelf = NO_SHELF,
): Promise<PreviewFacts> => {
  const { policy } = config;
  const [announcements, components] = await Promise.all([readAnnouncements(store), readPostingComponents(store)]);
  const now = clock.now();
  const situation: Situation = {
    terms: { reserve: policy.reserve, minNoticeMs: policy.minNoticeMs },
    now,
    announcements,
    components: new Set(components.filter(({ watched }) => watched).map(({ slug }) => slug)),
  };
  const range = previewRange(windowsOf(situation), now);
  const key = `${range.end} ${range.start < after(now, millis(-1)) ? range.start : ''}`;
  const read = (): Promise<LedgerFacts> => readLedgerFacts(store, { range, asOf: now, source: 'spans', causes: false });
  const facts = await shelf.take(key, now, read);
  return { facts, situation: { ...situation, now: facts.asOf } };
};

/** What would become of it now. */
export const announcementPreview = async (
  context: Pick<Context, 'store' | 'clock' | 'config'>,
  ask: PreviewAsk,
  shelf?: Shelf,
): Promise<AnnouncementPreview> => {
  const windowsOf = (situation: Situation): readonly Interval[] => {
    const window = timeOf(ask, situation);
    const there = ask.kind === 'change' ? situation.announcements.find(({ id }) => id === ask.id) : undefined;
    // A time that is past is not taken: nothing need be read for it.
    const { now } = situation;
    return [...(window ? [{ start: later(window.start, now), end: later(window.end, now) }] : []), ...(there?.revisions ?? [])];
  };
  const read = await readPreviewFacts(context, windowsOf, shelf);
  return previewAnnouncement(read.facts, read.situation, ask);
};
