/** Maintenance in the console over the wire: who may, what comes back when something is wrong, two people at once. The pages themselves: test/browser. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readAnnouncements } from '#db/queries/announcements.ts';
import { draftsOf } from '#db/queries/drafts.ts';
import { announceMaintenance } from '#monitor/actions/announce-maintenance.ts';
import { editMaintenance } from '#monitor/actions/edit-maintenance.ts';
import { importMaintenance } from '#monitor/actions/import-maintenance.ts';
import type { AnnouncementView, AnnounceView } from '#monitor/views/maintenance-forms.ts';
import { accepted } from '../../../support/accepted.ts';
import { type AnnouncingRig, FRIDAY, openAnnouncingRig } from '../../../support/announcing-rig.ts';
import { asking, at } from '../../../support/maintenance-desk.ts';
import type { RawAnswer } from '../../../support/raw-http.ts';

const NEW = '/admin/maintenance/new';
const TYPED = {
  slot: '2026-11-28',
  from: '10:00',
  to: '12:00',
  scope: 'all',
  title: 'Database upgrade',
  body: 'Checkout is away for some minutes.',
} as const;

/** The view that a page was drawn from: the plain renderer writes it out. */
const viewOf = <V>({ body }: RawAnswer): V => {
  const [, json = ''] = /<pre>([\s\S]*?)<\/pre>/.exec(body.toString()) ?? [];
  return JSON.parse(json) as V;
};
const placeOf = ({ headers }: RawAnswer): string => headers['location'] ?? '';
const announce = async (rig: AnnouncingRig, slot = '2026-12-05'): Promise<string> =>
  accepted(await announceMaintenance(rig.ctx, { ...asking('10:00', '12:00', { slot }), author: null })).announcement.id;

