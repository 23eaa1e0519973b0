/** Incidents in the console, through the real front: who may, what is kept of what was typed, and two people posting at once. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { factsOf } from '#db/queries/facts.ts';
import { instant } from '#domain/time/instant.ts';
import { updateIncident } from '#monitor/actions/update-incident.ts';
import { SYSTEM } from '#monitor/context.ts';
import { createRecorder } from '#monitor/core/recorder.ts';
import { at } from '../../../support/maintenance-desk.ts';
import { result } from '../../../support/recording.ts';
import { type StoryRig, startStoryRig } from '../../../support/story-rig.ts';
import { silentLog } from '../../../support/temp-store.ts';

let rig: StoryRig;
beforeAll(async () => {
  rig = await startStoryRig();
});
afterAll(async () => {
  await rig[Symbol.asyncDispose]();
});

const OPENING = {
  do: 'open',
  title: 'Orders cannot be paid',
  status: 'identified',
  body: 'Cards are refused since 11:40.',
  'impact.checkout': 'major_outage',
};
const located = (answer: { headers: Record<string, unknown> }): string => String(answer.headers['location']);
/** Opens one as ops; answers its path. */
const opened = async (): Promise<string> => located(await rig.form('ops', '/admin/incidents/new', OPENING)).replace(/\?.*$/, '');
const last = async (path: string) => (await factsOf(rig.store).incident(path.split('/').at(-1) ?? ''))?.updates[0];

describe('opening', () => {
  test('ops open an incident with what it does to components, in their own name', async () => {
    const answer = await rig.form('ops', '/admin/incidents/new', OPENING);
    expect([answer.status, located(answer)]).toEqual([303, expect.stringMatching(/^\/admin\/incidents\/[a-z0-9]{12}\?said=opened$/)]);
    const path = located(answer).replace(/\?.*$/, '');
    expect(await last(path)).toMatchObject({
      author: 'Ona Berg',
      status: 'identified',
      body: OPENING.body,
      impacts: [{ componentId: 1, impact: 'major_outage' }],
    });
    const list = rig.shown<{ open: { id: string }[] }>(await rig.get('viewer', '/admin/incidents'));
    expect(list.open.map(({ id }) => id)).toContain(path.split('/').at(-1));
  });
  test.each([
    ['without a title', { title: ' ' }, 'title', 'The title is empty'],
    ['without words', { body: '' }, 'body', 'The body is empty'],
    ['without a component', { 'impact.checkout': '' }, 'impacts', 'No component is named'],
    ['with places of a template left', { body: 'Since <time> it is slow.' }, 'body', '1 place in <angle brackets>'],
  ])('%s it comes back as it was typed, with the fault beside its field', async (_what, wrong, name, sentence) => {
    const answer = await rig.form('ops', '/admin/incidents/new', { ...OPENING, ...wrong });
    const { form } = rig.shown<{ form: { values: Record<string, string>; faults: Record<string, string> } }>(answer);
    expect([answer.status, form.faults[name]]).toEqual([422, expect.stringContaining(sentence)]);
    expect(form.values).toMatchObject({ status: 'identified', ...(name === 'title' ? {} : { title: OPENING.title }) });
  });
  test('components of a long list are named under their impact; a name that there is not stays where it was typed', async () => {
    const named = { ...OPENING, 'impact.checkout': '', 'names.major_outage': 'checkout,nosuch', 'names.degraded': ' search ' };
    const again = await rig.form('ops', '/admin/incidents/new', named);
    const { form } = rig.shown<{ form: { values: Record<string, string>; faults: Record<string, string> } }>(again);
    expect([again.status, form.faults['impacts']]).toEqual([422, expect.stringContaining('There is no component nosuch.')]);
    expect(form.values).toMatchObject({
      'impact.checkout': 'major_outage',
      'impact.nosuch': 'major_outage',
      'impact.search': 'degraded',
    });
    const opens = await rig.form('ops', '/admin/incidents/new', { ...named, 'names.major_outage': 'checkout' });
    expect(opens.status).toBe(303);
    expect((await last(located(opens).replace(/\?.*$/, '')))?.impacts).toEqual([
      { componentId: 1, impact: 'major_outage' },
      { componentId: 2, impact: 'degraded' },
    ]);
  });
  test('a preview and a text to begin with change nothing and keep what was typed', async () => {
    const before = (await factsOf(rig.store).incidents(rig.clock.now())).length;
    const preview = await rig.form('ops', '/admin/incidents/new', { ...OPENING, do: 'preview' });
    expect([preview.status, rig.shown(preview)]).toEqual([200, expect.objectContaining({ previewed: true })]);
    const begun = rig.shown<{ form: { values: Record<string, string> } }>(
      await rig.form('ops', '/admin/incidents/new', { ...OPENING, do: 'template:monitoring' }),
    );
    expect(begun.form.values['status']).toBe('monitoring');
    expect(begun.form.values['body']).toMatch(/^Cards are refused since 11:40\.\n\nSince <time>/);
    expect((await factsOf(rig.store).incidents(rig.clock.now())).length).toBe(before);
  });
  test('a viewer reads, and neither finds the form nor may send it', async () => {
    const path = await opened();
    expect((await rig.get('viewer', path)).status).toBe(200);
    expect((await rig.get('viewer', '/admin/incidents/new')).status).toBe(403);
    expect((await rig.form('viewer', '/admin/incidents/new', OPENING)).status).toBe(403);
    expect((await rig.form('account_manager', path, { body: 'no', status: 'identified' })).status).toBe(403);
  });
});

