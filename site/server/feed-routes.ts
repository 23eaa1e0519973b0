/** The feeds: four lists in three formats each, all of them also of one component. */
import { SLUG } from '#domain/slug.ts';
import { type FeedTopic, type FeedView, feedView } from '#monitor/views/feed-entries.ts';
import { atomText } from '../documents/atom.ts';
import { type Feed, feedOf } from '../documents/feed.ts';
import { jsonFeedText } from '../documents/json-feed.ts';
import { rssText } from '../documents/rss.ts';
import { FEEDS } from '../links.ts';
import type { DocumentRoute } from './document-presenter.ts';
import { nobodysChrome } from './nobody.ts';
import type { BadParameter } from './prepared.ts';

const LISTS: readonly (readonly [path: string, topic: FeedTopic | null])[] = [
  ['/feed', null],
  ['/incidents', 'incident'],
  ['/maintenance', 'maintenance'],
  ['/releases', 'release'],
];
const WRITERS: Readonly<Record<(typeof FEEDS)[number]['ext'], (feed: Feed) => string>> = {
  atom: atomText,
  rss: rssText,
  json: jsonFeedText,
};

export const judgeComponent = ({ component }: Readonly<Record<string, string>>): BadParameter | null =>
  component === undefined || SLUG.test(component)
    ? null
    : {
        parameter: 'component',
        message: 'A component is named by its slug as it stands in the address of its page: small letters, digits and hyphens.',
      };

export const feedRoutes: readonly DocumentRoute[] = LISTS.flatMap(([list, topic]) =>
  FEEDS.map(({ ext, type }): DocumentRoute => {
    const path = `${list}.${ext}`;
    const write = WRITERS[ext];
    return {
      pattern: path,
      type: `${type}; charset=utf-8`,
      spoken: true,
      query: ['component'],
      judge: judgeComponent,
      view: (context, { component }) => feedView(context, { topic, slug: component ?? null }),
      draw: (view, chrome) => write(feedOf(view as FeedView, topic, path, chrome)),
      blank: (chrome, asOf) => {
        const nothing = { instanceId: '', zone: 'UTC', component: null, since: asOf, entries: [] } as object as FeedView;
        return write(feedOf(nothing, topic, path, chrome ?? nobodysChrome(asOf)));
      },
    };
  }),
);
