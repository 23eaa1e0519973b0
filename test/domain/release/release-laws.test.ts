/** What holds of releases whatever is recorded: outside stays outside, and nothing recorded later changes what was so at an instant. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AnnouncementFact, EndingFact, RevisionFact } from '#domain/maintenance/announcement-fact.ts';
import { mayDeploy } from '#domain/release/may-deploy.ts';
import type { DeploymentFact, PlanFact, PublicationFact, ReleaseFact } from '#domain/release/release-fact.ts';
import { releaseStanding } from '#domain/release/release-standing.ts';
import { effectiveAt } from '#domain/release/release-window.ts';
import { type Instant, instant } from '#domain/time/instant.ts';
import { at } from '../../support/maintenance-desk.ts';
import { SCENE_TERMS } from '../../support/release-scenes.ts';

const MINUTE = 60_000;
const SLOT = at('2026-11-28T15:00Z');
/** Minutes around the start of the slot; whole ones, so that bounds meet. */
const minute = (from: number, to: number) => fc.integer({ min: from, max: to }).map((m) => instant(SLOT + m * MINUTE));
const sorted = <T extends { readonly recordedAt: Instant }>(rows: readonly T[]): T[] =>
  rows.toSorted((a, b) => a.recordedAt - b.recordedAt);

const revision = fc
  .tuple(minute(-600, 290), minute(-30, 300), fc.integer({ min: 1, max: 200 }))
  .map(([recordedAt, start, length]) => ({ recordedAt, start, end: instant(start + length * MINUTE) }));
const announcement: fc.Arbitrary<AnnouncementFact> = fc
  .tuple(
    fc.array(revision, { minLength: 1, maxLength: 4 }),
    fc.option(fc.tuple(minute(-600, 320), fc.constantFrom('cancelled', 'completed'))),
  )
  .map(([drawn, ending]) => {
    const revisions = sorted(drawn).map(
      (one, i): RevisionFact => ({ ...one, rev: i + 1, publicAt: one.recordedAt, title: 't', body: 'b', author: null }),
    );
    const last = revisions.at(-1)?.recordedAt ?? SLOT;
    const end: EndingFact | null = ending && {
      kind: ending[1] as EndingFact['kind'],
      recordedAt: instant(Math.max(ending[0], last)),
      author: null,
    };
    return {
      id: 'w',
      recordedAt: revisions[0]?.recordedAt ?? SLOT,
      components: '*',
      imported: false,
      author: null,
      revisions: revisions as [RevisionFact, ...RevisionFact[]],
      ending: end,
      approval: null,
    };
  });
const publication = fc.tuple(minute(-600, 300), minute(-600, 300));
const plan = fc.tuple(minute(-600, 300), fc.constantFrom('w', 'w', null), fc.option(minute(-30, 300)));
const deployment = fc.tuple(minute(-60, 320), fc.integer({ min: 0, max: 60 }), fc.constantFrom('deploy', 'rollback'), fc.boolean());

