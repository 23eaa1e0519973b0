/**
 * The other end of a wire, for a process in a network namespace of its own: `count` web services behind one address, a
 * sentinel, and a name server that knows them. Commands arrive as lines on standard input: `names off|on`, `web off|on`.
 */
import { createSocket } from 'node:dgram';
import { createServer, type Server } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import process from 'node:process';
import { createInterface } from 'node:readline';

const [, , address = '127.0.0.1'] = process.argv;
const HTTP = 8080;
const SENTINEL = 9000;
let names = true;

/** One question in, one A record out; any name is known. */
const dns = createSocket('udp4');
dns.on('message', (query, from) => {
  if (!names) return;
  const end = query.indexOf(0, 12) + 5;
  const type = query.readUInt16BE(end - 4);
  const head = Buffer.from(query.subarray(0, end));
  head.writeUInt16BE(0x8180, 2);
  head.writeUInt16BE(type === 1 ? 1 : 0, 6);
  head.writeUInt16BE(0, 8);
  head.writeUInt16BE(0, 10);
  const record = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, ...address.split('.').map(Number)]);
  dns.send(type === 1 ? Buffer.concat([head, record]) : head, from.port, from.address);
});
dns.bind(53, address);

let web: Server | null = null;
const openWeb = (): void => {
  web = createServer((_request, response) => {
    response.writeHead(200, { connection: 'close' });
    response.end('all is well');
  }).listen(HTTP, address);
};
openWeb();
createTcpServer((socket) => socket.on('error', () => undefined).end()).listen(SENTINEL, address, () => process.stdout.write('ready\n'));

const commands: Readonly<Record<string, () => void>> = {
  'names off': () => {
    names = false;
  },
  'names on': () => {
    names = true;
  },
  'web off': () => {
    web?.closeAllConnections();
    web?.close();
  },
  'web on': openWeb,
};
createInterface({ input: process.stdin }).on('line', (line) => commands[line]?.());
process.stdin.on('end', () => process.exit(0));
