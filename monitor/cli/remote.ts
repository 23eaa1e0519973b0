/**
 * A running Avow elsewhere: which one (`--url`, else AVOW_URL), with which token (AVOW_TOKEN, else the file that AVOW_TOKEN_FILE names), and
 * how it is asked: what is asked of avow.sock, under /api/v1. Over https alone, unless it is this machine itself; the certificate is
 * checked whatever the environment says; a redirection is not followed, for the token would go with it. Neither the token nor a
 * part of it is ever written anywhere. Faults are sentences. Source: house.md, interfaces.md (Command line), reliability section 4 (API tokens).
 */
import { readFileSync } from 'node:fs';
import { type IncomingMessage, request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import { resolve } from 'node:path';
import { readApiToken } from '#domain/access/api-token.ts';
import { ANSWER_TYPE } from '#monitor/actions/answer-type.ts';
import { secretsFrom } from '#monitor/config/secrets.ts';
import { type Io, type Remote, Unreachable, UsageFault } from './command.ts';
import type { Question } from './door.ts';

/** Without a byte for this long nobody is there any more; long work sends something every fifteen seconds. */
const SILENCE_MS = 60_000;
const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

const optionOf = (argv: readonly string[], name: string): { readonly value: string | null; readonly rest: readonly string[] } => {
  const at = argv.findIndex((word) => word === name || word.startsWith(`${name}=`));
  if (at < 0) return { value: null, rest: argv };
  const word = argv[at] ?? '';
  const joined = word.includes('=');
  const value = joined ? word.slice(name.length + 1) : argv[at + 1];
  if (value === undefined || value === '') throw new UsageFault(`${name} needs a value: write ${name} https://status.example.com.`);
  return { value, rest: argv.toSpliced(at, joined ? 1 : 2) };
};

const readUrl = (text: string, source: string): string => {
  const url = URL.parse(text);
  const bad = (why: string): UsageFault => new UsageFault(`${source} ${why}; write it as https://status.example.com.`);
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) throw bad('is no address of an Avow');
  if (url.username !== '' || url.password !== '') throw bad('must hold neither name nor password: the token goes into AVOW_TOKEN');
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') throw bad('must be an origin, without a path');
  if (url.protocol === 'http:' && !LOOPBACK.has(url.hostname.toLowerCase()))
    throw bad(`must be https: over ${url.origin} the token would travel in the open`);
  return url.origin;
};

const readToken = ({ env, cwd }: Pick<Io, 'env' | 'cwd'>): string => {
  if (env['AVOW_TOKEN'] && env['AVOW_TOKEN_FILE']) throw new UsageFault('AVOW_TOKEN and AVOW_TOKEN_FILE are both set; keep one of them.');
  const text = secretsFrom(env, (path) => readFileSync(resolve(cwd, path)))('AVOW_TOKEN');
  if (text === null)
    throw new UsageFault(
      env['AVOW_TOKEN_FILE']
        ? 'AVOW_TOKEN_FILE names a file that cannot be read or is empty; check path and rights.'
        : 'An Avow elsewhere is asked with a token: make one in the console or with `avow token make`, and put it into AVOW_TOKEN or into the file that AVOW_TOKEN_FILE names.',
    );
  if (!readApiToken(text.trim())) throw new UsageFault('AVOW_TOKEN has not the form of a token, sp_…_…; it may be cut short.');
  return text.trim();
};

/** The words without `--url`, and whom they are for; null: this machine. Without `takes` the verb works here alone. */
export const readRemote = (
  verb: string,
  argv: readonly string[],
  io: Pick<Io, 'env' | 'cwd'>,
  takes: boolean,
): { readonly argv: readonly string[]; readonly remote: Remote | null } => {
  const { value, rest } = optionOf(argv, '--url');
  if (!takes) {
    if (value !== null) throw new UsageFault(`avow ${verb} works on this machine alone, and takes no --url.`);
    return { argv, remote: null };
  }
  const hasData = rest.some((word) => word === '--data' || word.startsWith('--data='));
  if (value !== null && hasData) throw new UsageFault('--url asks an Avow elsewhere, --data one of this machine: give one of them.');
  const text = value ?? (hasData ? null : io.env['AVOW_URL'] || null);
  if (text === null) return { argv: rest, remote: null };
  return { argv: rest, remote: { origin: readUrl(text, value === null ? 'AVOW_URL' : '--url'), token: readToken(io) } };
};

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_(?:GET|VERIFY)|ALTNAME/;
const sentenceOf = (origin: string, { code = '', message }: NodeJS.ErrnoException): string => {
  const { host, hostname } = new URL(origin);
  if (CERTIFICATE.test(code))
    return `The certificate of ${origin} is not good (${code}), and nothing was sent. If it is of an authority of your own, name that in NODE_EXTRA_CA_CERTS.`;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `There is no address for ${hostname} (${code}). Check the name and the network.`;
  if (code === 'ECONNREFUSED') return `Nobody listens at ${host}. Check the port, and whether Avow runs.`;
  if (code === 'EHOSTUNREACH' || code === 'ENETUNREACH') return `There is no route to ${host} (${code}). Check the network.`;
  if (code === 'ETIMEDOUT') return `${host} did not answer in time. Check the network and the firewall.`;
  if (code === 'EPROTO') return `${host} does not speak https (${message.slice(0, 80)}).`;
  return `${origin} did not answer: ${message}.`;
};

/** The answer to be read. Throws `Unreachable` with a sentence. */
export const askRemote = ({ origin, token }: Remote, { method, path, body }: Question): Promise<IncomingMessage> =>
  new Promise((settle, reject) => {
    const [bare = '', query] = path.split('?');
    const address = new URL(`/api/v1${method === 'GET' ? '/private' : ''}${bare}${query === undefined ? '' : `?${query}`}`, origin);
    const text = method === 'POST' ? JSON.stringify(body ?? {}) : '';
    const headers = {
      authorization: `Bearer ${token}`,
      accept: `${ANSWER_TYPE}, application/x-ndjson`,
      ...(method === 'POST' && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
    };
    const options = { method, headers, timeout: SILENCE_MS, agent: false } as const;
    const asked =
      address.protocol === 'https:'
        ? secureRequest(address, { ...options, rejectUnauthorized: true, minVersion: 'TLSv1.2' })
        : plainRequest(address, options);
    asked.once('timeout', () => asked.destroy(Object.assign(new Error('it took too long'), { code: 'ETIMEDOUT' })));
    asked.once('error', (fault: NodeJS.ErrnoException) => reject(new Unreachable(sentenceOf(origin, fault), { cause: fault })));
    asked.once('response', (response) => {
      const status = response.statusCode ?? 0;
      if (status < 300 || status >= 400) return settle(response);
      response.resume();
      reject(
        new Unreachable(
          `${origin} answered ${status} and points elsewhere, and a token is sent nowhere else. Give the address of the console itself.`,
        ),
      );
    });
    asked.end(text);
  });
