/**
 * Public answers as prepared bytes. One render per change and path whoever asks (single flight); results that change no
 * state renew a page at most every 10 s; the passing of time renews it after 20 s, so that silence becomes "unknown".
 * When the facts cannot be had the last good view is shown again, with its age; after 15 minutes it claims no state.
 * Ages are monotonic. Source: reliability P7 and P24, performance.md "Render on change, serve bytes".
 */
import type { Instant } from '#domain/time/instant.ts';
import type { Clock } from '#monitor/clock.ts';
import type { Context, Log } from '#monitor/context.ts';
import type { FrameView } from '#monitor/views/frame.ts';
import { DEFAULT_LANG, negotiate } from '../i18n/languages.ts';
import { aroundBrand } from './brand-documents.ts';
import { gate } from './gate.ts';
import { NOBODY } from './nobody.ts';
import { type Ready, ready } from './prepare.ts';
import type { Address, Around, PageLocals } from './prepared.ts';
import { type Match, type Presenter, spokenKey } from './public-route.ts';
import type { HeaderPairs } from './security-headers.ts';
import type { KeptView, Snapshot } from './snapshot.ts';
import { inTime, isStoreTrouble } from './store-trouble.ts';

/** Results without a change of state renew a page no more often than this. */
export const RENEW_RESULTS_US = 10_000_000;
/** With no result at all, time itself renews it. */
export const RENEW_TIME_US = 20_000_000;
/** Older bytes are not handed out while new ones can be had. */
export const OLDEST_US = 30_000_000;
/** While the store is away it is asked again this often. */
const RETRY_US = 2_000_000;
/** A page asked for within this is renewed at once when something changes. */
const RECENT_US = 60_000_000;
/** Old bytes may go out this long after a change, while the new ones are made. */
const CHANGE_GRACE_US = 1_000_000;
/** A view that takes longer is given up: the store hangs. Once it is known to ail, it gets less. */
const VIEW_DEADLINE_MS = 2_000;
const AILING_DEADLINE_MS = 250;
/** P7: from here on nothing old is shown as known. */
const EXPIRES_MS = 15 * 60_000;
/** Facts from further ahead than this are of another clock: their age is not known. */
const AHEAD_MS = 60_000;
const BLANK_MS = 5_000;

export interface PageStoreDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly context: () => Context | null;
  /** Since when what the store says may be out of date; null: it is not. */
  readonly staleSince: () => Instant | null;
  readonly always: HeaderPairs;
  readonly maxBytes: number;
  /** Called after each new good view. */
  readonly onKept: () => void;
  readonly origin: () => string;
  /** What stands around every page, of the store's facts. */
  readonly frame: (context: Context) => Promise<FrameView>;
}

interface Entry extends Match {
  ready: Ready | null;
  kept: KeptView | null;
  /** What the bytes are made from; a differing number means they are behind. */
  change: number;
  results: number;
  builtUs: number;
  askedUs: number;
  /** Bytes show facts older than they should be: which view, and whether as expired. */
  staleMark: string | null;
  work: Promise<Outcome> | null;
  /** Requests that wait for that work. */
  waiters: number;
}
type Outcome = 'ready' | 'missing';

/** Which is given up first for room: one that knows nothing, as is made for any address while the store is away, then by when it was asked for. */
const goesBefore = (a: Entry, b: Entry): boolean => ((a.kept === null) === (b.kept === null) ? a.askedUs < b.askedUs : a.kept === null);
/** The same address is answered in several languages. */
const isNegotiated = ({ target, address }: Entry): boolean => target.route.spoken === true && !address.asked;
export type Found = { readonly ready: Ready } | { readonly missing: true } | { readonly busy: true };

