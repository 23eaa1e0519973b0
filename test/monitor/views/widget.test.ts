import { expect, test } from 'vitest';
import type { ReleaseFact } from '#domain/release/release-fact.ts';
import { HOUR, type Instant, instant } from '#domain/time/instant.ts';
import { publicReleases } from '#monitor/views/public-release.ts';
import { buildSummary } from '#monitor/views/summary.ts';
import { buildWidget } from '#monitor/views/widget.ts';
import { at, POLICY } from '../../support/maintenance-desk.ts';
import { announced } from '../../support/maintenance-scenes.ts';

const NOW = instant(Date.UTC(2026, 10, 23, 19, 20, 10));
const summary = buildSummary(
  { components: [], spans: [], incidents: [], announcements: [], display: { windows: [], overrides: [] } },
  [],
  '7b1c',
  NOW,
);
const window = { at: '2026-11-20T10:00-05:00', from: '2026-11-28T10:00-05:00', to: '2026-11-28T12:00-05:00' };
const WINDOWS = [announced('M1', [window]), announced('M2', [{ ...window, from: '2026-12-05T10:00-05:00', to: '2026-12-05T12:00-05:00' }])];
const frame = {
  window: {
    start: at('2026-11-28T10:00-05:00'),
    end: at('2026-11-28T12:00-05:00'),
    state: 'announced' as const,
    id: 'M1',
    title: 'Upgrade',
    components: '*' as const,
  },
  reserveZone: 'UTC',
};
const release = (version: string, announcements: readonly (string | null)[], publicAt: Instant | null): ReleaseFact => ({
  version,
  kind: 'standard',
  title: `Title of ${version}`,
  tickets: [],
  recordedAt: instant(0),
  author: 'somebody',
  notes: [{ rev: 1, recordedAt: instant(0), notes: 'Faster.', author: 'somebody' }],
  publications: publicAt === null ? [] : [{ rev: 1, recordedAt: instant(0), publicAt, author: 'somebody' }],
  plans: announcements.map((announcement) => ({ recordedAt: instant(0), announcement, plannedAt: null, author: 'somebody' })),
  deployments: [],
  testedAt: null,
});
const changesOf = (releases: readonly ReleaseFact[], window: typeof frame.window | null = frame.window): readonly string[] =>
  buildWidget(summary, { ...frame, window }, publicReleases(releases, WINDOWS, POLICY, NOW)).changes.map(({ version }) => version);

test('what changes is what is public and planned into the window that is shown', () => {
  expect(
    changesOf([
      release('1.0', ['M1'], NOW),
      release('1.1', ['M1'], instant(NOW + 1)),
      release('1.2', ['M1'], null),
      release('1.3', ['M2'], NOW),
      release('1.4', ['M1', null], NOW),
      release('1.5', ['M2', 'M1'], instant(NOW - HOUR)),
    ]),
  ).toEqual(['1.0', '1.5']);
});

test('nothing changes while nothing is announced, and nobody is named', () => {
  expect(changesOf([release('1.0', ['M1'], NOW), release('1.4', [null], NOW)], null)).toEqual([]);
  expect(JSON.stringify(buildWidget(summary, frame, publicReleases([release('1.0', ['M1'], NOW)], WINDOWS, POLICY, NOW)))).not.toContain(
    'somebody',
  );
});
