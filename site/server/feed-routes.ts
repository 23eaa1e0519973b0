/** The feeds: four lists in three formats each, all of them also of one component. */
import { type FeedTopic, type FeedView, feedView } from '#monitor/views/feed-entries.ts';
import { ATOM_TYPE, atomText } from '../documents/atom.ts';
import { type Feed, feedOf } from '../documents/feed.ts';
import { JSON_FEED_TYPE, jsonFeedText } from '../documents/json-feed.ts';
import { RSS_TYPE, rssText } from '../documents/rss.ts';
import type { DocumentRoute } from './document-presenter.ts';
import { nobodysChrome } from './nobody.ts';
import type { BadParameter } from './prepared.ts';

const LISTS: readonly (readonly [path: string, topic: FeedTopic | null])[] = [
  ['/feed', null],
  ['/incidents', 'incident'],
  ['/maintenance', 'maintenance'],
  ['/releases', 'release'],
];
const FORMATS: readonly (readonly [ending: string, type: string, write: (feed: Feed) => string])[] = [
  ['atom', ATOM_TYPE, atomText],
  ['rss', RSS_TYPE, rssText],
  ['json', JSON_FEED_TYPE, jsonFeedText],
];

/** As slugs are made (monitor/config/fields.ts). */
const SLUG = /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/;
export const judgeComponent = ({ component }: Readonly<Record<string, string>>): BadParameter | null =>
  component === undefined || SLUG.test(component)
    ? null
    : {
        parameter: 'component',
        message: 'A component is named by its slug as it stands in the address of its page: small letters, digits and hyphens.',
      };

export const feedRoutes: readonly DocumentRoute[] = LISTS.flatMap(([list, topic]) =>
  FORMATS.map(
    ([ending, type, write]): DocumentRoute => ({
      pattern: `${list}.${ending}`,
      type,
      spoken: true,
      query: ['component'],
      judge: judgeComponent,
      view: (context, { component }) => feedView(context, { topic, slug: component ?? null }),
      draw: (view, chrome) => write(feedOf(view as FeedView, topic, `${list}.${ending}`, chrome)),
      blank: (chrome, asOf) => {
        const nothing = { instanceId: '', zone: 'UTC', component: null, since: asOf, entries: [] } as object as FeedView;
        return write(feedOf(nothing, topic, `${list}.${ending}`, chrome ?? nobodysChrome(asOf)));
      },
    }),
  ),
);
