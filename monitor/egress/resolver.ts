/**
 * Names to addresses, by our own c-ares resolver: getaddrinfo would queue every name behind four threads and cannot be
 * cancelled (reliability D9). One resolver per lookup, so that a silent name holds back nobody and can be cancelled
 * alone; at most two questions are in flight in each. Nothing is cached: the DNS phase of a check is real.
 *
 * Silence is ambiguous: the name's own servers may be dead (the target's fault) or our resolver (ours). So a lookup that
 * has been silent for a second asks a control question, the root's NS, which every resolver knows by heart. An
 * answer to it, or to anything else meanwhile, puts the blame on the name.
 */
import { Resolver } from 'node:dns';
import { isIP } from 'node:net';
import type { DnsRecordType } from '#domain/check/check-definition.ts';
import type { Clock } from '#monitor/clock.ts';
import type { EgressFault, EgressFaultCode } from './egress.ts';

/** First wait for an answer, doubled per try: 0.7, 1.4, 2.8, 5.6 s outlast the usual deadline, and one lost datagram costs 0.7 s. */
const TRY = { timeout: 700, tries: 4 } as const;
const CONTROL_AFTER_MS = 1_000;
/** How long the second address family may lag behind the first before it is left out. */
const SECOND_FAMILY_MS = 300;

export interface NameResolver {
  /** Every address of `name`, IPv4 first; cancelled with the signal. */
  addresses(name: string, signal: AbortSignal): Promise<readonly string[] | EgressFault>;
  /** Answers of one type as text, from `server` (`address` or `address:port`, vetted by the caller) or the system's resolvers. */
  records(name: string, type: DnsRecordType, server: string | null, signal: AbortSignal): Promise<readonly string[] | EgressFault>;
}

const fault = (code: EgressFaultCode, message: string): EgressFault => ({ fault: code, phase: 'dns', message });

/** The name is wrong, or its zone has nothing of that type: an answer, and a final one. */
const NOT_FOUND = new Set(['ENOTFOUND', 'ENODATA', 'EBADNAME', 'ENONAME']);
/** What comes from our side when no resolver listens; everything else came from one that does. */
const UNHEARD = new Set(['ETIMEOUT', 'ECONNREFUSED', 'ECANCELLED', 'EDESTRUCTION', 'ENOMEM', 'EFILE']);

const WORDS: Readonly<Record<string, string>> = {
  ESERVFAIL: 'the name server failed (SERVFAIL)',
  EREFUSED: 'the name server refused the question (REFUSED)',
  EBADRESP: 'the name server answered nonsense',
  EFORMERR: 'the name server did not understand the question (FORMERR)',
  ENOTIMP: 'the name server does not know this kind of question (NOTIMP)',
};

export interface NameResolverOptions {
  readonly clock: Clock;
  /** Instead of the system's: `address` or `address:port`. */
  readonly nameServers?: readonly string[];
}

