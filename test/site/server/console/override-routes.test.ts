/** Corrections of the ledger in the console, through the real front: seen before they are recorded, and approved by somebody else. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readLedgerRows } from '#db/queries/overrides.ts';
import { recordMorning } from '../../../support/ledger-desk.ts';
import { type StoryRig, startStoryRig } from '../../../support/story-rig.ts';

let rig: StoryRig;
beforeAll(async () => {
  rig = await startStoryRig('2026-11-27T12:00Z', { prepare: recordMorning });
});
afterAll(async () => {
  await rig[Symbol.asyncDispose]();
});

/** On the wall of New York: 08:10Z to 08:30Z, when the checks saw it up. */
const DOWN = {
  component: 'checkout',
  state: 'down',
  start: '2026-11-27T03:10',
  end: '2026-11-27T03:30:00',
  reason: 'A customer timed it.',
  evidence: '',
  incident: '',
};
/** 09:00Z to 09:30Z, in the outage. */
const UP = { ...DOWN, state: 'up', start: '2026-11-27T04:00', end: '2026-11-27T04:30', evidence: 'The log of the load balancer.' };
type Shown = {
  shown: string;
  preview: { override: { changes: { lenient: { after: { downMs: number } } } } } | null;
  form: { faults: Record<string, string>; refusal: string | null; values: object };
};
type List = {
  waiting: { id: string; author: string }[];
  lines: { id: string; standing: string; authenticated: boolean; approvedBy: string | null }[];
};

/** Looks, then records what was shown. */
const recorded = async (role: 'ops' | 'admin', fields: Record<string, string>, path = '/admin/overrides/new'): Promise<string> => {
  const { shown } = rig.shown<Shown>(await rig.form(role, path, { ...fields, do: 'preview' }));
  const answer = await rig.form(role, path, { ...fields, shown, do: 'record' });
  expect(answer.status).toBe(303);
  return String(answer.headers['location']);
};
const rows = async (): Promise<number> => (await readLedgerRows(rig.store, null)).length;
const list = async (): Promise<List> => rig.shown<List>(await rig.get('viewer', '/admin/overrides'));

