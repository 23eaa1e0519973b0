/**
 * A name server on loopback, UDP and TCP on one port, that answers by script (fixture F5): records of any common type,
 * response codes, silence, truncation, a wrong id, an answer that changes from question to question.
 */
import { createSocket, type Socket as Datagrams } from 'node:dgram';
import { createServer, type Server, type Socket } from 'node:net';

export const DNS_TYPES = { A: 1, NS: 2, CNAME: 5, SOA: 6, PTR: 12, MX: 15, TXT: 16, AAAA: 28, SRV: 33, CAA: 257 } as const;
export type DnsType = keyof typeof DNS_TYPES;

export interface DnsRecord {
  /** The owner; default: the name asked for. */
  readonly name?: string;
  readonly type: DnsType;
  readonly ttl?: number;
  /** As in a zone file, without quotes: A "192.0.2.1", MX "10 mail.test", TXT "text", CAA "0 issue ca.test", SOA "ns.test host.test 1 2 3 4 5". */
  readonly data: string;
}
export interface Question {
  readonly name: string;
  readonly type: DnsType;
  readonly carrier: 'udp' | 'tcp';
  /** How often this name and type were asked before. */
  readonly nth: number;
}
export interface DnsAnswer {
  readonly records?: readonly DnsRecord[];
  /** 2 SERVFAIL, 3 NXDOMAIN, 5 REFUSED. */
  readonly rcode?: number;
  /** Over UDP: only "ask again over TCP". */
  readonly truncate?: boolean;
  readonly wrongId?: boolean;
}
export type DnsScript = (question: Question) => DnsAnswer | 'silence';

export interface DnsFixture {
  /** For `nameServers`. */
  readonly server: string;
  readonly questions: readonly Question[];
  close(): Promise<void>;
}

const nameBytes = (name: string): Buffer => {
  const labels = name.split('.').filter((label) => label !== '');
  return Buffer.concat([...labels.map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)])), Buffer.from([0])]);
};
const u16 = (...values: number[]): Buffer => Buffer.from(values.flatMap((value) => [(value >> 8) & 255, value & 255]));
const u32 = (...values: number[]): Buffer => Buffer.concat(values.map((value) => u16(Math.floor(value / 65_536), value % 65_536)));

const ipv6Bytes = (text: string): Buffer => {
  const [head = '', tail] = new URL(`http://[${text}]/`).hostname.slice(1, -1).split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const middle = Array<string>(tail === undefined ? 0 : 8 - left.length - right.length).fill('0');
  return u16(...[...left, ...middle, ...right].map((group) => Number.parseInt(group, 16)));
};

const DATA: Readonly<Record<DnsType, (data: string) => Buffer>> = {
  A: (data) => Buffer.from(data.split('.').map(Number)),
  AAAA: ipv6Bytes,
  NS: nameBytes,
  CNAME: nameBytes,
  PTR: nameBytes,
  MX: (data) => {
    const [priority, host = ''] = data.split(' ');
    return Buffer.concat([u16(Number(priority)), nameBytes(host)]);
  },
  TXT: (data) =>
    Buffer.concat((data.match(/.{1,255}/gs) ?? ['']).map((part) => Buffer.concat([Buffer.from([part.length]), Buffer.from(part)]))),
  SRV: (data) => {
    const [priority, weight, port, host = ''] = data.split(' ');
    return Buffer.concat([u16(Number(priority), Number(weight), Number(port)), nameBytes(host)]);
  },
  CAA: (data) => {
    const [flags, tag = '', value = ''] = data.split(' ');
    return Buffer.concat([Buffer.from([Number(flags), tag.length]), Buffer.from(tag), Buffer.from(value)]);
  },
  SOA: (data) => {
    const [ns = '', host = '', ...numbers] = data.split(' ');
    return Buffer.concat([nameBytes(ns), nameBytes(host), u32(...numbers.map(Number))]);
  },
};

const readQuestion = (message: Buffer): { readonly name: string; readonly type: number; readonly end: number } => {
  const labels: string[] = [];
  let at = 12;
  for (let length = message[at] ?? 0; length > 0; length = message[at] ?? 0) {
    labels.push(message.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), type: message.readUInt16BE(at + 1), end: at + 5 };
};

const UDP_LIMIT = 1_232;

