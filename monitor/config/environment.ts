/**
 * The environment and the command line → how this process runs: folders, ports, origins, secrets. Every `AVOW_…` variable
 * is known here or refused with the nearest known name; flags win over variables; secrets may come from the file that
 * `NAME_FILE` names. Pure: variables, flags and a way to read files are handed in. Messages never repeat a secret.
 * Names: interfaces.md, "Environment". Beginning with AVOW_TEST_ belongs to the test suite and is left alone.
 */
import { isAbsolute, join, resolve } from 'node:path';
import { readHost } from '#monitor/egress/host.ts';
import { shortened } from './fault.ts';
import { Wrong, wrong } from './leaf.ts';
import { nearest } from './nearest.ts';
import type { ParseEnvironment } from './parse.ts';
import { type ReadFile, secretsFrom } from './secrets.ts';
import { hostFault, readOrigin } from './target.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

export interface Environment {
  /** The configuration file: named, or null for ./avow.yaml when that is there. */
  readonly configFile: string | null;
  /** Absolute. Holds the store, avow.sock, keys and the snapshot. */
  readonly dataDir: string;
  readonly host: string;
  readonly port: number;
  /** Null: the page's `origin`, else http://127.0.0.1:PORT. */
  readonly publicOrigin: string | null;
  readonly adminOrigin: string | null;
  readonly hsts: boolean;
  readonly allowRemoteSetup: boolean;
  /** Null: no metrics listener. */
  readonly metricsPort: number | null;
  /** `file:…` or `libsql://…`. */
  readonly databaseUrl: string;
  readonly databaseToken: string | null;
  readonly secretsKey: string | null;
  readonly smtpUrl: string | null;
  /** Addresses or CIDR ranges. */
  readonly trustedProxies: readonly string[];
  readonly supervised: boolean;
  readonly logLevel: LogLevel;
}

/** One variable or flag that is not good. */
export interface EnvironmentFault {
  readonly name: string;
  readonly message: string;
}

export interface StartFlags {
  readonly config?: string | undefined;
  readonly port?: string | undefined;
  readonly data?: string | undefined;
  readonly host?: string | undefined;
}

const port =
  (least: number) =>
  (text: string): number | Wrong => {
    const value = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
    return value >= least && value <= 65_535 ? value : wrong(`must be a port from ${least} to 65535, not "${shortened(text)}"`);
  };
const flag = (text: string): boolean | Wrong => {
  if (/^(1|true|yes|on)$/i.test(text)) return true;
  return /^(0|false|no|off)$/i.test(text) ? false : wrong(`must be on or off, not "${shortened(text)}"`);
};
const folder = (text: string): string | Wrong => (text.includes('\0') ? wrong('must be the path of a folder') : text);
const listenHost = (text: string): string | Wrong => {
  const host = text === '0.0.0.0' || text === '::' || readHost(text).kind !== 'nonsense';
  return host ? text : wrong(`must be an address or a name to listen on, such as 127.0.0.1, not "${shortened(text)}"`);
};
const logLevel = (text: string): LogLevel | Wrong => {
  const levels = ['debug', 'info', 'warn', 'error', 'silent'] as const;
  return levels.find((level) => level === text) ?? wrong(`must be one of ${levels.join(', ')}, not "${shortened(text)}"`);
};
const databaseUrl = (text: string): string | Wrong => {
  if (text.startsWith('file:') && text.length > 5) return text;
  const url = URL.parse(text);
  if (!url || !['libsql:', 'http:', 'https:'].includes(url.protocol) || url.hostname === '')
    return wrong('must be file:PATH, libsql://HOST or http(s)://HOST');
  return url.username !== '' || url.password !== '' || url.searchParams.has('authToken')
    ? wrong('must not carry the token; put it in AVOW_DATABASE_TOKEN')
    : text;
};
const isPercentEncoded = (text: string): boolean => {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
};
const smtpUrl = (text: string): string | Wrong => {
  const url = URL.parse(text);
  if (!url || !['smtp:', 'smtps:'].includes(url.protocol) || url.hostname === '')
    return wrong('must be smtp://USER:PASSWORD@HOST:PORT or smtps://…');
  if (url.search !== '' || url.hash !== '' || !['', '/'].includes(url.pathname))
    return wrong('must end after the port: what is encrypted follows from smtp:// or smtps:// and the host');
  if (!isPercentEncoded(url.username) || !isPercentEncoded(url.password))
    return wrong('has a user name or password with a "%" of its own; write it as %25');
  const fault = hostFault(url.hostname);
  return fault === null ? text : wrong(fault);
};
const secretsKey = (text: string): string | Wrong =>
  text.length >= 32 ? text : wrong('must have at least 32 characters, such as 64 hexadecimal digits; make one with: openssl rand -hex 32');
