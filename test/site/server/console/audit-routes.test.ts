/** The audit in the console: a search, one row field by field, and CSV, for whoever may read it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startAuditRig } from '../../../support/audit-rig.ts';

let rig: Awaited<ReturnType<typeof startAuditRig>>;
beforeAll(async () => {
  rig = await startAuditRig();
});
afterAll(() => rig[Symbol.asyncDispose]());
/** What the page is handed; pages themselves are seen in test/browser. */
const view = async (path: string, status = 200): Promise<Readonly<Record<string, never>>> => {
  const answer = await rig.askAs('ops', path);
  expect(answer.status, path).toBe(status);
  return JSON.parse(/<pre>(.*?)<\/pre>/s.exec(answer.body.toString())?.[1] ?? 'null') as Readonly<Record<string, never>>;
};

test('whoever may not read it is told who may', async () => {
  for (const role of ['viewer', 'account_manager'] as const)
    for (const path of ['/admin/audit', '/admin/audit/5']) expect((await rig.askAs(role, path)).status).toBe(403);
});

test('an announcement is followed by its subject: each revision with the person who made it, newest first', async () => {
  const { found } = await view(`/admin/audit?subject=maintenance/${rig.id}`);
  expect(found).toMatchObject({
    lines: [
      { verb: 'maintenance.cancel', actorKind: 'socket', fields: ['ending.author', 'ending.kind', 'ending.recordedAt'] },
      { verb: 'maintenance.edit', actorKind: 'person', actorName: 'Ben' },
      { verb: 'maintenance.announce', actorKind: 'person', actorName: 'Ann', change: 'made' },
    ],
    next: null,
  });
});

test('one row shows what it was and what it is, and a long text by its length', async () => {
  const changed = await view('/admin/audit/6');
  expect(changed).toMatchObject({ actorName: 'Ben', from: '192.0.2.7', requestId: 'r-18' });
  expect(changed['differences']).toContainEqual({
    path: 'end',
    kind: 'changed',
    before: '2026-11-28T17:00:00.000Z',
    after: '2026-11-28T18:00:00.000Z',
  });
  const long = { characters: 2_504, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) };
  expect((await view('/admin/audit/8'))['differences']).toContainEqual({ path: 'notes.notes', kind: 'added', before: null, after: long });
});

test('what is no search comes back with what was typed and why; a row that is not there is not found', async () => {
  expect(await view('/admin/audit?since=monday&text=disks', 422)).toMatchObject({
    found: null,
    form: { values: { since: 'monday', text: 'disks' }, faults: { since: expect.stringContaining('since is no instant: "monday".') } },
  });
  expect((await rig.askAs('ops', '/admin/audit/99')).status).toBe(404);
});

test('what a search finds is taken away as CSV by a form that was sent from here, and that is a row', async () => {
  const admin = rig.people.as.admin;
  const send = (token: string) =>
    rig.askAs('admin', '/admin/audit/export', {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ form_token: token, subject: `maintenance/${rig.id}` }).toString(),
    });
  expect((await send('')).status).toBe(403);
  const answer = await send(admin.formToken());
  expect([answer.status, answer.headers['content-type'], answer.headers['content-disposition']]).toEqual([
    200,
    'text/csv; charset=utf-8',
    'attachment; filename="avow-audit.csv"',
  ]);
  expect(answer.body.toString().split('\r\n')).toHaveLength(5);
  expect((await view('/admin/audit?verb=audit.export'))['found']).toMatchObject({ lines: [{ actorName: admin.name, change: 'made' }] });
  expect((await rig.askAs('admin', '/admin/audit/export')).status).toBe(405);
});