const respond = (query: Buffer, name: string, end: number, answer: DnsAnswer, carrier: Question['carrier']): Buffer => {
  const records = (answer.records ?? []).map((record) => {
    const data = DATA[record.type](record.data);
    return Buffer.concat([nameBytes(record.name ?? name), u16(DNS_TYPES[record.type], 1), u32(record.ttl ?? 0), u16(data.length), data]);
  });
  const size = records.reduce((sum, record) => sum + record.length, end);
  const truncated = carrier === 'udp' && (answer.truncate === true || size > UDP_LIMIT);
  const id = query.readUInt16BE(0) ^ (answer.wrongId ? 0x5555 : 0);
  const header = u16(id, 0x8180 | (truncated ? 0x0200 : 0) | (answer.rcode ?? 0), 1, truncated ? 0 : records.length, 0, 0);
  return Buffer.concat([header, query.subarray(12, end), ...(truncated ? [] : records)]);
};

const PAIRS_TRIED = 20;

/** One port for both carriers: takes what UDP is given, and tries another pair when TCP cannot have it. */
const bindPair = async (tcp: Server): Promise<{ readonly udp: Datagrams; readonly port: number }> => {
  for (let i = 0; ; i++) {
    const udp = createSocket('udp4');
    await new Promise<void>((resolve) => udp.bind(0, '127.0.0.1', resolve));
    const { port } = udp.address();
    const fault = await new Promise<Error | null>((resolve) => {
      tcp.once('error', resolve);
      tcp.listen(port, '127.0.0.1', () => {
        tcp.removeListener('error', resolve);
        resolve(null);
      });
    });
    if (!fault) return { udp, port };
    await new Promise<void>((resolve) => udp.close(resolve));
    if (i === PAIRS_TRIED) throw new Error(`no port was free for both UDP and TCP in ${PAIRS_TRIED} tries`, { cause: fault });
  }
};

export const startDnsFixture = async (script: DnsScript): Promise<DnsFixture> => {
  const questions: Question[] = [];
  const asked = new Map<string, number>();
  const answerTo = (query: Buffer, carrier: Question['carrier']): Buffer | null => {
    const { name, type, end } = readQuestion(query);
    const known = (Object.keys(DNS_TYPES) as DnsType[]).find((key) => DNS_TYPES[key] === type);
    if (!known) return respond(query, name, end, { rcode: 4 }, carrier);
    const nth = asked.get(`${name} ${known}`) ?? 0;
    asked.set(`${name} ${known}`, nth + 1);
    const question: Question = { name, type: known, carrier, nth };
    questions.push(question);
    const answer = script(question);
    return answer === 'silence' ? null : respond(query, name, end, answer, carrier);
  };

  const sockets = new Set<Socket>();
  const tcp = createServer((socket) => {
    sockets.add(socket);
    let waiting = Buffer.alloc(0);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (chunk) => {
      waiting = Buffer.concat([waiting, chunk as Buffer]);
      while (waiting.length >= 2 && waiting.length >= 2 + waiting.readUInt16BE(0)) {
        const length = waiting.readUInt16BE(0);
        const answer = answerTo(waiting.subarray(2, 2 + length), 'tcp');
        waiting = waiting.subarray(2 + length);
        if (answer) socket.write(Buffer.concat([u16(answer.length), answer]));
      }
    });
  });
  const { udp, port } = await bindPair(tcp);
  udp.on('message', (query, peer) => {
    const answer = answerTo(query, 'udp');
    if (answer) udp.send(answer, peer.port, peer.address);
  });
  return {
    server: `127.0.0.1:${port}`,
    questions,
    async close() {
      for (const socket of sockets) socket.destroy();
      await Promise.all([new Promise<void>((resolve) => udp.close(resolve)), new Promise((resolve) => tcp.close(resolve))]);
    },
  };
};

/** A script over a table "name TYPE" → data; names not in it do not exist, types not in it are empty. The root's NS is known, as everywhere. */
export const zone =
  (table: Readonly<Record<string, readonly string[]>>): DnsScript =>
  ({ name, type }) => {
    if (name === '' && type === 'NS') return { records: [{ type: 'NS', data: 'a.root.test' }] };
    const data = table[`${name} ${type}`];
    if (data) return { records: data.map((text) => ({ type, data: text })) };
    return Object.keys(table).some((key) => key.startsWith(`${name} `)) ? {} : { rcode: 3 };
  };
