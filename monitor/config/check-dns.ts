/** `dns`: a question to a name server and the answers it must give. */
import { z } from 'zod';
import { readHost } from '#monitor/egress/host.ts';
import { checkKind } from './check-kind.ts';
import { oneOf, text } from './fields.ts';
import { documented, leaf, quoted, Wrong, wrong } from './leaf.ts';
import { ownPortFault, splitHostPort } from './target.ts';

const recordName = () =>
  leaf('a name such as www.example.com', (value) => {
    if (typeof value !== 'string') return null;
    const host = readHost(value);
    return host.kind === 'name' || host.kind === 'address' ? value : wrong(`must be a name such as www.example.com, not ${quoted(value)}`);
  });

const server = () =>
  leaf('an address such as 192.0.2.53 or 192.0.2.53:53', (value) => {
    if (typeof value !== 'string') return null;
    const bare = readHost(value);
    const split = splitHostPort(bare.kind === 'address' && value.includes(':') && !value.startsWith('[') ? `[${value}]` : value, 53);
    if (split instanceof Wrong) return split;
    return readHost(split.host).kind === 'address' ? value : wrong(`must be the address of a name server, not the name ${quoted(value)}`);
  });

const answers = () =>
  z.preprocess((value) => (value === undefined || Array.isArray(value) ? value : [value]), z.array(text(1_000)).max(50)).prefault([]);

const dnsSchema = z.strictObject({
  name: documented(recordName(), 'Name to ask for.'),
  type: documented(oneOf('A', 'AAAA', 'CNAME', 'MX', 'NS', 'TXT', 'SRV', 'CAA', 'PTR', 'SOA').prefault('A'), 'Type of the record.'),
  expect: documented(
    answers(),
    'Answers that must be among those given, such as 192.0.2.10 or "10 mail.example.com"; none: any answer will do.',
  ),
  server: documented(server().optional(), 'Name server to ask, by address.', 'the resolvers of the system'),
});

export const dnsKind = checkKind({
  doc: 'A DNS question.',
  shorthand: 'dns: www.example.com',
  schema: dnsSchema,
  expand: (name) => ({ name }),
  build: ({ name, type, expect, server: asked }, tools) => {
    const split = asked === undefined ? null : splitHostPort(asked, 53);
    const own = split === null || split instanceof Wrong ? null : ownPortFault(split.host, split.port, tools.ownPorts);
    if (own) tools.report([...tools.path, 'server'], own);
    if (name === undefined || type === undefined || expect === undefined) return null;
    return { kind: 'dns', name, recordType: type, expectAnswers: expect, server: asked ?? null };
  },
});
