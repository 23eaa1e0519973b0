import { parseFeed } from '@rowanmanning/feed-parser';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildFeedEntries, type FeedFacts, type FeedView, MOST_ENTRIES } from '#monitor/views/feed-entries.ts';
import { atomText } from '#site/documents/atom.ts';
import { feedOf } from '#site/documents/feed.ts';
import { jsonFeedText } from '#site/documents/json-feed.ts';
import { rssText } from '#site/documents/rss.ts';
import { cleanText } from '#site/documents/xml.ts';
import { safeHtml } from '#site/markdown.ts';
import { feedRoutes, judgeComponent } from '#site/server/feed-routes.ts';
import { nobodysChrome } from '#site/server/nobody.ts';
import { component } from '../../support/front-rig.ts';
import { HOSTILE_TEXTS } from '../../support/hostile-texts.ts';
import { at, POLICY } from '../../support/maintenance-desk.ts';
import { announcement, CANARY, ending, incident, release, revision } from '../../support/public-facts.ts';
import { childrenOf, type ReadElement, readXml, textOf } from '../../support/xml-tree.ts';

const NOW = at('2026-11-29T12:00Z');
const facts = (more: Partial<FeedFacts> = {}): FeedFacts => ({
  components: [component(1, 'checkout'), component(2, 'search')],
  incidents: [],
  announcements: [],
  releases: [],
  ...more,
});
const viewOf = (of: FeedFacts, topic: 'incident' | 'maintenance' | 'release' | null = null, slug: string | null = null): FeedView => ({
  instanceId: 'instance-1',
  zone: POLICY.reserve.zone,
  component: slug === null ? null : { slug, name: slug.toUpperCase() },
  since: at('2026-01-01T00:00Z'),
  entries: buildFeedEntries(of, POLICY, { topic, slug }, NOW),
});
const chrome = { ...nobodysChrome(NOW), pageName: 'Example <Cloud>', origin: 'https://status.example.com' };
const feed = (view: FeedView) => feedOf(view, null, '/feed.atom', chrome);

const saturday = announcement(
  'm-1',
  [
    revision(1, '2026-11-24T10:00Z', '2026-11-28T10:00-05:00', '2026-11-28T12:00-05:00'),
    revision(2, '2026-11-25T10:00Z', '2026-11-28T10:00-05:00', '2026-11-28T13:00-05:00', { title: 'Database upgrade, longer' }),
  ],
  { ending: ending('completed', '2026-11-28T12:30-05:00'), components: ['checkout'] },
);
const everything = facts({
  incidents: [
    incident('i-1', 'Checkout is slow', [
      ['2026-11-20T10:00Z', 'investigating', 'We look.'],
      ['2026-11-20T11:00Z', 'resolved', 'It was a cable.\n\nIt is replaced.'],
    ]),
    incident('i-2', 'Search is gone', [['2026-11-21T10:00Z', 'identified', 'We know.']], [2]),
  ],
  announcements: [saturday],
  releases: [
    release('1.0.0', `a ${CANARY} draft`),
    release('2.0.0', 'Faster search', {
      notes: [
        { rev: 1, recordedAt: at('2026-11-10T10:00Z'), notes: 'Search is faster.', author: CANARY },
        { rev: 2, recordedAt: at('2026-11-26T10:00Z'), notes: 'Search is faster and smaller.', author: CANARY },
        { rev: 3, recordedAt: at('2026-11-27T10:00Z'), notes: `${CANARY} of tomorrow`, author: CANARY },
      ],
      publications: [
        { rev: 1, recordedAt: at('2026-11-10T10:00Z'), publicAt: at('2026-11-12T10:00Z'), author: CANARY },
        { rev: 2, recordedAt: at('2026-11-26T10:00Z'), publicAt: at('2026-11-26T11:00Z'), author: CANARY },
        { rev: 3, recordedAt: at('2026-11-27T10:00Z'), publicAt: at('2026-11-30T10:00Z'), author: CANARY },
      ],
      plans: [{ recordedAt: at('2026-11-24T11:00Z'), announcement: 'm-1', plannedAt: null, author: CANARY }],
      deployments: [
        {
          recordedAt: at('2026-11-28T16:00Z'),
          deployedAt: at('2026-11-28T15:30Z'),
          kind: 'deploy',
          place: 'inside',
          announcement: 'm-1',
          reason: CANARY,
          approvedBy: CANARY,
          author: CANARY,
        },
      ],
    }),
  ],
});

