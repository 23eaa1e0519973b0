/** Releases in the console, through the real front: draft, notes, window, gate, production, and the emergency path of two people. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readRelease } from '#db/queries/releases.ts';
import { announceMaintenance } from '#monitor/actions/announce-maintenance.ts';
import { draftRelease } from '#monitor/actions/draft-release.ts';
import { SOCKET_OWNER } from '#monitor/context.ts';
import { releases } from '#site/i18n/console/releases.ts';
import { accepted } from '../../../support/accepted.ts';
import { asking } from '../../../support/maintenance-desk.ts';
import { type StoryRig, startStoryRig } from '../../../support/story-rig.ts';

let rig: StoryRig;
let window: string;
beforeAll(async () => {
  rig = await startStoryRig('2026-11-27T12:00Z');
  // Saturday 10:00 to 12:00 in New York: 15:00Z to 17:00Z.
  window = accepted(await announceMaintenance(rig.verbs.maintenance(SOCKET_OWNER), asking('10:00', '12:00'))).announcement.id;
});
afterAll(async () => {
  await rig[Symbol.asyncDispose]();
});

const NOTES = '### Added\n- Search by order number';
const DRAFT = { do: 'draft', version: '2.0', title: 'Search by order number', kind: 'standard', tickets: 'T-1, T-2', notes: NOTES };
type View = {
  rev: number;
  answer: { allowed: boolean; code: string; nextAllowedAt: number | null };
  gate: { conditions: { kind: string; met: boolean }[]; earliest: { start: number } | null };
  windows: { announcement: string; why: string | null }[];
  reserved: { date: string }[];
  customers: object | null;
  emergency: { id: string; state: string } | null;
  meanwhile: boolean;
  revisions: { author: string | null; authenticated: boolean }[];
  deployers: object[];
  diff: { from: number; to: number } | null;
  forms: Record<string, { values: Record<string, string>; faults: Record<string, string>; refusal: string | null }>;
};
const view = async (version: string, role: 'ops' | 'viewer' = 'ops'): Promise<View> =>
  rig.shown<View>(await rig.get(role, `/admin/releases/${version}`));
const said = async (role: 'ops' | 'admin', path: string, fields: Record<string, string> = {}): Promise<string> => {
  const answer = await rig.form(role, path, fields);
  return answer.status === 303 ? String(answer.headers['location']).replace(/^.*said=/, '') : `${answer.status}`;
};
const met = ({ gate }: View): string[] => gate.conditions.filter((one) => one.met).map(({ kind }) => kind);

describe('a release on its way', () => {
  test('is drafted, and nobody outside knows of it', async () => {
    expect(await said('ops', '/admin/releases/new', DRAFT)).toBe('drafted');
    const drafted = await view('2.0');
    expect([drafted.customers, drafted.answer.allowed, met(drafted)]).toEqual([null, false, ['drafted']]);
    expect(drafted.windows).toMatchObject([{ announcement: window, why: null }]);
    expect(drafted.reserved.map(({ date }) => date)).not.toContain('2026-11-28');
  });
  test.each([
    ['a version that is none', { version: 'v 1' }, 'version'],
    ['one that is there', { version: '2.0' }, 'version'],
    ['no title', { version: '2.1', title: '' }, 'title'],
    ['no notes', { version: '2.1', notes: ' ' }, 'notes'],
  ])('%s comes back beside its field, as it was typed', async (_what, wrong, name) => {
    const answer = await rig.form('ops', '/admin/releases/new', { ...DRAFT, ...wrong });
    const { form } = rig.shown<{ form: View['forms'][string] }>(answer);
    expect([answer.status, Object.keys(form.faults)]).toEqual([422, [name]]);
    expect(form.values).toMatchObject({ tickets: DRAFT.tickets });
  });
  test('goes condition by condition until the gate opens with its window', async () => {
    expect(await said('ops', '/admin/releases/2.0/publish', { at: '' })).toBe('published');
    expect(await said('ops', '/admin/releases/2.0/schedule', { window, time: '' })).toBe('scheduled');
    expect(await said('ops', '/admin/releases/2.0/tested', { at: '' })).toBe('tested');
    const waiting = await view('2.0');
    expect([met(waiting), waiting.answer.code]).toEqual([['drafted', 'tested', 'scheduled', 'notes'], 'window_not_open']);
    expect(waiting.answer.nextAllowedAt).toBe(waiting.gate.earliest?.start);
  });
  test('a time outside of the window, and no window, stand beside their fields', async () => {
    const late = rig.shown<View>(await rig.form('ops', '/admin/releases/2.0/schedule', { window, time: '12:00' }));
    expect(late.forms['schedule']?.faults['time']).toContain('outside');
    const none = rig.shown<View>(await rig.form('ops', '/admin/releases/2.0/schedule', { window: '', time: '' }));
    expect(none.forms['schedule']?.faults['window']).toBe('Choose the window.');
  });
  test('the second of two who write notes sees the first, and may save on top', async () => {
    expect(await said('ops', '/admin/releases/2.0/notes', { do: 'save', notes: `${NOTES}\n- By name`, rev: '1' })).toBe('written');
    const answer = await rig.form('admin', '/admin/releases/2.0/notes', { do: 'save', notes: `${NOTES}\n- By date`, rev: '1' });
    const second = rig.shown<View>(answer);
    expect([answer.status, second.meanwhile, second.diff, second.forms['notes']?.values]).toEqual([
      409,
      true,
      expect.objectContaining({ from: 1, to: 2 }),
      { notes: `${NOTES}\n- By date`, rev: '2' },
    ]);
    expect(await said('admin', '/admin/releases/2.0/notes', { do: 'save', notes: `${NOTES}\n- By date`, rev: '2' })).toBe('written');
    expect((await view('2.0')).rev).toBe(3);
  });
  test('names that were proved by signing in are told from those that were typed at the machine itself', async () => {
    const typed = {
      version: '2.0',
      title: DRAFT.title,
      notes: `${NOTES}\n- By size`,
      kind: null,
      tickets: null,
      author: 'Ona Berg',
    } as const;
    accepted(await draftRelease(rig.verbs.maintenance(SOCKET_OWNER), typed));
    const { revisions } = await view('2.0');
    expect([revisions[0], revisions.at(-1)]).toMatchObject([
      { author: 'Ona Berg', authenticated: true },
      { author: 'Ona Berg', authenticated: false },
    ]);
    expect(releases.by('Ona Berg', true)).not.toBe(releases.by('Ona Berg', false));
  });
  test('a viewer sees the gate, and may change nothing', async () => {
    expect((await view('2.0', 'viewer')).answer.code).toBe('window_not_open');
    for (const what of ['notes', 'publish', 'schedule', 'unschedule', 'tested', 'deployed', 'emergency', 'emergency/approve'])
      expect([what, (await rig.form('viewer', `/admin/releases/2.0/${what}`, {})).status]).toEqual([what, 403]);
    expect((await rig.get('viewer', '/admin/releases/new')).status).toBe(403);
    expect((await rig.get('viewer', '/admin/releases/9.9')).status).toBe(404);
  });
});

describe('an emergency', () => {
  test('is asked for by one, approved by another, good for one deployment, and kept with both names', async () => {
    await said('ops', '/admin/releases/new', { ...DRAFT, version: '2.0.1' });
    await said('ops', '/admin/releases/2.0.1/publish', { at: '' });
    expect(await said('ops', '/admin/releases/2.0.1/emergency', { reason: '' })).toBe('422');
    expect(await said('ops', '/admin/releases/2.0.1/emergency', { reason: 'Orders are lost.' })).toBe('asked');
    const asked = await view('2.0.1');
    expect([asked.emergency?.state, asked.answer.allowed]).toEqual(['waiting', false]);
    const id = asked.emergency?.id ?? '';
    expect(await said('ops', '/admin/releases/2.0.1/emergency/approve', { id })).toBe('409');
    expect(await said('admin', '/admin/releases/2.0.1/emergency/approve', { id })).toBe('approved');
    expect((await view('2.0.1')).answer).toMatchObject({ allowed: true, code: 'emergency' });
    expect(await said('ops', '/admin/releases/2.0.1/deployed', { kind: 'deploy', at: '', emergency: 'yes' })).toBe('outside');
    const fact = await readRelease(rig.store, '2.0.1');
    expect(fact?.deployments).toMatchObject([
      { place: 'outside_window', author: 'Ona Berg', approvedBy: 'Adele Kruse', reason: 'Orders are lost.' },
    ]);
    const after = await view('2.0.1');
    expect(after.emergency).toBeNull();
    expect(after.deployers).toMatchObject([{ author: 'Ona Berg', approvedBy: 'Adele Kruse', authenticated: true }]);
  });
  test('an approval lapses after a day, and what nobody asked for is approved by nobody', async () => {
    await using other = await startStoryRig('2026-11-24T12:00Z');
    await other.form('ops', '/admin/releases/new', DRAFT);
    await other.form('ops', '/admin/releases/2.0/publish', { at: '' });
    await other.form('ops', '/admin/releases/2.0/emergency', { reason: 'Now.' });
    const { emergency } = other.shown<View>(await other.get('ops', '/admin/releases/2.0'));
    await other.form('admin', '/admin/releases/2.0/emergency/approve', { id: emergency?.id ?? '' });
    expect((await other.form('admin', '/admin/releases/2.0/emergency/approve', { id: 'nothing' })).status).toBe(409);
    other.set('2026-11-24T23:00Z');
    expect(other.shown<View>(await other.get('ops', '/admin/releases/2.0')).answer.allowed).toBe(true);
    other.set('2026-11-25T10:00Z');
    await other.get('ops', '/admin/releases');
    other.set('2026-11-25T12:00Z');
    const later = other.shown<View>(await other.get('ops', '/admin/releases/2.0'));
    expect([later.answer.allowed, later.emergency]).toEqual([false, null]);
  });
});
