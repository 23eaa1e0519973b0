/** Two people who change one thing, at every form of the console that changes something: the second sees what the first did, keeps what was typed, and chooses. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, type RawAnswer } from '../../../support/raw-http.ts';
import { VirtualClock } from '../../../support/virtual-clock.ts';
import { startWholeConsole, type WholeConsole } from '../../../support/whole-console.ts';

const clock = new VirtualClock(Date.UTC(2026, 10, 27, 14));
let rig: WholeConsole;
beforeAll(async () => {
  rig = await startWholeConsole(clock);
});
afterAll(() => rig[Symbol.asyncDispose]());

type Fields = Readonly<Record<string, string>>;
type Who = 'admin' | 'ops';
// biome-ignore lint/suspicious/noExplicitAny: a view as its page was handed it.
type View = any;
const view = (answer: RawAnswer): View => JSON.parse(/<pre>([\s\S]*?)<\/pre>/.exec(answer.body.toString())?.[1] ?? '{}');
const located = ({ headers }: RawAnswer): string => String(headers['location']).replace(/[?#].*$/, '');
const get = async (who: Who, path: string): Promise<View> =>
  view(await ask(rig.port, path, { headers: { ...rig.people.as[who].headers(rig.origin), Accept: 'text/html' } }));
const post = (who: Who, path: string, fields: Fields): Promise<RawAnswer> => {
  const person = rig.people.as[who];
  return ask(rig.port, path, {
    method: 'POST',
    headers: { ...person.headers(rig.origin), Accept: 'text/html', 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ ...fields, form_token: person.formToken() }).toString(),
  });
};

const OPENING = { do: 'open', title: 'Orders fail', status: 'identified', body: 'Cards are refused.', 'impact.checkout': 'degraded' };
const WINDOW = { slot: 'other', date: '2026-12-05', from: '10:00', to: '11:00', scope: 'all', title: 'Disks', body: 'Two disks.' };
const MAIL = { name: 'Mail', description: 'Out', group: '', critical: 'yes', check: 'tcp: mail.example.com:25' };

interface Form {
  readonly what: string;
  /** Makes the thing; answers where the form is, where it is sent to and what is hidden in it for whoever opens it now. */
  readonly begin: () => Promise<{ readonly to: string; readonly hidden: Fields }>;
  readonly theirs: Fields;
  readonly mine: Fields;
  /** Who is second; ops without it. */
  readonly second?: Who;
  /** What the page of the second one shows of the first's. */
  readonly sees: (shown: View) => unknown;
  /** What is hidden in the form that the second one is shown. */
  readonly next: (shown: View) => Fields;
}

