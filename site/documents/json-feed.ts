/** A feed as JSON Feed 1.1 (jsonfeed.org/version/1.1). */
import { isoText } from '../format.ts';
import type { Feed } from './feed.ts';
import { cleanText } from './xml.ts';

export const jsonFeedText = (feed: Feed): string =>
  `${JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: cleanText(feed.title),
    home_page_url: feed.pageUrl,
    feed_url: feed.selfUrl,
    description: cleanText(feed.about),
    language: feed.lang,
    authors: [{ name: cleanText(feed.author) }],
    items: feed.items.map(({ id, url, title, html, text, at, categories }) => ({
      id,
      url,
      title: cleanText(title),
      content_html: html,
      content_text: cleanText(text),
      date_published: isoText(at),
      date_modified: isoText(at),
      tags: categories.map(cleanText),
    })),
  })}\n`;