export interface PageStore {
  /** The bytes for exactly this request line, when they may go out as they are. The hot path: no promise, no allocation. */
  hot(url: string, acceptLanguage: string | null): Ready | undefined;
  find(match: Match): Promise<Found>;
  /** Whether asking for `key` makes no new work: its bytes, or that there are none, are known. */
  holds(key: string): boolean;
  /** New results: `changed` tells whether any state, incident or definition did. */
  recorded(changed: boolean): void;
  snapshot(): Snapshot;
  /** What every page is surrounded by, as of now. */
  chrome(address: Address): PageLocals['chrome'];
  readonly stats: { readonly renders: number; readonly entries: number; readonly bytes: number };
}

export const pageStore = (deps: PageStoreDeps, restored: Snapshot | null): PageStore => {
  const { clock, log } = deps;
  const entries = new Map<string, Entry>();
  const blanks = new Map<string, number>();
  const keptBefore = new Map((restored?.views ?? []).map((view) => [view.key, view]));
  const building = gate(2, 256);
  let change = 1;
  let changedUs = -CHANGE_GRACE_US;
  let results = 1;
  let bytes = 0;
  let renders = 0;
  /** When the store last failed to answer; null: it answered since. */
  let failedUs: number | null = null;
  let around: Around | null = restored?.around ?? null;
  let framed: { readonly change: number; readonly atUs: number; readonly frame: Promise<FrameView> } | null = null;

  const aroundOf = (context: Context | null): Around => {
    if (context) {
      const { page, policy, support } = context.config;
      around = {
        pageName: page.name,
        pageUrl: page.url,
        zone: policy.zone,
        support,
        brand: aroundBrand(page.brand),
        frame: around?.frame ?? null,
      };
    }
    return around ?? NOBODY;
  };

  /** Read once per change for all pages; time alone moves it on as it does pages. */
  const frameOf = async (context: Context): Promise<void> => {
    const nowUs = clock.monotonicUs();
    if (!framed || framed.change !== change || nowUs - framed.atUs >= RENEW_RESULTS_US)
      framed = { change, atUs: nowUs, frame: inTime(clock, VIEW_DEADLINE_MS, deps.frame(context)) };
    const asked = framed;
    const frame = await asked.frame.catch((cause: unknown) => {
      if (framed === asked) framed = null;
      throw cause;
    });
    around = { ...aroundOf(context), frame };
  };

  const surroundings = (context: Context | null, staleSinceMs: number | null, address: Address): PageLocals['chrome'] => ({
    ...aroundOf(context),
    ...address,
    origin: deps.origin(),
    generatedAtMs: clock.now(),
    staleSinceMs,
  });

  const present = async (
    entry: Entry,
    presenter: Presenter,
    view: object,
    context: Context | null,
    staleSinceMs: number | null,
  ): Promise<Ready | null> => {
    const locals: PageLocals = { view, chrome: surroundings(context, staleSinceMs, entry.address) };
    renders++;
    const prepared = await presenter.present(
      new Request(deps.origin() + entry.address.path),
      locals,
      staleSinceMs ?? locals.chrome.generatedAtMs,
    );
    return prepared && ready(prepared, deps.always);
  };

  const adopt = (entry: Entry, answer: Ready): void => {
    if (entries.get(entry.key) !== entry) return;
    bytes += answer.weight - (entry.ready?.weight ?? 0);
    entry.ready = answer;
    while (bytes > deps.maxBytes && entries.size > 1) {
      let oldest: Entry | null = null;
      for (const other of entries.values()) if (other !== entry && (!oldest || goesBefore(other, oldest))) oldest = other;
      if (!oldest) break;
      forget(oldest);
    }
  };
  const forget = (entry: Entry): void => {
    if (entries.delete(entry.key)) bytes -= entry.ready?.weight ?? 0;
  };

  const viewOf = async (entry: Entry, context: Context): Promise<object | null> => {
    try {
      const deadline = deps.staleSince() === null ? VIEW_DEADLINE_MS : AILING_DEADLINE_MS;
      const view = await inTime(clock, deadline, entry.target.route.view(context, entry.params));
      await frameOf(context);
      failedUs = null;
      return view;
    } catch (cause) {
      // One page's own fault must not take the others' facts away; a store that is away is away for all.
      if (isStoreTrouble(cause)) failedUs = clock.monotonicUs();
      throw cause;
    }
  };

  /** From the facts of now. Throws when they cannot be had or not shown. */
  const buildFresh = async (entry: Entry): Promise<Outcome> => {
    const context = deps.context();
    if (!context) throw new Error('the store is not open');
    if (failedUs !== null && clock.monotonicUs() - failedUs < RETRY_US) throw new Error('the store did not answer a moment ago');
    const asOf = clock.now();
    const view = await viewOf(entry, context);
    if (view === null) return 'missing';
    const since = deps.staleSince();
    const expired = since !== null && asOf - since > EXPIRES_MS;
    const shown = expired ? (entry.target.route.expire?.(view) ?? view) : view;
    const answer = await present(entry, entry.target.presenter, shown, context, since);
    if (!answer) return 'missing';
    adopt(entry, answer);
    entry.staleMark = null;
    entry.kept = { key: entry.key, pattern: entry.target.route.pattern, params: entry.params, view, asOf: since ?? asOf };
    deps.onKept();
    return 'ready';
  };

  /** From the last good view, with its age; without one, the sentence that Avow is being set up. Throws never. */
  const buildStale = async (entry: Entry): Promise<void> => {
    const kept = entry.kept;
    const { presenter, route } = entry.target;
    const now = clock.now();
    const expired = kept !== null && (now - kept.asOf > EXPIRES_MS || kept.asOf - now > AHEAD_MS);
    const mark = kept ? `${kept.asOf} ${expired}` : 'nothing';
    if (entry.ready && entry.staleMark === mark) return;
    const before = entry.ready;
    try {
      if (!kept) adopt(entry, ready(await presenter.settingUp(surroundings(null, null, entry.address)), deps.always));
      else {
        const view = expired ? (route.expire?.(kept.view) ?? kept.view) : kept.view;
        const answer = await present(entry, presenter, view, null, kept.asOf);
        if (!answer) throw new Error('the renderer knows no such page');
        adopt(entry, answer);
      }
    } catch (cause) {
      log.error('A page could not be rendered even from its last good facts.', { path: entry.key, cause: String(cause) });
      const old = before && !expired && entry.staleMark === null ? before.variants.identity.body : null;
      adopt(entry, ready(await presenter.withoutRenderer(old, kept?.asOf ?? null, now), deps.always));
    }
    entry.staleMark = mark;
  };

  const build = async (entry: Entry): Promise<Outcome> => {
    const started = { change, results, atUs: clock.monotonicUs() };
    let outcome: Outcome = 'ready';
    try {
      outcome = await buildFresh(entry);
    } catch (cause) {
      if (entry.staleMark === null)
        log.warn('A page could not be made from fresh facts; the last good ones are shown.', { path: entry.key, cause: String(cause) });
      await buildStale(entry);
    } finally {
      entry.change = started.change;
      entry.results = started.results;
      entry.builtUs = started.atUs;
    }
    if (outcome === 'missing') {
      forget(entry);
      // What is gone does not come back when the store goes, nor after a restart.
      keptBefore.delete(entry.key);
    }
    return outcome;
  };

  /** Joins the render under way, or starts one; a change that came meanwhile starts another. */
  const renew = (entry: Entry): Promise<Outcome> => {
    entry.work ??= building
      .run(() => build(entry), { awaited: () => entry.waiters > 0 })
      .finally(() => {
        entry.work = null;
        if (entries.get(entry.key) === entry && entry.change !== change) void renew(entry).catch(noted);
      });
    return entry.work;
  };
  /** Of what a request waits for: it goes before what is renewed for nobody yet. */
  const awaited = async (entry: Entry): Promise<Outcome> => {
    entry.waiters++;
    try {
      return await renew(entry);
    } finally {
      entry.waiters--;
    }
  };
  const noted = (cause: unknown): void => log.error('A page could not be renewed.', { cause: String(cause) });

  const due = (entry: Entry, ageUs: number): boolean =>
    entry.change !== change ||
    ageUs >= RENEW_TIME_US ||
    (entry.results !== results && ageUs >= RENEW_RESULTS_US) ||
    (entry.staleMark !== null && ageUs >= RETRY_US);
  /** Bytes that may go out although better ones may exist in a moment. */
  const servable = (entry: Entry, nowUs: number): boolean =>
    nowUs - entry.builtUs < OLDEST_US && (entry.change === change || nowUs - changedUs < CHANGE_GRACE_US);

  const touch = (entry: Entry): Ready | undefined => {
    const nowUs = clock.monotonicUs();
    entry.askedUs = nowUs;
    if (!entry.ready) return undefined;
    if (entry.work === null && due(entry, nowUs - entry.builtUs)) void renew(entry).catch(noted);
    return servable(entry, nowUs) ? entry.ready : undefined;
  };

  const open = (match: Match): Entry => {
    const { key } = match;
    const kept = keptBefore.get(key) ?? null;
    const entry: Entry = {
      ...match,
      ready: null,
      kept,
      change: 0,
      results: 0,
      builtUs: 0,
      askedUs: clock.monotonicUs(),
      staleMark: null,
      work: null,
      waiters: 0,
    };
    entries.set(key, entry);
    return entry;
  };

  const rememberBlank = (key: string): void => {
    blanks.set(key, clock.monotonicUs());
    if (blanks.size > 2_000) blanks.delete(blanks.keys().next().value as string);
  };

  /** It was asked for a moment ago, and there was no such thing. */
  const isBlank = (key: string): boolean => {
    const blankUs = blanks.get(key);
    return blankUs !== undefined && clock.monotonicUs() - blankUs < BLANK_MS * 1_000;
  };

  return {
    holds: (key) => entries.has(key) || isBlank(key),
    hot(url, acceptLanguage) {
      const entry = entries.get(url);
      if (entry && !isNegotiated(entry)) return touch(entry);
      const lang = negotiate(acceptLanguage);
      const own = lang === DEFAULT_LANG ? entry : entries.get(spokenKey(url, lang));
      return own && touch(own);
    },
    async find(match) {
      const { key } = match;
      if (isBlank(key)) return { missing: true };
      const known = entries.get(key);
      if (!known && building.full) return { busy: true };
      const entry = known ?? open(match);
      const prompt = known && touch(entry);
      if (prompt) return { ready: prompt };
      const outcome = await awaited(entry);
      if (outcome === 'missing') {
        rememberBlank(key);
        return { missing: true };
      }
      return entry.ready ? { ready: entry.ready } : { missing: true };
    },
    recorded(changed) {
      results++;
      if (!changed) return;
      change++;
      blanks.clear();
      // A store that is well again is asked at once.
      if (deps.staleSince() === null) failedUs = null;
      const nowUs = clock.monotonicUs();
      changedUs = nowUs;
      const asked = [...entries.values()].filter((entry) => nowUs - entry.askedUs < RECENT_US).sort((a, b) => b.askedUs - a.askedUs);
      for (const entry of asked) void renew(entry).catch(noted);
    },
    snapshot: () => {
      const views = [...entries.values()].sort((a, b) => b.askedUs - a.askedUs).flatMap((entry) => entry.kept ?? []);
      const seen = new Set(views.map((view) => view.key));
      return {
        version: 2,
        around: aroundOf(deps.context()),
        views: [...views, ...[...keptBefore.values()].filter((view) => !seen.has(view.key))],
      };
    },
    chrome: (address) => surroundings(deps.context(), null, address),
    get stats() {
      return { renders, entries: entries.size, bytes };
    },
  };
};
