/** `tcp` and `tls`: a connection to host and port, what is said over it, and its certificate. */
import { z } from 'zod';
import { textAssertionSchema, tlsFields } from './assertion-fields.ts';
import { type BuildTools, checkKind } from './check-kind.ts';
import { text, wholeNumber } from './fields.ts';
import { documented, Wrong } from './leaf.ts';
import { host, ownPortFault, splitHostPort } from './target.ts';

const refuseOwnPort = (name: string | undefined, port: number | undefined, tools: BuildTools): void => {
  const own = name === undefined || port === undefined ? null : ownPortFault(name, port, tools.ownPorts);
  if (own) tools.report([...tools.path, 'port'], own);
};
const expandWith = (defaultPort: number | null) => (written: string) => {
  const split = splitHostPort(written, defaultPort);
  return split instanceof Wrong ? split : { ...split };
};

const tcpSchema = z.strictObject({
  host: documented(host(), 'Host name or address.'),
  port: documented(wholeNumber(1, 65_535), 'Port.'),
  send: documented(
    text(65_536, { lines: true, secret: true }).optional(),
    'Text to send once connected. `${NAME}` stands for a secret.',
    'nothing is sent',
  ),
  expect: documented(textAssertionSchema.optional(), 'What must come back.', 'the connection is enough'),
});
export const tcpKind = checkKind({
  doc: 'A TCP connection, with text sent and expected if wanted.',
  shorthand: 'tcp: db.example.com:5432',
  schema: tcpSchema,
  expand: expandWith(null),
  build: ({ host: name, port, send, expect }, tools) => {
    refuseOwnPort(name, port, tools);
    if (expect && Object.values(expect).every((part) => part === undefined))
      tools.report([...tools.path, 'expect'], 'asks for nothing; give "contains", "lacks" or "matches"');
    return name === undefined || port === undefined ? null : { kind: 'tcp', host: name, port, send: send ?? null, expect: expect ?? null };
  },
});

const tlsSchema = z.strictObject({
  host: documented(host(), 'Host name or address.'),
  port: documented(wholeNumber(1, 65_535).prefault(443), 'Port.'),
  server_name: documented(host().optional(), 'Name to ask for and to check (SNI).', 'the host'),
  ...tlsFields,
});
export const tlsKind = checkKind({
  doc: 'A TLS handshake and its certificate.',
  shorthand: 'tls: www.example.com:443',
  schema: tlsSchema,
  expand: expandWith(443),
  build: ({ host: name, port, server_name, verify, expires_in_days }, tools) => {
    refuseOwnPort(name, port, tools);
    if (name === undefined || port === undefined || verify === undefined || expires_in_days === undefined) return null;
    return { kind: 'tls', host: name, port, serverName: server_name ?? null, tls: { verify, expiresInDays: expires_in_days } };
  },
});
