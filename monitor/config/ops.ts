/**
 * `ops`: where the people who run this are told. A webhook (Standard Webhooks 1.0) and mail. Secrets come by `${NAME}` only and stay in
 * memory; messages never repeat them, nor the address of the webhook, which may be one.
 */
import { z } from 'zod';
import { readMailAddress } from '#domain/notice/mail-address.ts';
import { secretFault } from '#domain/notice/signing-key.ts';
import { denial, isPublic } from '#monitor/egress/address.ts';
import { readHost } from '#monitor/egress/host.ts';
import type { OpsMail, OpsSettings, OpsWebhook } from './config.ts';
import type { Report } from './fault.ts';
import { documented, leaf, quoted, wrong } from './leaf.ts';
import { readList, readMapping, readValue, refuseRepeats } from './mapping.ts';
import { expandReferences, type SecretLookup } from './secrets.ts';
import { HIDDEN, NOTHING_TO_KEEP } from './write-only.ts';
import type { Path } from './yaml-places.ts';

export const NOBODY: OpsSettings = { webhook: null, mail: null };
const MOST_ADDRESSES = 10;
const REFERENCE = /^\$\{[^}]*\}$/;
const KEY_HELP = 'make one with: echo "whsec_$(openssl rand -base64 32)"';

const address = () =>
  leaf('a mail address such as ops@example.com', (value) => {
    if (typeof value !== 'string') return null;
    return (
      readMailAddress(value) ??
      wrong(`must be one plain mail address such as ops@example.com, without a name, quotes or brackets, not ${quoted(value)}`)
    );
  });

const secretReference = () =>
  leaf('a reference such as ${OPS_WEBHOOK_SECRET}', (value) => {
    if (typeof value !== 'string') return null;
    return REFERENCE.test(value)
      ? value
      : wrong('must be a reference such as ${OPS_WEBHOOK_SECRET}: a secret is not written into this file');
  });

const webhookUrl = () =>
  leaf('an https:// URL, or a reference such as ${OPS_WEBHOOK_URL}', (value) => (typeof value === 'string' ? value : null));

export const opsSchema = z.strictObject({
  webhook: documented(z.unknown().optional(), 'A signed webhook.', 'none'),
  mail: documented(z.unknown().optional(), 'Mail through the server of `AVOW_SMTP_URL`.', 'none'),
});
export const opsWebhookSchema = z.strictObject({
  url: documented(webhookUrl(), 'Where it is posted: an `https://` URL on a public address, or one `${NAME}` that stands for it.'),
  secret: documented(secretReference(), 'What it is signed with: `${NAME}` of a secret `whsec_…` (base64 of 24 to 64 bytes).'),
  previous_secret: documented(
    secretReference().optional(),
    'The secret before, while receivers change over: every message then carries both signatures.',
    'one signature',
  ),
});
export const opsMailSchema = z.strictObject({
  to: documented(z.unknown(), `Who is told: a list of at most ${MOST_ADDRESSES} plain addresses. Each is told by a message of its own.`),
  from: documented(address(), 'The sender, an address your mail server lets this machine use.'),
});

interface OpsTools {
  readonly report: Report;
  readonly lookup: SecretLookup;
  /** Whether there is a mail server; undefined: not known here. */
  readonly mailServer: boolean | undefined;
  /** As it is in force, for `•`; null: there is none. */
  readonly webhookUrl: string | null;
}

/** The value behind a text that may hold references; null when one cannot be followed, which was reported. */
const resolved = (written: string, path: Path, { report, lookup }: OpsTools): string | null => {
  const { value, faults } = expandReferences(written, lookup);
  for (const fault of faults) report(path, fault);
  return faults.length > 0 ? null : value;
};

