/**
 * Documents that nobody asked for before, one after the other: `node uncached.ts PORT PATH…` prints `{"us","bytes","errors"}`, µs of each
 * answer and its bytes on the wire without the head, brotli where it is offered.
 */
import { Agent, get } from 'node:http';

const [port = '', ...paths] = process.argv.slice(2);
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const nowUs = (): number => Number(process.hrtime.bigint() / 1_000n);

interface Told {
  readonly us: number;
  readonly bytes: number;
  readonly ok: boolean;
}
const ask = (path: string): Promise<Told> =>
  new Promise((resolve, reject) => {
    const started = nowUs();
    get({ host: '127.0.0.1', port: Number(port), path, agent, headers: { 'Accept-Encoding': 'br, gzip' } }, (response) => {
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
      response.on('end', () => resolve({ us: nowUs() - started, bytes, ok: response.statusCode === 200 }));
    }).on('error', reject);
  });

// The first request of a process pays for the connection.
await ask('/healthz');
const answers: Told[] = [];
for (const path of paths) answers.push(await ask(path));
const document = {
  us: answers.map(({ us }) => us),
  bytes: answers.map(({ bytes }) => bytes),
  errors: answers.filter(({ ok }) => !ok).length,
};
process.stdout.write(`${JSON.stringify(document)}\n`);
process.exit(0);
