/** Drafts: kept for whoever goes on with them, never written over unseen, and each change in the audit. */
import { describe, expect, test } from 'vitest';
import { draftsOf, findDraftOf } from '#db/queries/drafts.ts';
import { type Draft, MOST_DRAFT_CHARACTERS, MOST_DRAFTS } from '#domain/draft.ts';
import { discardDraft } from '#monitor/actions/discard-draft.ts';
import { keepDraft } from '#monitor/actions/keep-draft.ts';
import type { Actor } from '#monitor/context.ts';
import { accepted } from '../../support/accepted.ts';
import { type Desk, openDesk, refused } from '../../support/maintenance-desk.ts';

const FRIDAY = '2026-11-27T14:00Z';
const as = (desk: Desk, name: string) => {
  const actor: Actor = { kind: 'person', id: `id-${name}`, name, from: '192.0.2.7', requestId: 'r1' };
  return { ...desk.ctx, actor };
};
const update = { kind: 'incident_update', subject: 'inc-1', document: { body: 'We look into it.' }, basedOn: null } as const;
const about = { kind: update.kind, subject: null };
const keep = async (desk: Desk, name: string, more: object = {}): Promise<Draft> =>
  accepted(await keepDraft(as(desk, name), { ...update, ...more }));

describe('a draft', () => {
  test('of something new has its own name, and several may be kept', async () => {
    await using desk = await openDesk(FRIDAY);
    const first = await keep(desk, 'Ann', { kind: 'announcement', subject: null });
    desk.set('2026-11-27T14:05Z');
    const second = await keep(desk, 'Ben', { kind: 'announcement', subject: null });
    expect([first.subject, second.subject]).toEqual([first.id, second.id]);
    expect((await draftsOf(desk.store, 'announcement')).map(({ author }) => author)).toEqual(['Ben', 'Ann']);
  });

  test('about something is one, and is gone on with by the next person', async () => {
    await using desk = await openDesk(FRIDAY);
    await keep(desk, 'Ann');
    const next = await keep(desk, 'Ben', { document: { body: 'Found it.' }, basedOn: 1 });
    expect(await findDraftOf(desk.store, 'incident_update', 'inc-1')).toEqual(next);
    expect([next.version, next.author, next.document]).toEqual([2, 'Ben', { body: 'Found it.' }]);
  });

  test('is not written over by whoever saw an earlier version, or none', async () => {
    await using desk = await openDesk(FRIDAY);
    await keep(desk, 'Ann');
    await keep(desk, 'Ben', { basedOn: 1 });
    for (const basedOn of [1, null]) {
      const refusal = refused(await keepDraft(as(desk, 'Ann'), { ...update, basedOn }));
      expect([refusal.code, refusal.facts['version']]).toEqual(['draft_changed', 2]);
      expect(refusal.message).toContain('Ben kept another version');
    }
  });

  test('that was published or discarded meanwhile is kept anew: what was typed is not lost', async () => {
    await using desk = await openDesk(FRIDAY);
    const draft = await keep(desk, 'Ann');
    accepted(await discardDraft(as(desk, 'Ben'), { ...about, id: draft.id, basedOn: 1 }));
    expect((await keep(desk, 'Ann', { basedOn: 1 })).version).toBe(1);
  });

  test('is discarded by whoever saw it as it is', async () => {
    await using desk = await openDesk(FRIDAY);
    const draft = await keep(desk, 'Ann');
    await keep(desk, 'Ben', { basedOn: 1 });
    expect(refused(await discardDraft(as(desk, 'Ann'), { ...about, id: draft.id, basedOn: 1 })).code).toBe('draft_changed');
    accepted(await discardDraft(as(desk, 'Ann'), { ...about, id: draft.id, basedOn: 2 }));
    expect(refused(await discardDraft(as(desk, 'Ann'), { ...about, id: draft.id, basedOn: 2 })).code).toBe('unknown_draft');
  });

  test('has its bounds: in length, and in number', async () => {
    await using desk = await openDesk(FRIDAY);
    const long = { ...update, document: { body: 'x'.repeat(MOST_DRAFT_CHARACTERS) } };
    expect(refused(await keepDraft(as(desk, 'Ann'), long)).code).toBe('draft_too_long');
    for (let i = 0; i < MOST_DRAFTS; i++) await keep(desk, 'Ann', { subject: `inc-${i}` });
    expect(refused(await keepDraft(as(desk, 'Ann'), { ...update, subject: 'inc-one-more' })).code).toBe('too_many_drafts');
    expect((await keep(desk, 'Ann', { subject: 'inc-7', basedOn: 1 })).version).toBe(2);
  });

  test('is thrown away only from where it belongs: of its kind, and about its own thing', async () => {
    await using desk = await openDesk(FRIDAY);
    const { id } = await keep(desk, 'Ann');
    for (const elsewhere of [
      { kind: 'incident', subject: null },
      { kind: 'announcement', subject: null },
      { kind: 'release_notes', subject: null },
      { kind: 'incident_update', subject: 'inc-2' },
    ] as const)
      expect(refused(await discardDraft(as(desk, 'Ben'), { id, ...elsewhere, basedOn: null })).code).toBe('unknown_draft');
    accepted(await discardDraft(as(desk, 'Ben'), { id, kind: 'incident_update', subject: 'inc-1', basedOn: null }));
  });

  test('leaves in the audit what it said before and after', async () => {
    await using desk = await openDesk(FRIDAY);
    const { id } = await keep(desk, 'Ann');
    await keep(desk, 'Ben', { document: { body: 'Found it.' }, basedOn: 1 });
    accepted(await discardDraft(as(desk, 'Ann'), { ...about, id, basedOn: null }));
    const { rows } = await desk.store.read({ sql: 'SELECT actor_name, verb, subject, before_json, after_json FROM audit ORDER BY seq' });
    const body = (json: unknown) => (json === null ? null : JSON.parse(String(json)).document.body);
    expect(rows.map(([who, verb, subject, before, after]) => [who, verb, subject, body(before), body(after)])).toEqual([
      ['Ann', 'draft.keep', `draft/${id}`, null, 'We look into it.'],
      ['Ben', 'draft.keep', `draft/${id}`, 'We look into it.', 'Found it.'],
      ['Ann', 'draft.discard', `draft/${id}`, 'Found it.', null],
    ]);
  });
});
