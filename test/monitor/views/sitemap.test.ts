import { expect, test } from 'vitest';
import type { AnnouncementFact } from '#domain/maintenance/announcement-fact.ts';
import type { ReleaseFact } from '#domain/release/release-fact.ts';
import { DAY, HOUR, type Instant, instant } from '#domain/time/instant.ts';
import { publicReleases } from '#monitor/views/public-release.ts';
import { buildSitemap, MOST_ENTRIES } from '#monitor/views/sitemap.ts';
import { POLICY } from '../../support/maintenance-desk.ts';

const NOW = instant(Date.UTC(2026, 10, 23, 19, 20, 10));
const window = (id: string, publicAt: Instant): AnnouncementFact => ({
  id,
  recordedAt: instant(NOW - DAY),
  components: '*',
  imported: false,
  author: 'somebody',
  revisions: [
    { rev: 1, recordedAt: instant(NOW - DAY), publicAt, start: NOW, end: instant(NOW + HOUR), title: '', body: '', author: null },
  ],
  ending: null,
  approval: null,
});
const release = (version: string, publicAt: Instant | null): ReleaseFact => ({
  version,
  kind: 'standard',
  title: '',
  tickets: [],
  recordedAt: instant(0),
  author: null,
  notes: [{ rev: 1, recordedAt: instant(0), notes: 'Faster.', author: null }],
  publications: publicAt === null ? [] : [{ rev: 1, recordedAt: instant(0), publicAt, author: null }],
  plans: [],
  deployments: [],
  testedAt: null,
});
const nothing = { components: [], incidents: [], announcements: [], releases: [] };
const pathsOf = (facts: Partial<Parameters<typeof buildSitemap>[0]>): readonly string[] =>
  buildSitemap({ ...nothing, ...facts }, 'America/New_York', NOW).entries.map(({ path }) => path);

test('a component has its page and a page for each month since it is watched, and so has the service', () => {
  const paths = pathsOf({ components: [{ slug: 'web', createdAt: instant(Date.UTC(2026, 8, 30)) }] });
  expect(paths.filter((path) => /web|\/sla\//.test(path))).toEqual([
    '/components/web',
    '/sla/2026-11',
    '/sla/2026-10',
    '/sla/2026-09',
    '/components/web/2026-11',
    '/components/web/2026-10',
    '/components/web/2026-09',
  ]);
});

test('what is not public has no address: drafts, notes of tomorrow, windows that are announced later', () => {
  const { entries } = buildSitemap(
    {
      ...nothing,
      announcements: [window('shown', instant(NOW - DAY)), window('later', instant(NOW + 1))],
      releases: publicReleases([release('1.0 beta', NOW), release('1.1', null), release('1.2', instant(NOW + 1))], [], POLICY, NOW),
    },
    'UTC',
    NOW,
  );
  expect(entries.filter(({ path }) => /^\/(?:maintenance|releases)\//.test(path))).toEqual([
    { path: '/maintenance/shown', changedAt: NOW - DAY },
    { path: '/releases/1.0%20beta', changedAt: NOW },
  ]);
});

test('before anything is watched there are the pages alone, and never more than one sitemap may hold', () => {
  expect(pathsOf({})).toEqual(['/', '/maintenance', '/releases', '/history', '/sla', '/subscribe', '/embed', '/api']);
  const many = Array.from({ length: 9_000 }, (_, n) => ({ slug: `c${n}`, createdAt: instant(NOW - 300 * DAY) }));
  expect(pathsOf({ components: many })).toHaveLength(MOST_ENTRIES);
});