describe('posting', () => {
  test('the second of two who post at once sees the first, and may post on top', async () => {
    const path = await opened();
    const seen = (await last(path))?.id ?? '';
    const first = await rig.form('ops', path, { do: 'post', status: 'monitoring', body: 'Cards are taken again.', seen });
    expect([first.status, located(first)]).toEqual([303, `${path}?said=posted`]);
    const mine = { do: 'post', status: 'identified', body: 'We replace the gateway.', seen, 'impact.search': 'degraded' };
    const second = await rig.form('admin', path, mine);
    const view = rig.shown<{ meanwhile: boolean; last: string; updates: { body: string; author: string }[]; form: { values: object } }>(
      second,
    );
    expect([second.status, view.meanwhile, view.updates[0]?.body, view.updates[0]?.author]).toEqual([
      409,
      true,
      'Cards are taken again.',
      'Ona Berg',
    ]);
    expect(view.form.values).toMatchObject({ body: mine.body, status: 'identified', 'impact.search': 'degraded' });
    expect((await rig.form('admin', path, { ...mine, seen: view.last })).status).toBe(303);
    expect(await last(path)).toMatchObject({ body: mine.body, author: 'Adele Kruse' });
  });
  test('resolved by the one who says so, then nothing but a post-mortem follows', async () => {
    const path = await opened();
    const seen = (await last(path))?.id ?? '';
    expect(located(await rig.form('ops', path, { do: 'post', status: 'resolved', body: 'It is over.', seen }))).toBe(
      `${path}?said=resolved`,
    );
    const view = rig.shown<{ statuses: string[]; last: string }>(await rig.get('ops', path));
    expect(view.statuses).toEqual(['postmortem']);
    const late = await rig.form('ops', path, { do: 'post', status: 'monitoring', body: 'Still looking.', seen: view.last });
    expect([late.status, rig.shown(late)]).toEqual([422, expect.objectContaining({ meanwhile: false })]);
    const after = await rig.form('ops', path, {
      do: 'post',
      status: 'postmortem',
      body: '## What happened\n\nA key expired.',
      seen: view.last,
    });
    expect(after.status).toBe(303);
  });
  test('what the checks found is taken over, shows the samples behind it, and nobody resolves it', async () => {
    const recorder = await createRecorder({ store: rig.store, clock: rig.clock, log: silentLog });
    const minute = (i: number) => at('2026-11-27T11:30Z') + i * 60_000;
    await recorder.record(Array.from({ length: 25 }, (_, i) => result('search', 'home', minute(i), i < 10 ? 'ok' : 'fail')));
    const open = (await factsOf(rig.store).incidents(rig.clock.now())).find(({ detected }) => detected);
    const path = `/admin/incidents/${open?.id}`;
    const view = rig.shown<{ statuses: string[]; samples: { slug: string; failed: number; good: number; reasons: { count: number }[] }[] }>(
      await rig.get('ops', path),
    );
    expect(view.statuses).not.toContain('resolved');
    expect(view.samples).toEqual([expect.objectContaining({ slug: 'search', good: 10, failed: 15 })]);
    expect(view.samples[0]?.reasons.reduce((sum, { count }) => sum + count, 0)).toBe(15);
    const seen = (await last(path))?.id ?? '';
    expect((await rig.form('ops', path, { do: 'post', status: 'identified', body: 'A disk is full.', seen })).status).toBe(303);
    const refused = await rig.form('ops', path, { do: 'post', status: 'resolved', body: 'Over.', seen: (await last(path))?.id ?? '' });
    expect(refused.status).toBe(422);
  });
  test('whoever does not say what they had read is not held up, as before', async () => {
    const path = await opened();
    const answer = await updateIncident(rig.verbs.incidents(SYSTEM), path.split('/').at(-1) ?? '', {
      body: 'By the command line.',
      status: null,
      title: null,
      impacts: [],
      author: null,
    });
    expect(answer).toMatchObject({ update: expect.any(String) });
  });
});