/** A release as verbs would have written it: places as they were known when the rows were recorded. */
const release = (window: AnnouncementFact): fc.Arbitrary<ReleaseFact> =>
  fc
    .tuple(fc.array(publication, { maxLength: 3 }), fc.array(plan, { maxLength: 3 }), fc.array(deployment, { maxLength: 4 }))
    .map(([published, planned, deployed]) => {
      const publications = sorted(published.map(([recordedAt, publicAt]) => ({ recordedAt, publicAt })))
        .map(
          ({ recordedAt, publicAt }, i): PublicationFact => ({
            rev: i + 1,
            recordedAt,
            publicAt: instant(Math.max(publicAt, recordedAt)),
            author: null,
          }),
        )
        .toSorted((a, b) => a.publicAt - b.publicAt)
        .map((one, i) => ({ ...one, rev: i + 1 }));
      const plans = sorted(
        planned.map(
          ([recordedAt, id, plannedAt]): PlanFact => ({ recordedAt, announcement: id, plannedAt: id ? plannedAt : null, author: null }),
        ),
      );
      const deployments = sorted(
        deployed.map(([deployedAt, later, kind, emergency]): DeploymentFact => {
          const recordedAt = instant(deployedAt + later * MINUTE);
          const known = plans.filter((one) => one.recordedAt <= recordedAt).at(-1)?.announcement ?? null;
          const inside =
            known !== null &&
            effectiveAt(window, SCENE_TERMS, recordedAt).some(({ start, end }) => start <= deployedAt && deployedAt < end);
          return {
            recordedAt,
            deployedAt,
            kind: kind as DeploymentFact['kind'],
            place: inside ? 'inside' : 'outside_window',
            announcement: known,
            reason: emergency ? 'r' : null,
            approvedBy: emergency ? 'n' : null,
            author: null,
          };
        }),
      );
      const recordedAt = instant(SLOT - 10_000 * MINUTE);
      const notes = publications.map(({ rev }) => ({ rev, recordedAt, notes: `notes ${rev}`, author: null }));
      return {
        version: '1',
        kind: 'standard',
        title: 'One',
        tickets: [],
        recordedAt,
        author: null,
        notes,
        publications,
        plans,
        deployments,
        testedAt: null,
      };
    });
const world = announcement.chain((window) => release(window).map((fact) => ({ window, fact })));
const standing = ({ window, fact }: { readonly window: AnnouncementFact; readonly fact: ReleaseFact }, now: Instant) =>
  releaseStanding(fact, [window], SCENE_TERMS, now);

describe('a release', () => {
  test('that was outside its window once is outside for ever, whatever is recorded later', () => {
    fc.assert(
      fc.property(world, minute(-60, 400), minute(0, 400), (given, now, later) => {
        const then = instant(Math.max(now, later));
        if (standing(given, now)?.outsideWindow) expect(standing(given, then)?.outsideWindow).toBe(true);
        const [before, after] = [standing(given, now), standing(given, then)];
        for (const [i, one] of (before?.deployments ?? []).entries())
          if (one.place === 'outside_window') expect(after?.deployments[i]?.place).toBe('outside_window');
      }),
      { seed: 2_811, numRuns: 600 },
    );
  });
  test('stands at an instant as it stood then: rows recorded later change nothing of it', () => {
    fc.assert(
      fc.property(world, minute(-60, 400), ({ window, fact }, now) => {
        const known = <T extends { readonly recordedAt: Instant }>(rows: readonly T[]): T[] =>
          rows.filter(({ recordedAt }) => recordedAt <= now);
        const [first, ...others] = known(window.revisions);
        const then = first && {
          ...window,
          revisions: [first, ...others] as const,
          ending: window.ending && window.ending.recordedAt <= now ? window.ending : null,
        };
        const bare = { ...fact, publications: known(fact.publications), plans: known(fact.plans), deployments: known(fact.deployments) };
        expect(releaseStanding(fact, [window], SCENE_TERMS, now)).toEqual(releaseStanding(bare, then ? [then] : [], SCENE_TERMS, now));
      }),
      { seed: 2_812, numRuns: 600 },
    );
  });
  test('that the gate lets go now is inside when it is recorded now, with notes in time', () => {
    fc.assert(
      fc.property(world, minute(-60, 320), ({ window, fact }, now) => {
        const bare: ReleaseFact = { ...fact, deployments: [] };
        const { allowed, nextAllowedAt } = mayDeploy('1', bare, [window], SCENE_TERMS, now);
        if (!allowed) {
          if (nextAllowedAt !== null) expect(nextAllowedAt).toBeGreaterThanOrEqual(now);
          return;
        }
        const row: DeploymentFact = {
          recordedAt: now,
          deployedAt: now,
          kind: 'deploy',
          place: 'inside',
          announcement: 'w',
          reason: null,
          approvedBy: null,
          author: null,
        };
        expect(standing({ window, fact: { ...bare, deployments: [row] } }, now)?.deployment).toMatchObject({
          place: 'inside',
          notesInTime: true,
        });
      }),
      { seed: 2_813, numRuns: 600 },
    );
  });
});