/** A predicate when a message may not be posted there, else null. Never repeats the URL. */
const urlFault = (text: string): string | null => {
  if (text.length > 2_048) return `has ${text.length} characters and 2048 are allowed; shorten it`;
  const url = /[\s\\\p{Cc}]/u.test(text) ? null : URL.parse(text);
  if (!url || url.hostname === '') return 'must be a URL such as https://hooks.example.com/avow';
  if (url.protocol !== 'https:') return 'must begin with https://, so that nobody on the way reads or changes what is told';
  if (url.username !== '' || url.password !== '') return 'must not carry a user name or password; the signature says who sent it';
  if (url.hash !== '' || text.includes('#')) return 'has a "#" part, which is never sent; remove it';
  const host = readHost(url.hostname);
  if (host.kind === 'nonsense') return `has no host that can be dialled: ${host.why}`;
  if (host.kind === 'name')
    return /^(.*\.)?localhost$/.test(host.name) ? 'leads to this machine; webhooks go to public addresses only' : null;
  return denial(host.address, 'strict') !== null || !isPublic(host.address)
    ? 'leads to an address that is not public; webhooks go to public addresses only'
    : null;
};

const readWebhook = (raw: unknown, tools: OpsTools): OpsWebhook | null => {
  const path = ['ops', 'webhook'];
  const fields = readMapping(opsWebhookSchema, raw, path, tools.report) ?? {};
  const writtenUrl = fields.url === HIDDEN ? tools.webhookUrl : fields.url;
  if (writtenUrl === null) tools.report([...path, 'url'], NOTHING_TO_KEEP);
  const url = writtenUrl == null ? null : resolved(writtenUrl, [...path, 'url'], tools);
  const fault = url === null ? null : urlFault(url);
  if (fault !== null) tools.report([...path, 'url'], fault);
  const keys = (['secret', 'previous_secret'] as const).map((key) => {
    const written = fields[key];
    const secret = written === undefined ? null : resolved(written, [...path, key], tools);
    const bad = secret === null ? null : secretFault(secret);
    if (bad !== null) tools.report([...path, key], `${bad}; ${KEY_HELP}`);
    return secret;
  });
  const [secret = null, previous = null] = keys;
  if (secret !== null && secret === previous)
    tools.report([...path, 'previous_secret'], 'is the secret itself; give the one before, or remove it');
  if (url === null || secret === null || writtenUrl == null || fields.secret === undefined) return null;
  const written = { url: writtenUrl, secret: fields.secret, previousSecret: fields.previous_secret ?? null };
  return { url, secrets: previous === null ? [secret] : [secret, previous], written };
};

const readMail = (raw: unknown, tools: OpsTools): OpsMail | null => {
  const path = ['ops', 'mail'];
  const fields = readMapping(opsMailSchema, raw, path, tools.report) ?? {};
  if (fields.to === undefined) tools.report([...path, 'to'], 'is missing; give a list of addresses, such as [ops@example.com]');
  const entries = readList(fields.to, [...path, 'to'], tools.report, MOST_ADDRESSES);
  if (Array.isArray(fields.to) && entries.length === 0)
    tools.report([...path, 'to'], 'is empty; give at least one address, or remove "mail"');
  const to = entries.map((entry, index) => readValue(address(), entry, [...path, 'to', index], tools.report));
  refuseRepeats(to, (index) => [...path, 'to', index], 'the address', tools.report);
  if (tools.mailServer === false)
    tools.report(
      path,
      'needs a mail server; set AVOW_SMTP_URL or AVOW_SMTP_URL_FILE, such as smtp://USER:PASSWORD@mail.example.com:587',
      'key',
    );
  const known = to.filter((one) => one !== undefined);
  return fields.from === undefined || known.length === 0 ? null : { to: known, from: fields.from };
};

/** Reads the section (absent: nobody is told). */
export const readOps = (raw: unknown, tools: OpsTools): OpsSettings => {
  if (raw === undefined) return NOBODY;
  const { webhook, mail } = readMapping(opsSchema, raw, ['ops'], tools.report) ?? {};
  return {
    webhook: webhook === undefined ? null : readWebhook(webhook, tools),
    mail: mail === undefined ? null : readMail(mail, tools),
  };
};
