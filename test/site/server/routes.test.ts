/** The lists of addresses that are kept in several places say the same. */
import { expect, test } from 'vitest';
import { instant } from '#domain/time/instant.ts';
import { buildSitemap } from '#monitor/views/sitemap.ts';
import { pageRoutes } from '#site/server/routes.ts';

test('every page without a parameter stands in the sitemap, and nothing else does before there are facts', () => {
  const nothing = { components: [], incidents: [], announcements: [], releases: [] };
  const told = buildSitemap(nothing, 'UTC', instant(Date.UTC(2026, 10, 23))).entries.map(({ path }) => path);
  const fixed = pageRoutes.map(({ pattern }) => pattern).filter((pattern) => !pattern.includes(':'));
  expect(told.toSorted()).toEqual(fixed.toSorted());
});