describe('recording', () => {
  test('nothing is recorded before what it changes was shown in ms', async () => {
    const before = await rows();
    const answer = await rig.form('ops', '/admin/overrides/new', { ...DOWN, do: 'record' });
    const view = rig.shown<Shown>(answer);
    expect([answer.status, view.preview?.override.changes.lenient.after.downMs]).toEqual([409, 1_200_000]);
    const changed = await rig.form('ops', '/admin/overrides/new', { ...DOWN, end: '2026-11-27T03:40', shown: view.shown, do: 'record' });
    expect([changed.status, rig.shown<Shown>(changed).preview?.override.changes.lenient.after.downMs]).toEqual([409, 1_800_000]);
    expect(await rows()).toBe(before);
  });
  test('ops add downtime, in their own name, and it counts at once', async () => {
    expect(await recorded('ops', DOWN)).toMatch(/^\/admin\/overrides\?said=recorded#[a-z0-9]{12}$/);
    const [line] = (await list()).lines;
    expect(line).toMatchObject({ standing: 'in_force', author: 'Ona Berg', authenticated: true });
  });
  test.each([
    ['no component', { component: '' }, 'component'],
    ['no state', { state: 'gone' }, 'state'],
    ['no time', { start: '' }, 'start'],
    ['what is no time', { end: 'noon' }, 'end'],
    ['an end before its start', { end: '2026-11-27T03:00' }, 'end'],
    ['a start still to come', { start: '2026-11-28T03:00', end: '' }, 'start'],
    ['no reason', { reason: '' }, 'reason'],
    ['downtime taken away without evidence', { ...UP, evidence: '' }, 'evidence'],
  ])('%s comes back beside its field, as it was typed', async (_what, wrong, name) => {
    const answer = await rig.form('ops', '/admin/overrides/new', { ...DOWN, ...wrong, do: 'preview' });
    const view = rig.shown<Shown>(answer);
    expect([answer.status, Object.keys(view.form.faults), view.preview]).toEqual([422, [name], null]);
    expect(view.form.values).toMatchObject({ ...DOWN, ...wrong });
  });
  test('from an incident it begins with its component and its time', async () => {
    const opening = { do: 'open', title: 'Slow', status: 'identified', body: 'Since a while.', 'impact.search': 'degraded' };
    const id = String((await rig.form('ops', '/admin/incidents/new', opening)).headers['location']).replace(/^.*\/|\?.*$/g, '');
    const view = rig.shown<{ form: { values: object }; incident: { title: string } }>(
      await rig.get('ops', `/admin/overrides/new?incident=${id}`),
    );
    expect(view.incident.title).toBe('Slow');
    expect(view.form.values).toMatchObject({ component: 'search', state: 'down', start: '2026-11-27T07:00:00', end: '', incident: id });
  });
});

describe('taking downtime away', () => {
  test('waits for an admin who is somebody else, then counts', async () => {
    const to = await recorded('ops', UP);
    expect(to).toContain('said=waits');
    const id = to.replace(/^.*#/, '');
    expect((await list()).waiting).toMatchObject([{ id, author: 'Ona Berg' }]);
    expect((await rig.form('ops', `/admin/overrides/${id}/approve`, {})).status).toBe(403);
    const answer = await rig.form('admin', `/admin/overrides/${id}/approve`, {});
    expect([answer.status, answer.headers['location']]).toEqual([303, `/admin/overrides?said=approved#${id}`]);
    expect((await list()).lines[0]).toMatchObject({ id, standing: 'in_force', approvedBy: 'Adele Kruse', approvalAuthenticated: true });
  });
  test('nobody approves what they recorded themselves', async () => {
    const id = (await recorded('admin', { ...UP, start: '2026-11-27T04:30', end: '2026-11-27T04:40' })).replace(/^.*#/, '');
    const answer = await rig.form('admin', `/admin/overrides/${id}/approve`, {});
    expect([answer.status, rig.shown<Shown>(answer).form.refusal]).toEqual([
      409,
      expect.stringContaining('a second person must approve it'),
    ]);
    expect((await list()).waiting.map((one) => one.id)).toEqual([id]);
  });
  test('taking added downtime back is one more correction that waits', async () => {
    const id = (await recorded('ops', { ...DOWN, start: '2026-11-27T03:40', end: '2026-11-27T03:50' })).replace(/^.*#/, '');
    const to = await recorded('ops', { reason: 'It was the other service.', evidence: 'ticket 12' }, `/admin/overrides/${id}/revoke`);
    expect(to).toContain('said=waits');
    expect((await rig.form('admin', `/admin/overrides/${to.replace(/^.*#/, '')}/approve`, {})).status).toBe(303);
    expect((await list()).lines.find((line) => line.id === id)?.standing).toBe('revoked');
    expect((await rig.get('ops', `/admin/overrides/${id}/revoke`)).status).toBe(404);
  });
  test('a viewer sees who and why, and may nothing', async () => {
    expect((await rig.get('viewer', '/admin/overrides')).status).toBe(200);
    expect((await rig.get('viewer', '/admin/overrides/new')).status).toBe(403);
    expect((await rig.form('viewer', '/admin/overrides/new', { ...DOWN, do: 'preview' })).status).toBe(403);
  });
  test('what is not there is not there', async () => {
    expect((await rig.form('admin', '/admin/overrides/nothing/approve', {})).status).toBe(404);
    expect((await rig.get('ops', '/admin/overrides/nothing/revoke')).status).toBe(404);
  });
});

test('the list goes on page by page, each correction once', async () => {
  await using many = await startStoryRig('2026-11-27T12:00Z', { prepare: recordMorning });
  for (let i = 0; i < 40; i++) {
    const fields = { ...DOWN, start: `2026-11-27T03:${String(10 + i).padStart(2, '0')}`, end: '' };
    const { shown } = many.shown<Shown>(await many.form(i % 2 ? 'ops' : 'admin', '/admin/overrides/new', { ...fields, do: 'preview' }));
    expect((await many.form(i % 2 ? 'ops' : 'admin', '/admin/overrides/new', { ...fields, shown, do: 'record' })).status).toBe(303);
  }
  const found: string[] = [];
  let next: { at: number; id: string } | null = null;
  do {
    const query: string = next ? `?before=${next.at}-${next.id}` : '';
    const view = many.shown<List & { next: { at: number; id: string } | null }>(await many.get('viewer', `/admin/overrides${query}`));
    found.push(...view.lines.map(({ id }) => id));
    next = view.next;
  } while (next);
  expect([found.length, new Set(found).size]).toEqual([40, 40]);
});