const FORMS: readonly Form[] = [
  {
    what: 'an announcement',
    begin: async () => {
      const to = located(await post('admin', '/admin/maintenance/new', { ...WINDOW, do: 'publish' }));
      return { to, hidden: { ...WINDOW, do: 'publish', based_on: String((await get('ops', to)).basedOn) } };
    },
    theirs: { title: 'Disks and fans' },
    mine: { body: 'Three disks.' },
    sees: ({ conflict }) => [conflict.author, conflict.theirs[0].after, conflict.mine.map((one: View) => one.after)],
    next: ({ basedOn, form }) => ({ ...form.values, based_on: String(basedOn) }),
  },
  {
    what: 'the draft of an announcement',
    begin: async () => {
      const kept = await post('admin', '/admin/maintenance/new', { ...WINDOW, do: 'keep' });
      const id = /draft=(\w+)/.exec(String(kept.headers['location']))?.[1] ?? '';
      return { to: '/admin/maintenance/new', hidden: { ...WINDOW, do: 'keep', draft: id, draft_version: '1' } };
    },
    theirs: { title: 'Disks and fans' },
    mine: { title: 'Disks and cables' },
    sees: ({ conflict }) => [conflict.author, conflict.theirs.title],
    next: ({ draft, form }) => ({ ...form.values, draft_version: String(draft.version) }),
  },
  {
    what: 'a post on an incident',
    begin: async () => {
      const to = located(await post('admin', '/admin/incidents/new', OPENING));
      return { to, hidden: { do: 'post', status: 'monitoring', seen: (await get('ops', to)).last } };
    },
    theirs: { body: 'Cards are taken again.' },
    mine: { body: 'We replace the gateway.' },
    sees: ({ meanwhile, updates }) => [meanwhile, updates[0].author, updates[0].body],
    next: ({ last }) => ({ seen: last }),
  },
  {
    what: 'the draft of a post',
    begin: async () => {
      const to = located(await post('admin', '/admin/incidents/new', OPENING));
      await post('admin', to, { do: 'keep', status: 'monitoring', body: 'Half' });
      return { to, hidden: { do: 'keep', ...(await get('ops', to)).form.values } };
    },
    theirs: { body: 'Cards are taken again.' },
    mine: { body: 'We replace the gateway.', 'impact.search': 'degraded' },
    sees: ({ conflict }) => [conflict.author, conflict.theirs.body],
    next: ({ form }) => ({ version: form.values.version }),
  },
  {
    what: 'the draft of an incident',
    begin: async () => {
      const kept = String((await post('admin', '/admin/incidents/new', { ...OPENING, do: 'keep' })).headers['location']);
      return { to: '/admin/incidents/new', hidden: { ...(await get('ops', kept)).form.values, do: 'keep' } };
    },
    theirs: { title: 'Orders fail for some' },
    mine: { title: 'Orders fail for all' },
    sees: ({ conflict }) => [conflict.author, conflict.theirs.title],
    next: ({ form }) => ({ version: form.values.version }),
  },
  {
    what: 'the notes of a release',
    begin: async () => {
      const release = { version: '5.1.0', title: 'Search', kind: 'standard', tickets: '', notes: 'Search is faster.' };
      const to = located(await post('admin', '/admin/releases/new', release));
      return { to: `${to}/notes`, hidden: { do: 'save', rev: '1' } };
    },
    theirs: { notes: 'Search is faster.\nAnd finds more.' },
    mine: { notes: 'Search is much faster.' },
    sees: ({ meanwhile, onTop }) => [meanwhile, onTop.filter((one: View) => one.is === 'gone').map((one: View) => one.text)],
    next: ({ forms }) => ({ rev: forms.notes.values.rev }),
  },
  {
    what: 'a component',
    begin: async () => {
      const to = located(await post('admin', '/admin/components/new', { ...MAIL, slug: 'mail', do: 'save' }));
      return { to: `${to}/edit`, hidden: { ...MAIL, slug: 'mail', do: 'save', based_on: String((await get('ops', to)).basedOn) } };
    },
    theirs: { description: 'What we send' },
    mine: { name: 'Mail out' },
    sees: ({ differing }) => differing,
    next: ({ basedOn }) => ({ based_on: String(basedOn) }),
  },
  {
    what: 'a text to begin posts with',
    begin: async () => {
      const fields = { do: 'save', name: 'Cards', title: '', investigating: 'Cards are refused.', version: '0' };
      await post('admin', '/admin/incidents/templates', fields);
      return { to: '/admin/incidents/templates', hidden: { ...fields, version: '1' } };
    },
    theirs: { investigating: 'Cards are refused since <time>.' },
    mine: { resolved: 'Cards are taken again.' },
    sees: ({ theirs }) => [theirs.author, theirs.texts.investigating],
    next: ({ form }) => ({ version: form.values.version }),
  },
  {
    what: 'the role of a person',
    begin: async () => ({ to: `/admin/people/${rig.people.as.viewer.id}/role`, hidden: { version: '1' } }),
    theirs: { role: 'ops' },
    mine: { role: 'account_manager' },
    second: 'admin',
    sees: ({ form, account }) => [form.refusal.includes('is ops now'), account.person.role],
    next: ({ account }) => ({ version: String(account.person.version) }),
  },
];
const SEEN: Readonly<Record<string, unknown>> = {
  'an announcement': ['Adele Kruse', 'Disks and fans', ['Three disks.']],
  'the draft of an announcement': ['Adele Kruse', 'Disks and fans'],
  'a post on an incident': [true, 'Adele Kruse', 'Cards are taken again.'],
  'the draft of a post': ['Adele Kruse', 'Cards are taken again.'],
  'the draft of an incident': ['Adele Kruse', 'Orders fail for some'],
  'the notes of a release': [true, ['Search is faster.', 'And finds more.']],
  'a component': expect.arrayContaining([['description', 'What we send', 'Out']]),
  'a text to begin posts with': ['Adele Kruse', 'Cards are refused since <time>.'],
  'the role of a person': [true, 'ops'],
};