const proxies = (text: string): readonly string[] | Wrong => {
  const list = text.split(',').map((one) => one.trim());
  const bad = list.find((one) => {
    const [address = '', bits, more] = one.split('/');
    const host = readHost(address);
    if (host.kind !== 'address' || more !== undefined) return true;
    if (bits === undefined) return false;
    const most = address.includes(':') ? 128 : 32;
    // ::ffff:10.0.0.0/104 is 10.0.0.0/8; a shorter prefix of a mapped address would reach beyond the mapped ones, to everybody.
    const least = address.includes(':') && !host.address.includes(':') ? 96 : 0;
    return !/^\d{1,3}$/.test(bits) || Number(bits) > most || Number(bits) < least;
  });
  return bad === undefined
    ? list
    : wrong(`must be addresses or ranges separated by commas, such as 10.0.0.0/8, and "${shortened(bad)}" is neither`);
};

interface VariableNote {
  readonly doc: string;
  readonly absent: string;
}
/** Every variable, as docs/configuration.md lists them. */
export const VARIABLES = {
  AVOW_CONFIG: { doc: 'The configuration file.', absent: '`./avow.yaml` when it is there, else Avow watches itself' },
  AVOW_DATA: { doc: 'The data folder: store, socket, snapshot of the last pages.', absent: '`./data`' },
  AVOW_PORT: { doc: 'Port of the page; 0 takes any free one.', absent: '`4321`' },
  AVOW_HOST: { doc: 'Address to listen on. Anything but loopback needs `AVOW_PUBLIC_ORIGIN`.', absent: '`127.0.0.1`' },
  AVOW_PUBLIC_ORIGIN: {
    doc: 'What customers type, such as https://status.example.com. Requests for another host are refused.',
    absent: '`page.origin`, else `http://127.0.0.1:PORT`',
  },
  AVOW_ADMIN_ORIGIN: {
    doc: 'Origin of the console, when it has one of its own: it then answers there alone.',
    absent: 'the public origin',
  },
  AVOW_HSTS: { doc: 'Whether an https origin tells browsers to insist on https: on or off.', absent: '`on`' },
  AVOW_ALLOW_REMOTE_SETUP: { doc: 'Whether the first admin may be made from another machine than this one.', absent: '`off`' },
  AVOW_METRICS_PORT: { doc: 'Loopback port of /metrics, or `off`.', absent: 'the port of the page + 1' },
  AVOW_DATABASE_URL: { doc: '`file:PATH`, `libsql://HOST` or `http(s)://HOST`.', absent: '`avow.db` in the data folder' },
  AVOW_TRUSTED_PROXIES: {
    doc: 'Addresses or ranges of your proxies, separated by commas; only their forwarding headers are read.',
    absent: 'none',
  },
  AVOW_SUPERVISED: {
    doc: 'Whether a supervisor restarts Avow: without a store it then ends with code 70 after a minute.',
    absent: '`off`',
  },
  AVOW_URL: { doc: 'For the command line: an Avow elsewhere, such as https://status.example.com.', absent: 'this machine' },
  AVOW_LOG_LEVEL: { doc: 'debug, info, warn, error or silent.', absent: '`info`' },
} as const satisfies Record<string, VariableNote>;
/** These may come from the file that `NAME_FILE` names. */
export const SECRETS = {
  AVOW_DATABASE_TOKEN: { doc: 'Token for a store on a server.', absent: 'none' },
  AVOW_SECRETS_KEY: {
    doc: 'Key for secrets at rest, at least 32 characters.',
    absent: '`secrets.key` in the data folder, made at the first start',
  },
  AVOW_SMTP_URL: {
    doc: 'Mail server for `ops.mail`: `smtp://USER:PASSWORD@HOST:PORT` (STARTTLS is required unless the host is this machine) or `smtps://…`.',
    absent: 'no mail',
  },
  AVOW_TOKEN: { doc: 'For the command line: the token an Avow elsewhere is asked with, `sp_…`.', absent: 'none' },
} as const satisfies Record<string, VariableNote>;
const SECRET_NAMES = Object.keys(SECRETS);
const KNOWN: readonly string[] = [...Object.keys(VARIABLES), ...SECRET_NAMES, ...SECRET_NAMES.map((name) => `${name}_FILE`)];

type Variables = Readonly<Record<string, string | undefined>>;

const unknownVariables = (variables: Variables): EnvironmentFault[] =>
  Object.keys(variables)
    .filter((name) => name.startsWith('AVOW_') && !name.startsWith('AVOW_TEST_') && !KNOWN.includes(name))
    .sort()
    .map((name) => {
      const bare = (known: string): string => known.slice('AVOW_'.length);
      const near = nearest(bare(name), KNOWN.map(bare), Number.POSITIVE_INFINITY);
      return { name, message: `${shortened(name)} is not a variable of Avow; did you mean AVOW_${near}? Otherwise unset it` };
    });

