/** The list of checks: a state is found by what can be in it alone, and is the same as if every component had been judged. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readComponentList } from '#db/queries/component-list.ts';
import { isRefusal } from '#domain/refusal.ts';
import { instant } from '#domain/time/instant.ts';
import { announceMaintenance } from '#monitor/actions/announce-maintenance.ts';
import { openIncident } from '#monitor/actions/open-incident.ts';
import { SOCKET_OWNER } from '#monitor/context.ts';
import { seeded } from '#monitor/demo/seeded.ts';
import { type ComponentLine, componentListView, LIST_STATES, type ListQuery } from '#monitor/views/component-list.ts';
import { accepted } from '../../support/accepted.ts';
import { type ConsoleDesk, openConsoleDesk, readConfig } from '../../support/console-desk.ts';
import { asking } from '../../support/maintenance-desk.ts';

const COUNT = 150;
/** Two locations, one of them elsewhere. */
const FILE = `locations: [{name: Here, local: true}, {name: There}]
components:
${Array.from({ length: COUNT }, (_, i) => `  - {name: C${i}, group: G${i % 7}, tcp: "c${i}.example.com:443"${i % 3 === 0 ? ', quorum: 1' : ''}}`).join('\n')}
`;
/** Saturday 21 November 2026, 09:00 in New York. */
const NOW = Date.UTC(2026, 10, 21, 14);

let desk: ConsoleDesk;
beforeAll(async () => {
  desk = await openConsoleDesk(FILE, NOW - 3_600_000 * 4);
  const { store, clock } = desk;
  clock.jumpWall(NOW - clock.now());
  const random = seeded(11);
  const pick = <T>(...list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const spans: unknown[] = [];
  const checks: unknown[] = [];
  for (let component = 1; component <= COUNT; component++)
    for (const location of [1, 2]) {
      const said = pick('up', 'up', 'up', 'up', 'blip', 'down', 'unknown', 'pending', null);
      if (said === null) continue;
      spans.push([component, location, NOW - pick(1, 60_000, 3_600_000), said, random() < 0.15 ? 1 : 0]);
      // Fresh, on the edge of what it covers (150 s), silent for long, or only an error of ours since.
      const age = pick(1, 5_000, 149_999, 150_000, 150_001, 3_000_000);
      checks.push([component, location, NOW - age, 0]);
      if (random() < 0.2) checks.push([component, location, NOW, 3]);
    }
  await store.write([
    {
      sql: `INSERT INTO spans (component_id, location_id, start_ms, end_ms, lenient, strict, slow)
        SELECT value->>0, value->>1, value->>2, NULL, value->>3, value->>3, value->>4 FROM json_each(?)`,
      args: [JSON.stringify(spans)],
    },
    {
      sql: `INSERT INTO checks (c, l, at, lag, took, delay, o, r, k, s, u, p, d)
        SELECT value->>0, value->>1, value->>2, 0, 5, 5, value->>3, 0, NULL, NULL, 5000, NULL, NULL FROM json_each(?)`,
      args: [JSON.stringify(checks)],
    },
  ]);
  for (const slug of ['c3', 'c4', 'c5']) await desk.does('pause', { slug, reason: 'x' });
  const said = { title: 'Trouble', body: 'We look.', status: null, author: 'Ann' };
  const { policy } = readConfig(FILE);
  await openIncident(
    { store, clock, actor: SOCKET_OWNER, policy },
    {
      ...said,
      impacts: [
        { component: 'c10', impact: 'partial_outage' },
        { component: 'c11', impact: 'degraded' },
        { component: 'c12', impact: 'major_outage' },
      ],
    },
  );
  // A state is that of the millisecond before it is asked for.
  clock.jumpWall(1);
});
afterAll(() => desk[Symbol.asyncDispose]());

const asked = async (query: ListQuery): Promise<readonly ComponentLine[]> => {
  const found: ComponentLine[] = [];
  for (let after: string | null = ''; after !== null; ) {
    const view = await componentListView(await desk.context(), { ...query, ...(after !== '' && { after }) });
    if (isRefusal(view)) throw new Error(view.message);
    found.push(...view.components);
    after = view.next;
  }
  return found;
};
const slugsOf = (lines: readonly ComponentLine[]): string[] => lines.map(({ slug }) => slug);
const sameAsJudged = async (): Promise<Readonly<Record<string, number>>> => {
  const all = await asked({ limit: '200' });
  const counts: Record<string, number> = {};
  for (const state of LIST_STATES) {
    const judged = all.filter((one) => one.state === state);
    counts[state] = judged.length;
    expect([state, slugsOf(await asked({ state, limit: '20' }))]).toEqual([state, slugsOf(judged)]);
    const some = judged.filter(({ group }) => group === 'G2');
    expect([state, slugsOf(await asked({ state, group: 'G2', limit: '3' }))]).toEqual([state, slugsOf(some)]);
  }
  return counts;
};

describe('a state is asked for', () => {
  test('and those in it are found, page by page, as if each had been judged', async () => {
    const counts = await sameAsJudged();
    expect(
      Object.entries(counts)
        .filter(([, count]) => count === 0)
        .map(([state]) => state),
    ).toEqual(['maintenance']);
  });
  test('while some of them, and then all, are under maintenance', async () => {
    const { store, clock } = desk;
    const { policy } = readConfig(FILE);
    const announce = async (components: readonly string[] | null, slot: string) =>
      accepted(
        await announceMaintenance(
          { store, clock, actor: SOCKET_OWNER, policy },
          asking('10:00', '11:00', { slot, ...(components && { components }) }),
        ),
      );
    await announce(['c0', 'c10', 'c20'], '2026-11-28');
    await announce(null, '2026-12-05');
    const inside = Date.UTC(2026, 10, 28, 15, 30);
    clock.jumpWall(inside - clock.now());
    expect((await sameAsJudged())['maintenance']).toBe(3);
    clock.jumpWall(7 * 86_400_000);
    expect((await sameAsJudged())['maintenance']).toBeGreaterThan(100);
  });
});

test('what is down is sought by an index, whatever the number of components', async () => {
  const plan: string[] = [];
  const { store } = desk;
  const explaining = {
    ...store,
    read: async (statement: { readonly sql: string; readonly args?: readonly never[] }) => {
      const { rows } = await store.read({ ...statement, sql: `EXPLAIN QUERY PLAN ${statement.sql}` });
      plan.push(...rows.map((row) => String(row[3])));
      return { rows: [['[]']] };
    },
  } as unknown as typeof store;
  const everything = { search: '', group: null, managed: null, paused: null };
  await readComponentList(explaining, everything, null, 51, { sign: 'down', slugs: [], ids: [], asOf: instant(NOW) });
  expect(plan.join('\n')).toMatch(/SEARCH spans USING INDEX spans_by_end/);
  expect(plan.filter((step) => /^SCAN (?:c|v|spans|checks|k)\b/.test(step))).toEqual([]);
});