export const createNameResolver = ({ clock, nameServers }: NameResolverOptions): NameResolver => {
  /** When any resolver last answered anything, on the monotonic hand. */
  let heardUs = Number.NEGATIVE_INFINITY;
  /** Since when resolvers are known to answer again; later than any time once all were found silent. */
  let clearSinceUs = Number.NEGATIVE_INFINITY;
  let controlRunning = false;

  const open = (server: string | null): Resolver => {
    const resolver = new Resolver(TRY);
    if (server !== null) resolver.setServers([server]);
    else if (nameServers) resolver.setServers(nameServers);
    return resolver;
  };
  const note = (code: string | null): void => {
    if (code !== null && UNHEARD.has(code)) return;
    heardUs = clock.monotonicUs();
    if (clearSinceUs === Number.POSITIVE_INFINITY) clearSinceUs = heardUs;
  };
  const askControl = (): void => {
    if (controlRunning) return;
    controlRunning = true;
    open(null).resolve('.', 'NS', (error) => {
      controlRunning = false;
      note(error?.code ?? null);
    });
  };
  const explain = (name: string, code: string, startedUs: number, ours: boolean): EgressFault => {
    if (NOT_FOUND.has(code))
      return fault('dns_not_found', code === 'ENOTFOUND' ? `The name ${name} does not exist.` : `The name ${name} has no such record.`);
    if (code === 'ENOMEM' || code === 'EFILE')
      return fault('own_limit', `The name ${name} could not be looked up: this machine is out of memory or sockets.`);
    if (!UNHEARD.has(code)) return fault('dns_no_answer', `The name ${name} could not be resolved: ${WORDS[code] ?? code}.`);
    // A question asked into the silence is lost with it, though others are answered before its time is over.
    if (ours && (heardUs < startedUs || clearSinceUs > startedUs)) {
      if (heardUs < startedUs) clearSinceUs = Number.POSITIVE_INFINITY;
      return fault('own_resolver', `The name ${name} could not be looked up: no DNS resolver of this machine answers anything.`);
    }
    return fault('dns_no_answer', `No name server answered for ${name}.`);
  };

  const addresses: NameResolver['addresses'] = (name, signal) =>
    new Promise((resolve) => {
      const startedUs = clock.monotonicUs();
      const resolver = open(null);
      const found: { 4: readonly string[]; 6: readonly string[] } = { 4: [], 6: [] };
      const codes: string[] = [];
      let waiting = 2;
      let settled = false;
      let grace: { cancel(): void } | null = null;
      const control = clock.after(CONTROL_AFTER_MS, askControl, { background: true });
      const settle = (): void => {
        if (settled) return;
        settled = true;
        control.cancel();
        grace?.cancel();
        signal.removeEventListener('abort', settle);
        if (waiting > 0) resolver.cancel();
        const all = [...found[4], ...found[6]];
        if (all.length > 0) return resolve(all);
        // A resolver that says "no such name" for one family says so for both; a lame server may know only one of them.
        const worst = codes.find((code) => !NOT_FOUND.has(code) && code !== 'ECANCELLED') ?? (waiting > 0 ? 'ETIMEOUT' : codes[0]);
        resolve(explain(name, worst ?? 'ETIMEOUT', startedUs, true));
      };
      const answer = (family: 4 | 6, error: NodeJS.ErrnoException | null, list: readonly string[] | undefined): void => {
        if (settled) return;
        waiting--;
        note(error?.code ?? null);
        if (error) codes.push(error.code ?? 'EBADRESP');
        else found[family] = list ?? [];
        if (waiting === 0) settle();
        else if (found[family].length > 0) grace = clock.after(SECOND_FAMILY_MS, settle);
      };
      if (signal.aborted) return settle();
      signal.addEventListener('abort', settle);
      resolver.resolve4(name, (error, list) => answer(4, error, list));
      resolver.resolve6(name, (error, list) => answer(6, error, list));
    });

  const records: NameResolver['records'] = (name, type, server, signal) =>
    new Promise((resolve) => {
      const startedUs = clock.monotonicUs();
      const resolver = open(server);
      let settled = false;
      const control = server === null ? clock.after(CONTROL_AFTER_MS, askControl, { background: true }) : null;
      const settle = (outcome: readonly string[] | EgressFault): void => {
        if (settled) return;
        settled = true;
        control?.cancel();
        signal.removeEventListener('abort', silent);
        resolve(outcome);
      };
      const silent = (): void => {
        settle(explain(name, 'ETIMEOUT', startedUs, server === null));
        resolver.cancel();
      };
      if (signal.aborted) return silent();
      signal.addEventListener('abort', silent);
      const question = type === 'PTR' && isIP(name) ? reverseName(name) : name;
      resolver.resolve(question, type, (error: NodeJS.ErrnoException | null, answers: unknown) => {
        if (server === null) note(error?.code ?? null);
        settle(error ? explain(name, error.code ?? 'EBADRESP', startedUs, server === null) : textOf(type, answers));
      });
    });

  return { addresses, records };
};

/** `192.0.2.1` → `1.2.0.192.in-addr.arpa`; IPv6 by nibbles. */
export const reverseName = (address: string): string => {
  if (isIP(address) === 4) return `${address.split('.').reverse().join('.')}.in-addr.arpa`;
  const [head = '', tail] = new URL(`http://[${address}]/`).hostname.slice(1, -1).split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const middle = Array<string>(tail === undefined ? 0 : 8 - left.length - right.length).fill('0');
  const nibbles = [...left, ...middle, ...right].map((group) => group.padStart(4, '0')).join('');
  return `${[...nibbles].reverse().join('.')}.ip6.arpa`;
};

type Row = Readonly<Record<string, unknown>>;
const ROWS: Readonly<Partial<Record<DnsRecordType, (row: Row) => string>>> = {
  MX: (row) => `${row['priority']} ${row['exchange']}`,
  SRV: (row) => `${row['priority']} ${row['weight']} ${row['port']} ${row['name']}`,
  SOA: (row) =>
    `${row['nsname']} ${row['hostmaster']} ${row['serial']} ${row['refresh']} ${row['retry']} ${row['expire']} ${row['minttl']}`,
  CAA: (row) => {
    const tag = Object.keys(row).find((key) => key !== 'critical' && key !== 'type') ?? '';
    return `${row['critical']} ${tag} "${row[tag]}"`;
  },
};

/** Answers as a zone file would write them, without TTL: MX "10 mail.example.com". Strings of one TXT record are joined. */
const textOf = (type: DnsRecordType, answers: unknown): readonly string[] => {
  const write = ROWS[type];
  return (Array.isArray(answers) ? answers : [answers]).map((answer: unknown) => {
    if (Array.isArray(answer)) return answer.join('');
    return write && typeof answer === 'object' && answer !== null ? write(answer as Row) : String(answer);
  });
};
