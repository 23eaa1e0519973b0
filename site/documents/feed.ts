/**
 * The three feeds of one list of entries, as one neutral form that each writer puts down in its own format: ids that never change,
 * titles and text in the reader's language, links to our pages. Pure.
 */
import type { FeedEntry, FeedTopic, FeedView, MaintenanceEntry } from '#monitor/views/feed-entries.ts';
import { timeText, windowText } from '../format.ts';
import type { Words } from '../i18n/en/words.ts';
import { wordsOf } from '../i18n/words.ts';
import { hrefFrom } from '../links.ts';
import { plainOf } from '../markdown.ts';
import type { PageLocals } from '../server/prepared.ts';
import { htmlOf, paragraphOf } from './rich-text.ts';
import { stableId } from './stable-id.ts';

type Chrome = PageLocals['chrome'];

export interface FeedItem {
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly html: string;
  readonly text: string;
  /** When it was told, ms. */
  readonly at: number;
  readonly categories: readonly string[];
}
export interface Feed {
  readonly id: string;
  readonly lang: string;
  readonly title: string;
  readonly about: string;
  readonly author: string;
  /** Of this feed, and of the page for people. */
  readonly selfUrl: string;
  readonly pageUrl: string;
  /** When the newest entry was told, ms. */
  readonly updatedAt: number;
  readonly items: readonly FeedItem[];
}

/** How much of a window counts as excluded, and why the rest does not. */
export const accountText = (
  { excludedMs, announcedMs, notCounted }: Pick<MaintenanceEntry, 'excludedMs' | 'announcedMs' | 'notCounted'>,
  words: Words['feeds'],
): string => [words.counted(excludedMs, announcedMs), ...notCounted.map(({ ms, reason }) => words.notCounted(ms, reason))].join(' ');

/** A paragraph or more, in both forms. */
interface Said {
  readonly text: string;
  readonly html: string;
}
const plain = (text: string): Said => ({ text, html: paragraphOf(text) });
const written = (markdown: string): Said => ({ text: plainOf(markdown), html: htmlOf(markdown) });

/** What an entry says besides its title: sentences of ours, and what people wrote. */
const saidIn = (entry: FeedEntry, zone: string, words: Words): Said[] => {
  const { feeds, lang } = words;
  const concerns = entry.components?.length === 0 ? [] : [plain(feeds.concerns(entry.components))];
  if (entry.about === 'incident') return [written(entry.body), ...concerns];
  if (entry.about === 'maintenance') {
    return [plain(feeds.window(windowText(lang, zone, entry.window))), written(entry.body), plain(accountText(entry, feeds)), ...concerns];
  }
  const { kind, step, notes, deployedAt } = entry;
  if (deployedAt === null) return [plain(feeds.kind[kind]), written(notes), ...concerns];
  const moment = `${timeText(lang, 'UTC', deployedAt, 'dateClock')} UTC`;
  return [plain(feeds.kind[kind]), plain(step === 'rolled_back' ? feeds.rolledBack(moment) : feeds.deployed(moment)), ...concerns];
};

const titleOf = (entry: FeedEntry, { feeds, incidentStatus }: Words): string => {
  if (entry.about === 'incident') return feeds.incidentTitle(incidentStatus[entry.status], entry.title);
  if (entry.about === 'maintenance') return feeds.maintenanceTitle(entry.step, entry.title);
  return feeds.releaseTitle(entry.step, entry.version, entry.title);
};

const PAGES: Readonly<Record<FeedTopic, string>> = { incident: '/history', maintenance: '/maintenance', release: '/releases' };

/** `path`: of the feed itself. */
export const feedOf = (view: FeedView, topic: FeedTopic | null, path: string, chrome: Chrome): Feed => {
  const words = wordsOf(chrome.lang);
  const { pageName, origin } = chrome;
  const name = view.component?.name ?? null;
  const page = view.component ? `/components/${view.component.slug}` : topic === null ? '/' : PAGES[topic];
  const address = view.component ? `${path}?component=${view.component.slug}` : path;
  return {
    // The three formats tell the same.
    id: stableId(view.instanceId, `feed ${topic ?? 'all'} ${view.component?.slug ?? ''}`),
    lang: words.lang,
    title: words.feeds.title(pageName, topic, name),
    about: words.feeds.about(pageName, topic, name),
    author: pageName,
    selfUrl: origin + hrefFrom(chrome, address),
    pageUrl: origin + hrefFrom(chrome, page),
    updatedAt: view.entries[0]?.at ?? view.since,
    items: view.entries.map((entry) => {
      const said = saidIn(entry, view.zone, words);
      return {
        id: stableId(view.instanceId, entry.key),
        url: origin + hrefFrom(chrome, entry.path),
        title: titleOf(entry, words),
        html: said.map(({ html }) => html).join(''),
        text: said.map(({ text }) => text).join('\n\n'),
        at: entry.at,
        categories: entry.components ?? [],
      };
    }),
  };
};
