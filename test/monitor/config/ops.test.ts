/** `ops`: secrets come by reference, are held to their form, and stand in no message; a webhook goes to public addresses only. */
import { expect, test } from 'vitest';
import { renderFault } from '#monitor/config/fault.ts';
import { isConfig, parseConfiguration } from '#monitor/config/parse.ts';

const whsec = (bytes: number, byte = 3): string => `whsec_${Buffer.alloc(bytes, byte).toString('base64')}`;
const read = (ops: string, secrets: Readonly<Record<string, string>> = {}, mailServer?: boolean) => {
  const source = `components:\n  - {name: Website, http: https://www.example.com/}\nops:\n${ops.replace(/^/gm, '  ')}\n`;
  return parseConfiguration(Buffer.from(source), 'avow.yaml', {
    secret: (name) => secrets[name] ?? null,
    ownPorts: [],
    ...(mailServer === undefined ? {} : { mailServer }),
  });
};
const said = (...asked: Parameters<typeof read>): string[] => {
  const result = read(...asked);
  return isConfig(result) ? [] : result.map(renderFault);
};
const webhook = (more = ''): string => `webhook: {url: "\${URL}", secret: "\${SECRET}"${more}}`;

test('address and secrets may come from the environment; what is stored and exported is the reference', () => {
  const secrets = { URL: 'https://hooks.example.com/T0K3N?x=1', SECRET: whsec(32), OLD: whsec(24, 4) };
  const config = read(webhook(', previous_secret: "${OLD}"'), secrets);
  if (!isConfig(config)) throw new Error('refused');
  expect(config.ops.webhook).toEqual({
    url: secrets.URL,
    secrets: [secrets.SECRET, secrets.OLD],
    written: { url: '${URL}', secret: '${SECRET}', previousSecret: '${OLD}' },
  });
});

test.each([
  ['http://hooks.example.com/canary', 'must begin with https://'],
  ['https://127.0.0.1/canary', 'is not public'],
  ['https://[::ffff:10.0.0.1]/canary', 'is not public'],
  ['https://0x7f000001/canary', 'is not public'],
  ['https://hooks.localhost/canary', 'leads to this machine'],
  ['https://user:canary@hooks.example.com/', 'must not carry a user name'],
  ['https://hooks.example.com/#canary', 'has a "#" part'],
  ['canary', 'must be a URL'],
  [`https://hooks.example.com/canary${'x'.repeat(2_100)}`, '2048 are allowed'],
  ['https://hooks.example.com/ca nary', 'must be a URL'],
])('the address %j is refused without being repeated', (url, why) => {
  const faults = said(webhook(), { URL: url, SECRET: whsec(32) });
  expect(faults).toHaveLength(1);
  expect(faults[0]).toContain(why);
  expect(faults[0]).not.toContain('canary');
});

test.each([
  ['canary-canary-canary-canary-canary', 'does not begin with "whsec_"'],
  ['whsec_canary', 'no base64'],
  [whsec(16), 'of 16 bytes, and 24 to 64 are wanted'],
])('the secret %j is refused without being repeated, and the way to make one is said', (secret, why) => {
  const faults = said(webhook(), { URL: 'https://hooks.example.com/', SECRET: secret });
  expect(faults).toHaveLength(1);
  expect(faults[0]).toContain(why);
  expect(faults[0]).toContain('openssl rand -base64 32');
  expect(faults[0]).not.toContain(secret);
});

test('the secret before must be another one', () => {
  const secrets = { URL: 'https://hooks.example.com/', SECRET: whsec(32), OLD: whsec(32) };
  expect(said(webhook(', previous_secret: "${OLD}"'), secrets)).toEqual([
    expect.stringContaining('"previous_secret" is the secret itself; give the one before, or remove it'),
  ]);
});

test('mail needs a server, where it is known whether there is one', () => {
  const mail = 'mail: {to: [ops@example.com], from: avow@example.com}';
  expect(said(mail, {}, true)).toEqual([]);
  expect(said(mail)).toEqual([]);
  expect(said(mail, {}, false)).toEqual([expect.stringContaining('"mail" needs a mail server; set AVOW_SMTP_URL or AVOW_SMTP_URL_FILE')]);
});
