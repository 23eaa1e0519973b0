import { describe, expect, it } from 'vitest';
import { type EnvironmentFault, isEnvironment, parseEnvironment, readEnvironment, type StartFlags } from '#monitor/config/environment.ts';

const files: Record<string, string> = { '/run/key': `${'k'.repeat(40)}\n`, '/run/empty': '' };
const readFile = (path: string): Uint8Array => {
  const text = files[path];
  if (text === undefined) throw new Error('no such file');
  return Buffer.from(text);
};
const read = (variables: Record<string, string>, flags: StartFlags = {}) => readEnvironment(variables, flags, '/srv/avow', readFile);
const faultsOf = (variables: Record<string, string>, flags: StartFlags = {}): readonly string[] => {
  const result = read(variables, flags);
  return isEnvironment(result) ? [] : result.map((fault: EnvironmentFault) => fault.message);
};

describe('the environment', () => {
  it('without a variable has the documented defaults', () => {
    expect(read({ PATH: '/bin' })).toEqual({
      configFile: null,
      dataDir: '/srv/avow/data',
      host: '127.0.0.1',
      port: 4321,
      publicOrigin: null,
      adminOrigin: null,
      hsts: true,
      allowRemoteSetup: false,
      metricsPort: 4322,
      databaseUrl: 'file:/srv/avow/data/avow.db',
      databaseToken: null,
      secretsKey: null,
      smtpUrl: null,
      trustedProxies: [],
      supervised: false,
      logLevel: 'info',
    });
  });
  it('is overridden by flags, and an empty variable counts as absent', () => {
    expect(read({ AVOW_PORT: '1000', AVOW_DATA: '/a', AVOW_HOST: '' }, { port: '2000', data: 'b', config: 'c.yaml' })).toMatchObject({
      port: 2000,
      metricsPort: 2001,
      dataDir: '/srv/avow/b',
      databaseUrl: 'file:/srv/avow/b/avow.db',
      configFile: 'c.yaml',
      host: '127.0.0.1',
    });
  });
  it('refuses an unknown variable and names the nearest one', () => {
    expect(faultsOf({ AVOW_PROT: '1' })).toEqual(['AVOW_PROT is not a variable of Avow; did you mean AVOW_PORT? Otherwise unset it']);
    expect(faultsOf({ AVOW_SECRET_KEY_FILE: '/run/key' })).toEqual([
      'AVOW_SECRET_KEY_FILE is not a variable of Avow; did you mean AVOW_SECRETS_KEY_FILE? Otherwise unset it',
    ]);
    expect(faultsOf({ AVOW_TEST_SEED: '1' })).toEqual([]);
  });
  it('tells every fault at once, each in a sentence', () => {
    expect(
      faultsOf({
        AVOW_PORT: '70000',
        AVOW_HOST: 'a b',
        AVOW_PUBLIC_ORIGIN: 'https://status.example.com/path',
        AVOW_ADMIN_ORIGIN: 'status.example.com',
        AVOW_HSTS: 'maybe',
        AVOW_METRICS_PORT: '-1',
        AVOW_DATABASE_URL: 'postgres://db',
        AVOW_TRUSTED_PROXIES: '10.0.0.0/8, proxy.example.com',
        AVOW_LOG_LEVEL: 'loud',
      }),
    ).toEqual([
      'AVOW_PORT must be a port from 0 to 65535, not "70000"',
      'AVOW_METRICS_PORT must be a port from 0 to 65535, not "-1"',
      'AVOW_HOST must be an address or a name to listen on, such as 127.0.0.1, not "a b"',
      'AVOW_PUBLIC_ORIGIN must be an origin such as https://status.example.com, without path or query',
      'AVOW_ADMIN_ORIGIN must begin with http:// or https://',
      'AVOW_HSTS must be on or off, not "maybe"',
      'AVOW_DATABASE_URL must be file:PATH, libsql://HOST or http(s)://HOST',
      'AVOW_TRUSTED_PROXIES must be addresses or ranges separated by commas, such as 10.0.0.0/8, and "proxy.example.com" is neither',
      'AVOW_LOG_LEVEL must be one of debug, info, warn, error, silent, not "loud"',
    ]);
  });
  it('refuses a mapped proxy range that would reach beyond the mapped addresses, to everybody', () => {
    expect(faultsOf({ AVOW_TRUSTED_PROXIES: '::ffff:10.0.0.0/16' })).toEqual([
      'AVOW_TRUSTED_PROXIES must be addresses or ranges separated by commas, such as 10.0.0.0/8, and "::ffff:10.0.0.0/16" is neither',
    ]);
    expect(faultsOf({ AVOW_TRUSTED_PROXIES: '::ffff:10.0.0.0/104, 10.0.0.0/8, 2001:db8::/32, ::1' })).toEqual([]);
  });
  it('names the flag, not the variable, when the flag is at fault', () => {
    expect(faultsOf({ AVOW_PORT: '1' }, { port: 'x' })).toEqual(['--port must be a port from 0 to 65535, not "x"']);
  });
  it('takes a secret from its variable or from a file, never from both', () => {
    expect(read({ AVOW_SECRETS_KEY_FILE: '/run/key' })).toMatchObject({ secretsKey: 'k'.repeat(40) });
    expect(faultsOf({ AVOW_SECRETS_KEY_FILE: '/run/key', AVOW_SECRETS_KEY: 'x'.repeat(40) })).toEqual([
      'AVOW_SECRETS_KEY and AVOW_SECRETS_KEY_FILE are both set; keep one of them',
    ]);
    expect(faultsOf({ AVOW_SECRETS_KEY_FILE: '/run/nothing' })).toEqual([
      'AVOW_SECRETS_KEY_FILE names /run/nothing, which can not be read or is empty; check path and rights',
    ]);
    expect(faultsOf({ AVOW_SMTP_URL_FILE: '/run/empty' })).toHaveLength(1);
  });
  it.each([
    ['smtp://avow:a%40b@mail.example.com:587', []],
    ['smtps://mail.example.com', []],
    ['smtp://127.0.0.1:25', []],
    ['smtp://10.1.2.3:25', []],
    ['smtp://169.254.169.254', [expect.stringContaining('AVOW_SMTP_URL names an address that is refused')]],
    ['smtp://[fd00:ec2::254]', [expect.stringContaining('AVOW_SMTP_URL names an address that is refused')]],
    [
      'smtp://mail.example.com/?requireTLS=false',
      ['AVOW_SMTP_URL must end after the port: what is encrypted follows from smtp:// or smtps:// and the host'],
    ],
    ['smtp://avow:50%off@mail.example.com', ['AVOW_SMTP_URL has a user name or password with a "%" of its own; write it as %25']],
    ['https://mail.example.com', ['AVOW_SMTP_URL must be smtp://USER:PASSWORD@HOST:PORT or smtps://…']],
  ])('judges the mail server %s', (url, faults) => {
    expect(faultsOf({ AVOW_SMTP_URL: url })).toEqual(faults);
  });
  it('never repeats a secret in a message', () => {
    const said = faultsOf({
      AVOW_SECRETS_KEY: 'canary-short',
      AVOW_SMTP_URL: 'canary://user:canary@host',
      AVOW_DATABASE_URL: 'libsql://user:canary@host',
    });
    expect(said).toHaveLength(3);
    expect(said.join(' ')).not.toContain('canary');
  });
  it('keeps the page and the metrics apart, and lets metrics be switched off', () => {
    expect(faultsOf({ AVOW_PORT: '5000', AVOW_METRICS_PORT: '5000' })).toEqual([
      'AVOW_METRICS_PORT must differ from the port of the page, which is 5000',
    ]);
    expect(read({ AVOW_METRICS_PORT: 'off' })).toMatchObject({ metricsPort: null });
    expect(read({ AVOW_PORT: '0' })).toMatchObject({ port: 0, metricsPort: 0 });
  });
  it('hands its own ports and secrets to the parser of the configuration', () => {
    const handed = parseEnvironment({ port: 4321, metricsPort: null }, { A: 'x', B_FILE: '/run/key', C_FILE: '/run/nothing' }, readFile);
    expect(handed.ownPorts).toEqual([4321]);
    expect([handed.secret('A'), handed.secret('B'), handed.secret('C'), handed.secret('D')]).toEqual(['x', 'k'.repeat(40), null, null]);
  });
});