interface Told {
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly html: string;
  readonly at: number;
  readonly tags: readonly string[];
}
const ofAtom = (text: string): Told[] =>
  childrenOf(readXml(text), 'entry').map((entry) => ({
    id: textOf(entry, 'id'),
    url: childrenOf(entry, 'link')[0]?.attributes['href'] ?? '',
    title: textOf(entry, 'title'),
    html: textOf(entry, 'content'),
    at: Date.parse(textOf(entry, 'updated')),
    tags: childrenOf(entry, 'category').map(({ attributes }) => attributes['term'] ?? ''),
  }));
const ofRss = (text: string): Told[] =>
  childrenOf(childrenOf(readXml(text), 'channel')[0] as ReadElement, 'item').map((item) => ({
    id: textOf(item, 'guid'),
    url: textOf(item, 'link'),
    title: textOf(item, 'title'),
    html: textOf(item, 'description'),
    at: Date.parse(textOf(item, 'pubDate')),
    tags: childrenOf(item, 'category').map((category) => category.text),
  }));
interface JsonItem {
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly content_html: string;
  readonly content_text: string;
  readonly date_published: string;
  readonly tags: readonly string[];
}
const jsonItems = (text: string): readonly JsonItem[] => (JSON.parse(text) as { readonly items: readonly JsonItem[] }).items;
const ofJson = (text: string): Told[] =>
  jsonItems(text).map(({ id, url, title, content_html, date_published, tags }) => ({
    id,
    url,
    title,
    html: content_html,
    at: Date.parse(date_published),
    tags,
  }));

