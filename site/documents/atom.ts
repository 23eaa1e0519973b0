/** A feed as Atom (RFC 4287). */
import { isoText } from '../format.ts';
import type { Feed, FeedItem } from './feed.ts';
import { documentText, type Element, el } from './xml.ts';

const entryOf = ({ id, url, title, html, at, categories }: FeedItem): Element =>
  el(
    'entry',
    {},
    el('id', {}, id),
    el('title', {}, title),
    el('link', { rel: 'alternate', type: 'text/html', href: url }),
    el('published', {}, isoText(at)),
    el('updated', {}, isoText(at)),
    categories.map((term) => el('category', { term })),
    el('content', { type: 'html' }, html),
  );

export const atomText = (feed: Feed): string =>
  documentText(
    el(
      'feed',
      { xmlns: 'http://www.w3.org/2005/Atom', 'xml:lang': feed.lang },
      el('id', {}, feed.id),
      el('title', {}, feed.title),
      el('subtitle', {}, feed.about),
      el('updated', {}, isoText(feed.updatedAt)),
      el('author', {}, el('name', {}, feed.author)),
      el('link', { rel: 'self', type: 'application/atom+xml', href: feed.selfUrl }),
      el('link', { rel: 'alternate', type: 'text/html', href: feed.pageUrl }),
      el('generator', {}, 'Avow'),
      feed.items.map(entryOf),
    ),
  );
