import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DeploymentFact, PublicationFact, ReleaseFact } from '#domain/release/release-fact.ts';
import { type Instant, instant } from '#domain/time/instant.ts';
import { placeOfCursor, type ReleaseDocument, releasesPage } from '#monitor/views/release-documents.ts';
import { POLICY } from '../../support/maintenance-desk.ts';

const NOW = instant(1_000_000);
const pageOf = (releases: readonly ReleaseFact[], now: Instant, limit: number, cursor: string | null) =>
  releasesPage({ releases, announcements: [] }, POLICY, now, limit, cursor);
const publicRelease = (fact: ReleaseFact, now: Instant): ReleaseDocument | null => pageOf([fact], now, 1, null).releases[0] ?? null;

const published = (rev: number, publicAt: number, recordedAt = publicAt): PublicationFact => ({
  rev,
  recordedAt: instant(recordedAt),
  publicAt: instant(publicAt),
  author: 'Ann',
});
const deployed = (recordedAt: number): DeploymentFact => ({
  recordedAt: instant(recordedAt),
  deployedAt: instant(recordedAt - 5),
  kind: 'deploy',
  place: 'outside_window',
  announcement: null,
  reason: 'secret',
  approvedBy: 'Bob',
  author: 'Ann',
});
const release = (version: string, publications: readonly PublicationFact[], deployments: readonly DeploymentFact[] = []): ReleaseFact => ({
  version,
  kind: 'standard',
  title: `Release ${version}`,
  tickets: ['T-1'],
  recordedAt: instant(1),
  author: 'Ann',
  notes: [1, 2, 3].map((rev) => ({ rev, recordedAt: instant(rev), notes: `notes ${rev}`, author: 'Ann' })),
  publications,
  plans: [],
  deployments,
  testedAt: null,
});

describe('what the public knows of a release', () => {
  test('a draft does not exist, and neither does one that becomes public in a millisecond', () => {
    expect(publicRelease(release('1', []), NOW)).toBeNull();
    expect(publicRelease(release('1', [published(1, NOW + 1, 5)]), NOW)).toBeNull();
    expect(publicRelease(release('1', [published(1, NOW, 5)]), NOW)?.notes?.markdown).toBe('notes 1');
  });
  test('of several publications the last one that is public speaks', () => {
    const some = release('1', [published(1, 100), published(2, 200), published(3, NOW + 1, 300)]);
    expect(publicRelease(some, NOW)).toMatchObject({ publicSince: 100, notes: { rev: 2, publicAt: 200 } });
  });
  test('what went to production is public without notes, but not why and by whom', () => {
    const some = publicRelease(release('1', [], [deployed(500)]), NOW);
    expect(some).toMatchObject({
      publicSince: 500,
      title: null,
      notes: null,
      outsideWindow: true,
      deployments: [{ at: 495, place: 'outside_window' }],
    });
    expect(JSON.stringify(some)).not.toMatch(/secret|Bob|Ann|T-1/);
  });
});

const many = fc
  .array(fc.record({ publicAt: fc.integer({ min: 1, max: 60 }), hidden: fc.boolean() }), { maxLength: 40 })
  .map((some) => some.map(({ publicAt, hidden }, i) => release(`v${i}`, hidden ? [] : [published(1, publicAt)])));

const walk = (facts: readonly ReleaseFact[], limit: number, now: Instant, append: (page: number) => readonly ReleaseFact[] = () => []) => {
  const seen: string[] = [];
  let known = facts;
  let cursor: string | null = null;
  for (let page = 0; page < 200; page++) {
    const { releases, nextCursor } = pageOf(known, now, limit, cursor);
    seen.push(...releases.map(({ version }) => version));
    if (nextCursor === null) return seen;
    cursor = nextCursor;
    known = [...known, ...append(page)];
  }
  throw new Error('the list never ends');
};

describe('the list page by page', () => {
  test('walking all pages gives each public release once, newest first, whatever the size of a page', () =>
    fc.assert(
      fc.property(many, fc.integer({ min: 1, max: 10 }), (facts, limit) => {
        const whole = pageOf(facts, NOW, 100, null).releases;
        expect(walk(facts, limit, NOW)).toEqual(whole.map(({ version }) => version));
        expect(whole.map(({ version }) => version).toSorted()).toEqual(
          facts
            .filter(({ publications }) => publications.length > 0)
            .map(({ version }) => version)
            .toSorted(),
        );
        expect(whole.every(({ publicSince }, i) => i === 0 || publicSince <= (whole[i - 1]?.publicSince ?? 0))).toBe(true);
      }),
    ));
  test('what becomes public while somebody walks changes nothing of the walk', () =>
    fc.assert(
      fc.property(many, fc.integer({ min: 1, max: 5 }), (facts, limit) => {
        const appended = walk(facts, limit, NOW, (page) => [release(`new${page}`, [published(1, 61 + page)])]);
        expect(appended).toEqual(walk(facts, limit, NOW));
      }),
    ));
  test('a cursor that no page gave out is none', () => {
    const { nextCursor } = pageOf([release('1', [published(1, 5)]), release('2', [published(1, 6)])], NOW, 1, null);
    expect(placeOfCursor(nextCursor ?? '')).toEqual({ since: 6, tie: expect.stringMatching(/^[0-9a-f]{16}$/) });
    for (const made of ['', 'x', '2', `${nextCursor}0`, (nextCursor ?? '').replace(/^6/, '7')]) expect(placeOfCursor(made)).toBeNull();
  });
});
