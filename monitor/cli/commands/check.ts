/** `avow check`: probes targets now, from here, with the probes and the rules that a configured check would use. Needs no store and no server. */
import type { CheckDefinition } from '#domain/check/check-definition.ts';
import { endpoint } from '#monitor/egress/dial.ts';
import type { Egress } from '#monitor/egress/egress.ts';
import { createEgress } from '#monitor/egress/gateway.ts';
import { probes } from '#monitor/probe/registry.ts';
import { parseArguments } from '../arguments.ts';
import { reportJson, reportLines, type Shown } from '../check-report.ts';
import { readTarget } from '../check-target.ts';
import { type Command, exit, type Io, UsageFault } from '../command.ts';

const TIMEOUT_MS = 10_000;
const DEGRADED_MS = 5_000;
const MAX_TIMEOUT_MS = 300_000;

/** The same egress, remembering what it dialled. */
const remembering = (egress: Egress, addresses: string[]): Egress => ({
  ...egress,
  async dial(request) {
    const outcome = await egress.dial(request);
    if (!('fault' in outcome)) addresses.push(endpoint(outcome.address, request.port));
    return outcome;
  },
});

const checkOnce = async (target: string, definition: CheckDefinition, timeoutMs: number, io: Io): Promise<Shown> => {
  const { clock } = io;
  const addresses: string[] = [];
  const egress = remembering(createEgress({ clock, ownPorts: () => [], selfOrigin: () => null }), addresses);
  const probe = probes[definition.kind];
  if (!probe) throw new Error(`A ${definition.kind} check is not made by dialling.`);
  const deadline = new AbortController();
  const timer = clock.after(timeoutMs, () => deadline.abort());
  const now = clock.now();
  try {
    const ctx = { egress, signal: deadline.signal, now, monotonicUs: clock.monotonicUs, timeoutMs, degradedMs: DEGRADED_MS };
    return { target, addresses, now, reading: await probe(definition, ctx) };
  } finally {
    timer.cancel();
  }
};

/** `5s`, `500ms`, or a bare number of milliseconds. */
const timeoutOf = (text: string): number => {
  const [, count = '', unit = 'ms'] = /^(\d{1,6})(ms|s|m)?$/.exec(text) ?? [];
  const ms = Number(count) * (unit === 'ms' ? 1 : unit === 's' ? 1_000 : 60_000);
  if (ms < 1 || ms > MAX_TIMEOUT_MS) throw new UsageFault(`--timeout must be a time from 1ms to 5m, such as 10s, and was "${text}".`);
  return ms;
};

export const command: Command = {
  name: 'check',
  summary: 'probes a target now and shows the verdict, the phases and the certificate',
  usage: `avow check TARGET… [--timeout TIME] [--expect TEXT|STATUS]… [--json]

Probes each target once, from this machine, as a configured check would: fresh connection, own resolver, redirects followed, certificate judged.
Needs no store and no running server.

  https://host/path, http://…   status 200 to 299 expected, unless --expect says another
  tcp://host:port               the connection is accepted; with --expect TEXT the server must send it
  tls://host[:port]             handshake, chain, name and dates; shows the days left
  dns://name?type=MX            answers of that type (default A); server=ADDRESS asks that one

  --timeout TIME for the whole of each probe, such as 500ms or 5s (default 10s)
  --expect X     for HTTP a status (204, 2xx, 200-299) or text of the body; for TCP text; for DNS an answer. May be repeated
  --json         one JSON document per target

Exit codes: 0 every target answered (slowly counts), 1 one did not, 2 wrong use.`,
  async run(argv, io) {
    const { values, positionals } = parseArguments('check', argv, {
      options: { timeout: { type: 'string' }, expect: { type: 'string', multiple: true }, json: { type: 'boolean' } },
      positionals: 'TARGET',
    });
    if (positionals.length === 0) throw new UsageFault('avow check needs a target, such as https://www.example.com/.');
    const timeoutMs = values.timeout === undefined ? TIMEOUT_MS : timeoutOf(values.timeout);
    // All of them are read before the first is dialled: a slip in the last word sends nothing.
    const targets = positionals.map((word) => ({ word, definition: readTarget(word, values.expect ?? []) }));
    let code: number = exit.done;
    for (const { word, definition } of targets) {
      const shown = await checkOnce(word, definition, timeoutMs, io);
      if (values.json) io.out(reportJson(shown));
      else for (const line of reportLines(shown)) io.out(line);
      if (shown.reading.outcome === 'fail' || shown.reading.outcome === 'error') code = exit.no;
    }
    return code;
  },
};