test('a text of their own begins a post in the words for its status, and is not posted with places left', async () => {
  const fields = {
    do: 'save',
    name: 'Search',
    title: 'Search is slow',
    identified: 'Slow since <hour>.',
    resolved: 'Fast again.',
    version: '0',
  };
  expect((await post('ops', '/admin/incidents/templates', fields)).status).toBe(303);
  const { own } = await get('ops', '/admin/incidents/new');
  const id = own.find((one: View) => one.name === 'Search').id;
  const begun = view(await post('ops', '/admin/incidents/new', { ...OPENING, title: '', body: '', do: `template:own.${id}` })).form.values;
  expect(begun).toMatchObject({ title: 'Search is slow', status: 'identified', body: 'Slow since <hour>.' });
  const early = await post('ops', '/admin/incidents/new', { ...OPENING, body: begun.body });
  expect([early.status, view(early).form.faults.body]).toEqual([422, expect.stringContaining('1 place')]);
  const path = located(await post('ops', '/admin/incidents/new', { ...OPENING, body: 'Slow since nine.' }));
  const over = view(await post('ops', path, { do: `template:own.${id}`, status: 'resolved', body: 'Seen.' })).form.values;
  expect(over).toMatchObject({ title: '', status: 'resolved', body: 'Seen.\n\nFast again.' });
  expect((await post('ops', '/admin/incidents/templates', { do: 'remove', name: 'Search', version: '1' })).status).toBe(303);
  expect((await get('ops', '/admin/incidents/new')).own.map((one: View) => one.name)).not.toContain('Search');
});

test('a check without a slug is called after its name; what is taken, or leaves nothing, is said beside the field, and nothing typed is lost', async () => {
  const fields = { ...MAIL, name: 'Café in Zürich', slug: '', do: 'save' };
  expect(located(await post('admin', '/admin/components/new', fields))).toBe('/admin/components/cafe-in-zurich');
  const taken = await post('admin', '/admin/components/new', fields);
  const { form } = view(taken);
  expect([taken.status, form.values.name, form.refusal]).toEqual([422, 'Café in Zürich', null]);
  expect(form.faults).toEqual({ slug: expect.stringContaining('there is a component cafe-in-zurich already') });
  const nothing = view(await post('admin', '/admin/components/new', { ...fields, name: '監視' }));
  expect(nothing.form.faults).toEqual({ name: expect.stringContaining('add a "slug"') });
});

describe('whoever is second to change', () => {
  test.each(FORMS)('$what sees both, and may send theirs on top', async ({ what, begin, theirs, mine, second = 'ops', sees, next }) => {
    const { to, hidden } = await begin();
    await clock.advance(61_000);
    expect((await post('admin', to, { ...hidden, ...theirs })).status).toBe(303);
    const late = await post(second, to, { ...hidden, ...mine });
    const shown = view(late);
    expect([late.status, sees(shown)]).toEqual([409, SEEN[what]]);
    for (const value of Object.values(mine)) expect(JSON.stringify(shown)).toContain(JSON.stringify(value));
    expect((await post(second, to, { ...hidden, ...mine, ...next(shown) })).status).toBe(303);
  });
});