describe('who may', () => {
  let rig: AnnouncingRig;
  let id: string;
  beforeAll(async () => {
    rig = await openAnnouncingRig();
    id = await announce(rig);
  });
  afterAll(() => rig[Symbol.asyncDispose]());

  test('whoever reads the private status sees list and announcement, with nothing to press', async () => {
    for (const role of ['viewer', 'account_manager'] as const) {
      const [list, one] = [await rig.askAs(role, '/admin/maintenance'), await rig.askAs(role, `/admin/maintenance/${id}`)];
      expect([list.status, one.status]).toEqual([200, 200]);
      expect(viewOf<AnnouncementView>(one).eyes.mayWrite).toBe(false);
    }
  });
  test.each(['viewer', 'account_manager'] as const)('%s does not write: neither form, nor verdict, nor any deed', async (role) => {
    for (const path of [NEW, '/admin/maintenance/verdict?slot=2026-11-28&from=10:00&to=12:00'])
      expect((await rig.askAs(role, path)).status).toBe(403);
    for (const path of [
      NEW,
      `/admin/maintenance/${id}`,
      `/admin/maintenance/${id}/done`,
      `/admin/maintenance/${id}/cancel`,
      `/admin/maintenance/${id}/approve`,
    ])
      expect([path, (await rig.send(role, path, { ...TYPED, do: 'publish' })).status]).toEqual([path, 403]);
    expect(await readAnnouncements(rig.store)).toHaveLength(1);
  });
  test('a slot that is taken is refused with a link to the window that is there', async () => {
    const refused = await rig.send('ops', NEW, { ...TYPED, slot: '2026-12-05', do: 'publish' });
    const { form } = viewOf<AnnounceView>(refused);
    expect([refused.status, form.faults['slot'], form.sees]).toEqual([
      422,
      expect.stringContaining(`That slot already has an announcement for all components: ${id}`),
      { slot: `/admin/maintenance/${id}` },
    ]);
  });
  test('a form of another origin, or of no session, changes nothing', async () => {
    const { ops } = rig.people.as;
    const body = (token: string) => new URLSearchParams({ ...TYPED, do: 'publish', form_token: token }).toString();
    const type = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const ours = await rig.askAs('ops', NEW, { method: 'POST', body: body('nonsense'), headers: type });
    const foreign = await rig.askAs('ops', NEW, {
      method: 'POST',
      body: body(ops.formToken()),
      headers: { ...type, Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' },
    });
    expect([ours.status, foreign.status]).toEqual([403, 403]);
    expect(await readAnnouncements(rig.store)).toHaveLength(1);
  });
  test('names of customers are for those who may read contracts; the others see figures and counts', async () => {
    const path = '/admin/maintenance/verdict?slot=2026-11-28&from=10:00&to=12:00&scope=all&as=json';
    const [ops, admin] = [(await rig.askAs('ops', path)).body.toString(), (await rig.askAs('admin', path)).body.toString()];
    expect(admin).toContain('Nihon KK');
    for (const secret of ['Nihon', 'Acme', 'Oslo AS', '"tokyo"', '"gold"']) expect(ops).not.toContain(secret);
    expect(JSON.parse(ops).excludedMs).toBe(7_200_000);
  });
  test('who changed what is for those who may read the audit', async () => {
    const [viewer, ops] = [await rig.askAs('viewer', `/admin/maintenance/${id}`), await rig.askAs('ops', `/admin/maintenance/${id}`)];
    expect(viewOf<AnnouncementView>(viewer).audit).toBeNull();
    expect(viewOf<AnnouncementView>(ops).audit?.map(({ verb, actor }) => [verb, actor])).toEqual([['maintenance.announce', 'Ben Ito']]);
  });
  test.each(['/admin/maintenance/nosuchthing2', '/admin/maintenance/verdict?id=nosuchthing2', '/admin/maintenance/new?draft=nosuchthing2'])(
    '%s does not exist',
    async (path) => {
      expect((await rig.askAs('ops', path)).status).toBe(404);
    },
  );
});

describe('announcing', () => {
  test('the form offers the next free Saturday, whole, and says at once that it counts', async () => {
    await using rig = await openAnnouncingRig();
    await announce(rig, '2026-11-28');
    const { form, preview, choices, first } = viewOf<AnnounceView>(await rig.askAs('ops', NEW));
    expect([first, form.values['slot'], form.values['from'], form.values['to']]).toEqual(['2026-12-05', '2026-12-05', '10:00', '15:00']);
    expect(choices[0]?.taken.map(({ title }) => title)).toEqual(['Database upgrade']);
    expect(preview.excludedMs).toBe(18_000_000);
  });

  test('checking changes nothing; publishing is one more press, and it is signed with the name of who is signed in', async () => {
    await using rig = await openAnnouncingRig();
    const checked = await rig.send('ops', NEW, { ...TYPED, do: 'check' });
    const view = viewOf<AnnounceView>(checked);
    expect([checked.status, view.preview.excludedMs, view.form.values['title']]).toEqual([200, 7_200_000, 'Database upgrade']);
    expect([await readAnnouncements(rig.store), rig.changes()]).toEqual([[], 0]);
    const published = await rig.send('ops', NEW, { ...TYPED, do: 'publish' });
    const [fact] = await readAnnouncements(rig.store);
    expect([published.status, placeOf(published), rig.changes()]).toEqual([303, `/admin/maintenance/${fact?.id}?said=announced`, 1]);
    expect([fact?.author, fact?.authenticated, fact?.components]).toEqual(['Ona Berg', true, '*']);
  });

  test('only some components are meant when only some are ticked', async () => {
    await using rig = await openAnnouncingRig();
    await rig.send('ops', NEW, { ...TYPED, scope: 'some', component: ['search'], do: 'publish' });
    expect((await readAnnouncements(rig.store))[0]?.components).toEqual(['search']);
  });

  const WRONG = [
    ['without a title', { title: ' ' }, 'title', 'empty'],
    ['without a text', { body: '' }, 'body', 'empty'],
    ['with a title of 201 characters', { title: 'x'.repeat(201) }, 'title', '200'],
    ['with a time that is none', { from: '25:00' }, 'from', 'no time of day'],
    ['with an end that is none', { to: 'noon' }, 'to', 'no time of day'],
    ['with a date that is none', { slot: 'other', date: '2026-02-30' }, 'date', 'no date'],
    ['with an end before its start', { to: '09:00' }, 'to', 'not after its start'],
    ['in the past', { slot: 'other', date: '2026-11-21' }, 'from', 'Nothing is announced after the fact'],
    ['of no component', { scope: 'some' }, 'components', 'No component is named'],
    ['of a component that is none', { scope: 'some', component: ['nowhere'] }, 'components', 'no component nowhere'],
  ] as const;
  test.each(WRONG)(
    '%s: nothing is published, what was typed is kept, and the fault stands beside its field',
    async (_name, more, fieldName, says) => {
      await using rig = await openAnnouncingRig();
      const answer = await rig.send('ops', NEW, { ...TYPED, ...more, do: 'publish' });
      const { form } = viewOf<AnnounceView>(answer);
      expect(answer.status).toBe(422);
      expect(form.faults[fieldName] ?? '').toContain(says);
      const { component, ...own } = more as Record<string, string> & { component?: readonly string[] };
      expect(form.values).toMatchObject({ ...TYPED, ...own, components: (component ?? []).join(' ') });
      expect(await readAnnouncements(rig.store)).toEqual([]);
    },
  );

  test('a slot that somebody took meanwhile is named with what stands there and the next free one', async () => {
    await using rig = await openAnnouncingRig();
    await announce(rig, '2026-11-28');
    const answer = await rig.send('ops', NEW, { ...TYPED, do: 'publish' });
    const fault = viewOf<AnnounceView>(answer).form.faults['slot'] ?? '';
    expect(fault).toContain('Database upgrade');
    expect(fault).toContain('2026-12-05');
  });

  test('a long text travels to the verdict in the body', async () => {
    await using rig = await openAnnouncingRig();
    const answer = await rig.send('ops', '/admin/maintenance/verdict', { ...TYPED, body: 'word '.repeat(1_900), as: 'json' });
    expect([answer.status, (await readAnnouncements(rig.store)).length]).toEqual([200, 0]);
  });

  test('one like an earlier one has its words and components', async () => {
    await using rig = await openAnnouncingRig();
    const id = await announce(rig, '2026-11-28');
    const { form } = viewOf<AnnounceView>(await rig.askAs('ops', `${NEW}?like=${id}`));
    expect([form.values['title'], form.values['body'], form.values['slot']]).toEqual([TYPED.title, TYPED.body, '2026-12-05']);
  });
});

describe('a draft', () => {
  test('is kept half written, gone on with by somebody else, and gone once it is published', async () => {
    await using rig = await openAnnouncingRig();
    const kept = await rig.send('ops', NEW, { ...TYPED, body: '', do: 'keep' });
    const [draft] = await draftsOf(rig.store, 'announcement');
    expect([kept.status, placeOf(kept)]).toEqual([303, `${NEW}?draft=${draft?.id}&said=kept`]);
    const opened = viewOf<AnnounceView>(await rig.askAs('admin', `${NEW}?draft=${draft?.id}`));
    expect([opened.form.values['title'], opened.draft?.author]).toEqual([TYPED.title, 'Ona Berg']);
    await rig.send('admin', NEW, { ...TYPED, draft: draft?.id ?? '', draft_version: '1', do: 'publish' });
    expect([await draftsOf(rig.store, 'announcement'), (await readAnnouncements(rig.store))[0]?.author]).toEqual([[], 'Adele Kruse']);
  });

  test('that two people keep: the second sees what the first wrote, keeps what they typed, and may put theirs on top', async () => {
    await using rig = await openAnnouncingRig();
    await rig.send('ops', NEW, { ...TYPED, do: 'keep' });
    const [draft] = await draftsOf(rig.store, 'announcement');
    const own = { draft: draft?.id ?? '', draft_version: '1', do: 'keep' };
    await rig.send('admin', NEW, { ...TYPED, ...own, title: 'Theirs' });
    const second = await rig.send('ops', NEW, { ...TYPED, ...own, title: 'Mine' });
    const view = viewOf<AnnounceView>(second);
    expect([second.status, view.conflict?.theirs['title'], view.form.values['title']]).toEqual([409, 'Theirs', 'Mine']);
    await rig.send('ops', NEW, { ...TYPED, ...own, title: 'Mine', draft_version: String(view.draft?.version) });
    expect((await draftsOf(rig.store, 'announcement')).map(({ document, version }) => [document['title'], version])).toEqual([['Mine', 3]]);
  });
});

describe('a change', () => {
  const opened = async (rig: AnnouncingRig, id: string) => {
    const view = viewOf<AnnouncementView>(await rig.askAs('ops', `/admin/maintenance/${id}`));
    return { view, form: { ...view.form.values, based_on: String(view.basedOn) } as Record<string, string> };
  };

  test('is one more version, and what was not touched stays', async () => {
    await using rig = await openAnnouncingRig();
    const id = await announce(rig);
    const { form } = await opened(rig, id);
    const answer = await rig.send('ops', `/admin/maintenance/${id}`, { ...form, to: '13:00', do: 'publish' });
    expect([answer.status, placeOf(answer)]).toEqual([303, `/admin/maintenance/${id}?said=changed`]);
    const [fact] = await readAnnouncements(rig.store);
    expect(fact?.revisions.map(({ end, author }) => [end, author])).toEqual([
      [at('2026-12-05T12:00-05:00'), 'Ben Ito'],
      [at('2026-12-05T13:00-05:00'), 'Ona Berg'],
    ]);
  });

  test('of nothing, and one of a window that is over, are refused with the reason', async () => {
    await using rig = await openAnnouncingRig();
    const id = await announce(rig);
    const { form } = await opened(rig, id);
    const same = await rig.send('ops', `/admin/maintenance/${id}`, { ...form, do: 'publish' });
    expect([same.status, viewOf<AnnouncementView>(same).form.refusal]).toEqual([422, expect.stringContaining('already says so')]);
  });

  test('that somebody else overtook: both differences are shown, nothing is lost, and mine goes on top without undoing theirs', async () => {
    await using rig = await openAnnouncingRig();
    const id = await announce(rig);
    const { form } = await opened(rig, id);
    accepted(await editMaintenance(rig.ctx, id, { title: 'Database and cache', author: null }));
    const mine = { ...form, to: '14:00' };
    const answer = await rig.send('ops', `/admin/maintenance/${id}`, { ...mine, do: 'publish' });
    const view = viewOf<AnnouncementView>(answer);
    expect(answer.status).toBe(409);
    expect([view.conflict?.author, view.conflict?.theirs, view.conflict?.mine]).toEqual([
      'Ben Ito',
      [{ what: 'title', before: TYPED.title, after: 'Database and cache' }],
      [{ what: 'end', before: at('2026-12-05T12:00-05:00'), after: at('2026-12-05T14:00-05:00') }],
    ]);
    expect((await readAnnouncements(rig.store))[0]?.revisions).toHaveLength(2);
    const again = { ...(view.form.values as Record<string, string>), based_on: String(view.basedOn), do: 'publish' };
    expect((await rig.send('ops', `/admin/maintenance/${id}`, again)).status).toBe(303);
    const last = (await readAnnouncements(rig.store))[0]?.revisions.at(-1);
    expect([last?.rev, last?.title, last?.end]).toEqual([3, 'Database and cache', at('2026-12-05T14:00-05:00')]);
  });
});

describe('ending', () => {
  test('done early and cancelling say before what they give back, and do it', async () => {
    await using rig = await openAnnouncingRig('2026-11-28T09:00-05:00');
    const id = await announce(rig, '2026-11-28');
    rig.set('2026-11-28T10:48-05:00');
    const before = viewOf<AnnouncementView>(await rig.askAs('ops', `/admin/maintenance/${id}`));
    expect([before.done?.givenBackMs, before.done?.keptMs, before.cancel?.givenBackMs]).toEqual([4_320_000, 2_880_000, 4_320_000]);
    const done = await rig.send('ops', `/admin/maintenance/${id}/done`, {});
    expect([done.status, placeOf(done)]).toEqual([303, `/admin/maintenance/${id}?said=done`]);
    const after = viewOf<AnnouncementView>(await rig.askAs('ops', `/admin/maintenance/${id}`));
    expect([after.entry.excludedMs, after.done, after.cancel, after.edit, after.ending?.by?.name]).toEqual([
      2_880_000,
      null,
      null,
      null,
      'Ona Berg',
    ]);
    const twice = await rig.send('ops', `/admin/maintenance/${id}/cancel`, {});
    expect([twice.status, viewOf<AnnouncementView>(twice).refusal]).toEqual([409, expect.stringContaining('was completed')]);
  });

  test('what has not begun is cancelled, not done', async () => {
    await using rig = await openAnnouncingRig();
    const id = await announce(rig);
    const view = viewOf<AnnouncementView>(await rig.askAs('ops', `/admin/maintenance/${id}`));
    expect([view.done, view.cancel?.givenBackMs]).toEqual([null, 7_200_000]);
    expect((await rig.send('ops', `/admin/maintenance/${id}/done`, {})).status).toBe(409);
    expect(placeOf(await rig.send('ops', `/admin/maintenance/${id}/cancel`, {}))).toContain('said=cancelled');
  });
});

describe('an import', () => {
  const historic = {
    window: { start: at('2026-11-21T15:00Z'), end: at('2026-11-21T16:00Z') },
    announcedAt: at('2026-11-18T12:00Z'),
    title: 'Old window',
    body: 'From a mail.',
    components: '*' as const,
    author: null,
  };
  test('is approved by a second person with evidence; the form says how much will count', async () => {
    await using rig = await openAnnouncingRig(FRIDAY);
    const { announcement } = accepted(await importMaintenance(rig.ctx, historic));
    const path = `/admin/maintenance/${announcement.id}`;
    const view = viewOf<AnnouncementView>(await rig.askAs('ops', path));
    expect([view.approve?.excludedMs, view.entry.excludedMs]).toEqual([3_600_000, 0]);
    const bare = await rig.send('ops', `${path}/approve`, { evidence: ' ' });
    expect([bare.status, viewOf<AnnouncementView>(bare).evidence.faults['evidence']]).toEqual([422, expect.stringContaining('empty')]);
    expect(placeOf(await rig.send('ops', `${path}/approve`, { evidence: 'Mail of 18 November' }))).toContain('said=approved');
    const after = viewOf<AnnouncementView>(await rig.askAs('ops', path));
    expect([after.approve, after.entry.excludedMs, after.approval?.by]).toEqual([
      null,
      3_600_000,
      { name: 'Ona Berg', authenticated: true },
    ]);
  });

  test('is not approved by who imported it', async () => {
    await using rig = await openAnnouncingRig();
    const self = { ...rig.ctx, actor: { ...rig.ctx.actor, name: 'Ona Berg' } };
    const { announcement } = accepted(await importMaintenance(self, historic));
    const answer = await rig.send('ops', `/admin/maintenance/${announcement.id}/approve`, { evidence: 'Mail' });
    expect([answer.status, viewOf<AnnouncementView>(answer).evidence.refusal]).toEqual([422, expect.stringContaining('second person')]);
  });
});

describe('the list', () => {
  test('tells of a near deadline, of an import that waits, and of what will not count; and pages the past', async () => {
    await using rig = await openAnnouncingRig();
    accepted(await announceMaintenance(rig.ctx, { ...asking('20:00', '21:00', { slot: '2026-12-01' }), author: null }));
    const view = viewOf<{ todo: { what: string }[]; slots: object[]; older: number | null; past: { month: string }[] }>(
      await rig.askAs('ops', '/admin/maintenance'),
    );
    expect(view.todo.map(({ what }) => what)).toEqual(['deadline_near', 'not_counted']);
    expect(view.slots).toHaveLength(13);
    expect(view.past.map(({ month }) => month)).toEqual(['2026-11', '2026-10', '2026-09']);
  });
  test.each(['?before=x', '?before=-1', '?before=99999999999999', '?before=1'])('%s is a page all the same', async (query) => {
    await using rig = await openAnnouncingRig();
    expect((await rig.askAs('ops', `/admin/maintenance${query}`)).status).toBe(200);
  });
});