describe('what is told', () => {
  test('every update is one entry, the newest first', () => {
    expect(feed(viewOf(everything)).items.map(({ title }) => title)).toEqual([
      'Maintenance completed: Database upgrade, longer',
      '2.0.0 is in production: Faster search',
      'Release notes of 2.0.0 changed: Faster search',
      'Maintenance changed: Database upgrade, longer',
      'Maintenance announced: Database upgrade',
      'Identified: Search is gone',
      'Resolved: Checkout is slow',
      'Investigating: Checkout is slow',
      'Release notes of 2.0.0: Faster search',
    ]);
  });

  test('a window is said in its zone and in UTC, with what of it counts as excluded and why the rest does not', () => {
    const [completed, , , changed, announced] = feed(viewOf(everything)).items;
    const [window] = announced?.text.split('\n\n') ?? [];
    expect(window).toBe('Window: Sat, 28 Nov 2026, 10:00–12:00 Eastern Time (EST, UTC−5) = 15:00–17:00 UTC.');
    expect(announced?.text).toContain('Excluded from availability: 2\u00a0h 0\u00a0min, all of it.');
    expect(changed?.text).toContain('Excluded from availability: 3\u00a0h 0\u00a0min, all of it.');
    expect(completed?.text).toContain('Excluded from availability: 2\u00a0h 30\u00a0min of 3\u00a0h 0\u00a0min.');
    expect(completed?.text).toContain('Not excluded: 30\u00a0min, because the work was over before.');
  });

  test('what was told does not change by what is told later', () => {
    const before = viewOf({ ...everything, announcements: [{ ...saturday, revisions: [saturday.revisions[0]], ending: null }] });
    const after = viewOf(everything);
    expect(after.entries).toEqual(expect.arrayContaining(before.entries.filter(({ about }) => about === 'maintenance')));
    expect(feed(after)).toEqual(feed(viewOf(everything)));
  });

  test('ids do not depend on the address, the name of the page or the language of the reader', () => {
    const moved = { ...chrome, origin: 'https://other.example.org', pageName: 'Another name' };
    const ids = (of: ReturnType<typeof feedOf>): string[] => [of.id, ...of.items.map(({ id }) => id)];
    const here = ids(feed(viewOf(everything)));
    expect(ids(feedOf(viewOf(everything), null, '/feed.rss', moved))).toEqual(here);
    expect(new Set(here).size).toBe(here.length);
    for (const id of here) expect(id).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(ids(feed({ ...viewOf(everything), instanceId: 'instance-2' })).some((id) => here.includes(id))).toBe(false);
  });

  test('drafts, notes of tomorrow, people, tickets and reasons are in no feed', () => {
    const text = [atomText, rssText, jsonFeedText].map((write) => write(feed(viewOf(everything)))).join('');
    expect(text).not.toContain(CANARY);
    expect(text).not.toContain('1.0.0');
  });

  test('of one component: what concerns it, and what concerns all', () => {
    const titles = (slug: string): string[] => feed(viewOf(everything, null, slug)).items.map(({ title }) => title);
    expect(titles('search')).toEqual(['Identified: Search is gone']);
    expect(titles('checkout')).toHaveLength(8);
    const forAll = facts({ announcements: [{ ...saturday, components: '*' }] });
    expect(feed(viewOf(forAll, null, 'search')).items).toHaveLength(3);
  });

  test('each list holds its own and nothing else', () => {
    const about = (topic: 'incident' | 'maintenance' | 'release'): string[] => [
      ...new Set(viewOf(everything, topic).entries.map((entry) => entry.about)),
    ];
    expect(about('incident')).toEqual(['incident']);
    expect(about('maintenance')).toEqual(['maintenance']);
    expect(about('release')).toEqual(['release']);
  });

  test('at most fifty, whatever happens', () => {
    const many = Array.from({ length: 80 }, (_, i) =>
      incident(`i-${i}`, `Number ${i}`, [[`2026-11-${String(1 + (i % 28)).padStart(2, '0')}T10:00Z`, 'resolved', 'Over.']]),
    );
    expect(viewOf(facts({ incidents: many })).entries).toHaveLength(MOST_ENTRIES);
  });

  test('a release is told once its notes are public, each revision of them from then on; without notes it has no title', () => {
    const publications = [
      { rev: 1, recordedAt: at('2026-11-01T10:00Z'), publicAt: at('2026-11-03T10:00Z'), author: null },
      { rev: 2, recordedAt: at('2026-11-02T10:00Z'), publicAt: at('2099-11-10T10:00Z'), author: null },
    ];
    const titles = (more: Parameters<typeof release>[2]): unknown[] =>
      viewOf(facts({ releases: [release('3.0.0', 'Faster search', more)] })).entries.map(({ key, title }) => [key, title]);
    expect(titles({ publications })).toEqual([['release/3.0.0/notes/1', 'Faster search']]);
    const deployments = [
      {
        recordedAt: at('2026-11-04T10:00Z'),
        deployedAt: at('2026-11-04T10:00Z'),
        kind: 'deploy' as const,
        place: 'outside_window' as const,
        announcement: null,
        reason: null,
        approvedBy: null,
        author: null,
      },
    ];
    expect(titles({ publications: [], deployments })).toEqual([['release/3.0.0/deployment/1', null]]);
  });
});