/** Variables, flags and files in; how to run, or every fault at once. `workingDir` is what relative paths start from. */
export const readEnvironment = (
  variables: Variables,
  flags: StartFlags,
  workingDir: string,
  readFile: ReadFile,
): Environment | EnvironmentFault[] => {
  const faults = unknownVariables(variables);
  /** An empty variable counts as absent, as shells and supervisors make them. */
  const read = <T>(
    name: keyof typeof VARIABLES,
    parse: (text: string) => T | Wrong,
    absent: T,
    flagged?: { readonly name: string; readonly text: string | undefined },
  ): T => {
    const text = flagged?.text ?? (variables[name] || undefined);
    if (text === undefined) return absent;
    const value = parse(text);
    if (!(value instanceof Wrong)) return value;
    const source = flagged?.text === undefined ? name : flagged.name;
    faults.push({ name: source, message: `${source} ${value.predicate}` });
    return absent;
  };
  const secret = (name: keyof typeof SECRETS, parse: (text: string) => string | Wrong): string | null => {
    const file = variables[`${name}_FILE`];
    const text = secretsFrom(variables, readFile)(name);
    if (variables[name] && file) faults.push({ name, message: `${name} and ${name}_FILE are both set; keep one of them` });
    else if (text === null && file)
      faults.push({
        name: `${name}_FILE`,
        message: `${name}_FILE names ${shortened(file, 200)}, which can not be read or is empty; check path and rights`,
      });
    if (text === null) return null;
    const value = parse(text);
    if (!(value instanceof Wrong)) return value;
    faults.push({ name, message: `${name} ${value.predicate}` });
    return null;
  };
  const absolute = (path: string): string => (isAbsolute(path) ? path : resolve(workingDir, path));
  const configFile = read<string | null>('AVOW_CONFIG', folder, null, { name: '--config', text: flags.config });
  const dataDir = absolute(read('AVOW_DATA', folder, './data', { name: '--data', text: flags.data }));
  const listening = read('AVOW_PORT', port(0), 4321, { name: '--port', text: flags.port });
  const metrics = read<number | null>(
    'AVOW_METRICS_PORT',
    (text) => (/^off$/i.test(text) ? null : port(0)(text)),
    listening === 0 ? 0 : listening + 1,
  );
  if (metrics !== null && metrics === listening && listening !== 0)
    faults.push({ name: 'AVOW_METRICS_PORT', message: `AVOW_METRICS_PORT must differ from the port of the page, which is ${listening}` });
  const environment: Environment = {
    configFile,
    dataDir,
    host: read('AVOW_HOST', listenHost, '127.0.0.1', { name: '--host', text: flags.host }),
    port: listening,
    publicOrigin: read<string | null>('AVOW_PUBLIC_ORIGIN', readOrigin, null),
    adminOrigin: read<string | null>('AVOW_ADMIN_ORIGIN', readOrigin, null),
    hsts: read('AVOW_HSTS', flag, true),
    allowRemoteSetup: read('AVOW_ALLOW_REMOTE_SETUP', flag, false),
    metricsPort: metrics,
    databaseUrl: read('AVOW_DATABASE_URL', databaseUrl, `file:${join(dataDir, 'avow.db')}`),
    databaseToken: secret('AVOW_DATABASE_TOKEN', (text) => text),
    secretsKey: secret('AVOW_SECRETS_KEY', secretsKey),
    smtpUrl: secret('AVOW_SMTP_URL', smtpUrl),
    trustedProxies: read<readonly string[]>('AVOW_TRUSTED_PROXIES', proxies, []),
    supervised: read('AVOW_SUPERVISED', flag, false),
    logLevel: read('AVOW_LOG_LEVEL', logLevel, 'info'),
  };
  return faults.length > 0 ? faults : environment;
};

export const isEnvironment = (result: Environment | EnvironmentFault[]): result is Environment => !Array.isArray(result);

/** What a configuration file may refer to and must not touch, in this environment. */
export const parseEnvironment = (
  environment: Pick<Environment, 'port' | 'metricsPort'> & Partial<Pick<Environment, 'smtpUrl'>>,
  variables: Variables,
  readFile: ReadFile,
): ParseEnvironment => ({
  secret: secretsFrom(variables, readFile),
  ownPorts: [environment.port, environment.metricsPort].filter((one): one is number => one !== null && one !== 0),
  ...(environment.smtpUrl === undefined ? {} : { mailServer: environment.smtpUrl !== null }),
});