test('what is over is told page by page, each incident once', async () => {
  await using many = await startStoryRig();
  const ids: string[] = [];
  for (let i = 0; i < 90; i++) {
    many.set(instant(at('2026-11-27T12:00Z') + Math.floor(i / 2) * 60_000));
    const path = located(await many.form('ops', '/admin/incidents/new', OPENING)).replace(/\?.*$/, '');
    await many.form('admin', path, {
      do: 'post',
      status: 'resolved',
      body: 'Over.',
      seen: (await factsOf(many.store).incident(path.split('/').at(-1) ?? ''))?.updates[0]?.id ?? '',
    });
    ids.push(path.split('/').at(-1) ?? '');
  }
  const found: string[] = [];
  type Cursor = { startedAt: number; id: string } | null;
  let next: Cursor = null;
  do {
    const after = next as Cursor;
    const query: string = after ? `?before=${after.startedAt}-${after.id}` : '';
    const view: { months: { incidents: { id: string }[] }[]; next: Cursor } = many.shown(
      await many.get('viewer', `/admin/incidents${query}`),
    );
    found.push(...view.months.flatMap(({ incidents }) => incidents.map(({ id }) => id)));
    next = view.next;
  } while (next);
  expect(found.toSorted()).toEqual(ids.toSorted());
});

test('Markdown is shown as readers will see it, and cannot act', async () => {
  const answer = await rig.form('ops', '/admin/fragments/markdown', { text: '**down** <script>alert(1)</script>', under: '2' });
  expect(JSON.parse(answer.body.toString())).toEqual({
    html: '<div class="prose" dir="auto"><p><strong>down</strong> &lt;script&gt;alert(1)&lt;/script&gt;</p></div>',
  });
});

describe('a draft', () => {
  test('is kept with what was typed, seen by nobody outside, gone on with by another, and gone once it is posted', async () => {
    const path = await opened();
    const seen = (await last(path))?.id ?? '';
    const kept = await rig.form('ops', path, {
      do: 'keep',
      status: 'monitoring',
      body: 'Half a sentence',
      seen,
      'impact.search': 'degraded',
    });
    expect([kept.status, located(kept)]).toEqual([303, `${path}?said=kept`]);
    expect((await last(path))?.id).toBe(seen);
    const view = rig.shown<{ form: { values: Record<string, string> }; draft: { author: string } }>(await rig.get('admin', path));
    expect(view.draft.author).toBe('Ona Berg');
    expect(view.form.values).toMatchObject({ body: 'Half a sentence', status: 'monitoring', 'impact.search': 'degraded', seen });
    const again = await rig.form('admin', path, { ...view.form.values, do: 'keep', body: 'A whole sentence.' });
    expect(again.status).toBe(303);
    const stale = await rig.form('ops', path, { ...view.form.values, do: 'keep', body: 'Another.' });
    expect([stale.status, rig.shown<{ form: { refusal: string } }>(stale).form.refusal]).toEqual([
      409,
      expect.stringContaining('Adele Kruse'),
    ]);
    const current = rig.shown<typeof view>(await rig.get('ops', path)).form.values;
    expect((await rig.form('ops', path, { ...current, do: 'post' })).status).toBe(303);
    expect(await last(path)).toMatchObject({ body: 'A whole sentence.' });
    expect(rig.shown<{ draft: object | null }>(await rig.get('ops', path)).draft).toBeNull();
  });
  test('of a new incident has an address, stands in the list of those who may open one, and can be thrown away', async () => {
    const to = located(await rig.form('ops', '/admin/incidents/new', { ...OPENING, do: 'keep', body: '' }));
    expect(to).toMatch(/^\/admin\/incidents\/new\?draft=[a-z0-9]{12}&said=kept$/);
    type List = { drafts: { id: string; title: string }[] };
    expect(rig.shown<List>(await rig.get('ops', '/admin/incidents')).drafts).toMatchObject([{ title: OPENING.title }]);
    expect(rig.shown<List>(await rig.get('viewer', '/admin/incidents')).drafts).toEqual([]);
    const { values } = rig.shown<{ form: { values: Record<string, string> } }>(await rig.get('admin', to)).form;
    expect(located(await rig.form('admin', '/admin/incidents/new', { ...values, do: 'discard' }))).toBe('/admin/incidents?said=discarded');
    expect(rig.shown<List>(await rig.get('ops', '/admin/incidents')).drafts).toEqual([]);
  });
  test('is thrown away only where it is written: not from another incident, nor as a new one', async () => {
    const path = await opened();
    await rig.form('ops', path, { do: 'keep', status: 'monitoring', body: 'Half a sentence', draft: '', version: '' });
    const draft = rig.shown<{ draft: { id: string } | null }>(await rig.get('ops', path)).draft?.id ?? '';
    for (const elsewhere of [await opened(), '/admin/incidents/new']) {
      const answer = await rig.form('admin', elsewhere, { ...OPENING, do: 'discard', draft });
      expect([answer.status, rig.shown<{ form: { refusal: string } }>(answer).form.refusal]).toEqual([
        409,
        expect.stringContaining('There is no draft'),
      ]);
    }
    expect(rig.shown<{ draft: { id: string } | null }>(await rig.get('ops', path)).draft?.id).toBe(draft);
    expect(located(await rig.form('admin', path, { do: 'discard', draft }))).toBe(`${path}?said=discarded`);
  });
});