describe('the formats', () => {
  test('tell the same', () => {
    const told = feed(viewOf(everything));
    const expected = ofAtom(atomText(told));
    expect(expected).toHaveLength(9);
    expect(ofRss(rssText(told))).toEqual(expected);
    expect(ofJson(jsonFeedText(told))).toEqual(expected);
  });

  test('Atom is what RFC 4287 asks for', () => {
    const root = readXml(atomText(feed(viewOf(everything))));
    expect([root.name, root.uri]).toEqual(['feed', 'http://www.w3.org/2005/Atom']);
    for (const needed of ['id', 'title', 'updated', 'author']) expect(childrenOf(root, needed)).toHaveLength(1);
    expect(childrenOf(root, 'link').map(({ attributes }) => [attributes['rel'], attributes['href']])).toEqual([
      ['self', 'https://status.example.com/feed.atom'],
      ['alternate', 'https://status.example.com/'],
    ]);
    expect(textOf(root, 'updated')).toBe('2026-11-28T17:30:00.000Z');
    for (const entry of childrenOf(root, 'entry'))
      for (const needed of ['id', 'title', 'updated', 'content']) expect(childrenOf(entry, needed)).toHaveLength(1);
  });

  test('RSS names itself, its entries by ids that are no links, and its times as RFC 822 does', () => {
    const [channel] = childrenOf(readXml(rssText(feed(viewOf(everything)))), 'channel');
    const self = channel?.children.find(({ uri }) => uri === 'http://www.w3.org/2005/Atom');
    expect(self?.attributes['rel']).toBe('self');
    const [item] = childrenOf(channel as ReadElement, 'item');
    expect(childrenOf(item as ReadElement, 'guid')[0]?.attributes['isPermaLink']).toBe('false');
    expect(textOf(item as ReadElement, 'pubDate')).toBe('Sat, 28 Nov 2026 17:30:00 GMT');
  });

  test('September is written as RFC 822 writes it', () => {
    const autumn = facts({ incidents: [incident('i-9', 'Autumn', [['2026-09-05T01:02:03Z', 'resolved', 'Over.']])] });
    expect(rssText(feed(viewOf(autumn)))).toContain('<pubDate>Sat, 05 Sep 2026 01:02:03 GMT</pubDate>');
  });

  test('JSON Feed has what version 1.1 asks for', () => {
    const document = JSON.parse(jsonFeedText(feed(viewOf(everything)))) as Record<string, unknown>;
    expect(document['version']).toBe('https://jsonfeed.org/version/1.1');
    expect(document['home_page_url']).toBe('https://status.example.com/');
    for (const item of jsonItems(JSON.stringify(document))) {
      expect(typeof item.id).toBe('string');
      expect(item.content_html).toContain('<p>');
      expect(item.content_text.length).toBeGreaterThan(0);
    }
  });

  test('a reader of another make understands Atom and RSS alike', () => {
    for (const write of [atomText, rssText]) {
      const read = parseFeed(write(feed(viewOf(everything))));
      expect(read.title).toBe('Example <Cloud>: incidents, maintenance and releases');
      expect(read.items).toHaveLength(9);
      expect(read.items[0]?.title).toBe('Maintenance completed: Database upgrade, longer');
      expect(read.items[0]?.published?.getTime() ?? read.items[0]?.updated?.getTime()).toBe(at('2026-11-28T17:30Z'));
    }
  });

  test('a feed in which nothing was told yet is a feed', () => {
    for (const route of feedRoutes) {
      const text = String(route.blank(null, NOW));
      if (route.pattern.endsWith('.json')) expect(jsonItems(text)).toEqual([]);
      else expect(readXml(text).name).toMatch(/^(feed|rss)$/);
    }
    expect(textOf(readXml(atomText(feed(viewOf(facts())))), 'updated')).toBe('2026-01-01T00:00:00.000Z');
  });
});

const written = (text: string): FeedView =>
  viewOf(facts({ incidents: [incident('i-1', text, [['2026-11-20T10:00Z', 'resolved', text]], [])] }));
const isWhole = (text: string): void => {
  const told = feed(written(text));
  for (const [told_] of [ofAtom(atomText(told)), ofRss(rssText(told)), ofJson(jsonFeedText(told))]) {
    expect(told_?.title).toBe(`Resolved: ${cleanText(text)}`);
    // What Markdown makes of it is proved in markdown.test.ts; no format adds to it or takes from it.
    expect(told_?.html).toBe(safeHtml(cleanText(text), 1));
  }
};
describe('what people write', () => {
  test.each(HOSTILE_TEXTS)('%j arrives whole and safe in every format', isWhole);
  test('anything at all arrives whole', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 60 }), isWhole), { numRuns: 300, seed: 20_261_124 });
  });
});

describe('the parameter', () => {
  test.each(['checkout', 'a', 'card-payments-2'])('%s may name a component', (component_) => {
    expect(judgeComponent({ component: component_ })).toBeNull();
  });
  test.each(['', 'Checkout', '-a', 'a/b', "a' OR 1=1", 'ä', 'x'.repeat(65)])(
    '%j cannot, and the answer names the parameter',
    (component_) => {
      expect(judgeComponent({ component: component_ })?.parameter).toBe('component');
    },
  );
});
