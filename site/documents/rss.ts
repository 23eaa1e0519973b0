/** A feed as RSS 2.0, with the address of the feed itself as the Atom namespace says it. Times are RFC 822 in UTC. */
import { timeText } from '../format.ts';
import type { Feed, FeedItem } from './feed.ts';
import { documentText, type Element, el } from './xml.ts';

/** How long readers need not ask again, minutes. */
const TTL_MIN = 10;

/** "Sat, 28 Nov 2026 15:04:05 GMT": English whatever the feed speaks. */
const rfc822 = (at: number): string => {
  const [weekday = '', day = ''] = timeText('en', 'UTC', at, 'slotPadded').split(', ');
  return `${weekday}, ${day.replace('Sept', 'Sep')} ${timeText('en', 'UTC', at, 'seconds')} GMT`;
};

const itemOf = ({ id, url, title, html, at, categories }: FeedItem): Element =>
  el(
    'item',
    {},
    el('title', {}, title),
    el('link', {}, url),
    el('guid', { isPermaLink: 'false' }, id),
    el('pubDate', {}, rfc822(at)),
    categories.map((category) => el('category', {}, category)),
    el('description', {}, html),
  );

export const rssText = (feed: Feed): string =>
  documentText(
    el(
      'rss',
      { version: '2.0', 'xmlns:atom': 'http://www.w3.org/2005/Atom' },
      el(
        'channel',
        {},
        el('title', {}, feed.title),
        el('link', {}, feed.pageUrl),
        el('description', {}, feed.about),
        el('language', {}, feed.lang),
        el('lastBuildDate', {}, rfc822(feed.updatedAt)),
        el('generator', {}, 'Avow'),
        el('ttl', {}, String(TTL_MIN)),
        el('atom:link', { rel: 'self', type: 'application/rss+xml', href: feed.selfUrl }),
        feed.items.map(itemOf),
      ),
    ),
  );
