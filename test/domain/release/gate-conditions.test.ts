/** The gate condition by condition says what the gate says as a whole, and two revisions of notes are compared line by line. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AnnouncementFact } from '#domain/maintenance/announcement-fact.ts';
import { gateOf } from '#domain/release/gate-conditions.ts';
import { mayDeploy } from '#domain/release/may-deploy.ts';
import { notesDiff } from '#domain/release/notes-diff.ts';
import type { ReleaseFact } from '#domain/release/release-fact.ts';
import { instant, millis } from '#domain/time/instant.ts';
import { at, POLICY } from '../../support/maintenance-desk.ts';
import { testSeed } from '../../support/seeded.ts';

const START = at('2026-11-28T15:00Z');
const HOUR = 3_600_000;
const announced = at('2026-11-20T00:00Z');
const revision = { rev: 1, recordedAt: announced, publicAt: announced, start: START, end: instant(START + 2 * HOUR) };
const announcement = {
  id: 'window',
  components: '*',
  imported: false,
  recordedAt: announced,
  author: null,
  authenticated: false,
  revisions: [{ ...revision, title: 'Upgrade', body: '', author: null, authenticated: false }],
  ending: null,
  approval: null,
} as unknown as AnnouncementFact;

const hours = fc.integer({ min: -30, max: 6 }).map((n) => instant(START + n * HOUR));
const release = fc
  .record({ drafted: fc.boolean(), publicAt: fc.option(hours), planned: fc.boolean(), testedAt: fc.option(hours), ended: fc.option(hours) })
  .map(({ drafted, publicAt, planned, testedAt, ended }) => {
    const recordedAt = at('2026-11-21T00:00Z');
    const signed = { author: null };
    const fact: ReleaseFact = {
      version: '2.0',
      kind: 'standard',
      title: 'Two',
      tickets: [],
      recordedAt,
      ...signed,
      notes: drafted ? [{ rev: 1, recordedAt, notes: '- x', ...signed }] : [],
      publications: drafted && publicAt !== null ? [{ rev: 1, recordedAt, publicAt, ...signed }] : [],
      plans: planned ? [{ recordedAt, announcement: 'window', plannedAt: null, ...signed }] : [],
      deployments: [],
      testedAt,
    };
    const ending = ended === null ? null : { kind: 'completed', recordedAt: ended, author: null };
    return { fact, announcements: [{ ...announcement, ending } as AnnouncementFact] };
  });

describe('the gate', () => {
  test('is open exactly when every condition that decides is met', () => {
    const terms = { ...POLICY, notesLeadMs: millis(HOUR) };
    let open = 0;
    fc.assert(
      fc.property(release, fc.integer({ min: -30, max: 6 }), ({ fact, announcements }, n) => {
        const now = instant(START + n * HOUR + 1);
        const gate = gateOf(fact, announcements, terms, now);
        const { allowed } = mayDeploy('2.0', fact, announcements, terms, now);
        if (allowed) open++;
        expect(gate?.conditions.every((one) => one.met || one.kind === 'tested')).toBe(allowed);
      }),
      { numRuns: 3_000, seed: testSeed(12) },
    );
    expect(open).toBeGreaterThan(0);
  });
});

describe('what a revision changes', () => {
  test('is told line by line, kept lines once', () => {
    const told = notesDiff('a\nb\nc', 'a\nx\nc\nd').map(({ is, text }) => `${is} ${text}`);
    expect(told).toEqual(['kept a', 'gone b', 'new x', 'kept c', 'new d']);
  });
  test('leads from the one to the other, whatever they say', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 }).map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = notesDiff(before, after);
        const without = (side: 'new' | 'gone') => lines.flatMap((line) => (line.is === side ? [] : [line.text])).join('\n');
        expect([without('new'), without('gone')]).toEqual([before, after]);
      }),
      { numRuns: 500, seed: testSeed(13) },
    );
  });
});
