/**
 * Pages of the console asked for at a rate, as people at several desks do: `node console-load.ts PORT COOKIE,COOKIE SECONDS PER_SECOND PATH…` prints one
 * line of JSON: `requests`, `errors`, `p50Us`, `p99Us`, and `p50Us N` and `p99Us N` of the N-th path. Open-loop on fresh connections, latency
 * counted from the intended start.
 */
import { connect } from 'node:net';

const [port = '', cookies = '', seconds = '3', perSecond = '20', ...paths] = process.argv.slice(2);
const nowUs = (): number => Number(process.hrtime.bigint() / 1_000n);
const latencies: number[][] = paths.map(() => []);
let errors = 0;
let asked = 0;
const people = cookies.split(',');

const ask = (index: number, intendedUs: number): Promise<void> =>
  new Promise((resolve) => {
    let head = '';
    const cookie = people[asked++ % people.length];
    const socket = connect(Number(port), '127.0.0.1', () =>
      socket.write(
        `GET ${paths[index]} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nCookie: sid=${cookie}\r\nSec-Fetch-Site: same-origin\r\nAccept: text/html\r\nAccept-Encoding: br, gzip\r\nConnection: close\r\n\r\n`,
      ),
    );
    socket.setNoDelay(true);
    socket.on('data', (chunk) => {
      if (head.length < 12) head += chunk.toString('latin1').slice(0, 12);
    });
    socket.on('end', () => {
      latencies[index]?.push(nowUs() - intendedUs);
      if (!head.startsWith('HTTP/1.1 200')) errors++;
      socket.destroy();
      resolve();
    });
    socket.on('error', () => {
      errors++;
      resolve();
    });
  });

const at = (values: readonly number[], q: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0;
};
const startUs = nowUs();
const gapUs = 1e6 / Number(perSecond);
const all: Promise<void>[] = [];
for (let slot = 0; slot * gapUs < Number(seconds) * 1e6; slot++) {
  const intended = startUs + slot * gapUs;
  const waitMs = (intended - nowUs()) / 1_000;
  if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
  all.push(ask(slot % paths.length, nowUs()));
}
await Promise.all(all);
const every = latencies.flat();
process.stdout.write(
  `${JSON.stringify({
    requests: every.length,
    errors,
    p50Us: at(every, 0.5),
    p99Us: at(every, 0.99),
    ...Object.fromEntries(
      latencies.flatMap((own, i) => [
        [`p50Us ${i}`, at(own, 0.5)],
        [`p99Us ${i}`, at(own, 0.99)],
      ]),
    ),
  })}\n`,
);
process.exit(0);
