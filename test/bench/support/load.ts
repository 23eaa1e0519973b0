/**
 * An HTTP load on raw sockets (in place of wrk, which a newcomer lacks): `node load.ts PORT PATH CONNECTIONS SECONDS [PER_SECOND]`
 * prints `{"requests","errors","perSecond","p50Us","p99Us","bytes"}`. Keep-alive, one request in flight per connection;
 * with PER_SECOND open-loop on fresh connections, latency counted from the intended start (no coordinated omission). Any message ends
 * a keep-alive load before its time.
 */
import { connect } from 'node:net';

const [port = '', path = '/', connections = '32', seconds = '3', perSecond] = process.argv.slice(2);
const nowUs = (): number => Number(process.hrtime.bigint() / 1_000n);
const latencies: number[] = [];
let errors = 0;
let bytes = 0;
const startUs = nowUs();
let endUs = startUs + Number(seconds) * 1e6;
process.on('message', () => {
  endUs = nowUs();
});
const requestText = (keep: boolean): string =>
  `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAccept-Encoding: br, gzip\r\nConnection: ${keep ? 'keep-alive' : 'close'}\r\n\r\n`;

const keepAlive = (): Promise<void> =>
  new Promise((resolve) => {
    const socket = connect(Number(port), '127.0.0.1');
    socket.setNoDelay(true);
    let sent = 0;
    let missing = -1;
    let head = '';
    const send = (): void => {
      sent = nowUs();
      socket.write(requestText(true));
    };
    socket.on('connect', send);
    socket.on('data', (chunk) => {
      bytes += chunk.length;
      if (missing < 0) {
        head += chunk.toString('latin1');
        const cut = head.indexOf('\r\n\r\n');
        if (cut < 0) return;
        if (!head.startsWith('HTTP/1.1 200')) errors++;
        const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
        missing = length - (head.length - cut - 4);
      } else missing -= chunk.length;
      if (missing > 0) return;
      latencies.push(nowUs() - sent);
      head = '';
      missing = -1;
      if (nowUs() >= endUs) {
        socket.destroy();
        resolve();
      } else send();
    });
    socket.on('error', () => {
      errors++;
      resolve();
    });
    socket.on('close', () => resolve());
  });

const fresh = (intendedUs: number): Promise<void> =>
  new Promise((resolve) => {
    const socket = connect(Number(port), '127.0.0.1', () => socket.write(requestText(false)));
    socket.setNoDelay(true);
    socket.on('data', (chunk) => {
      bytes += chunk.length;
    });
    socket.on('end', () => {
      latencies.push(nowUs() - intendedUs);
      socket.destroy();
      resolve();
    });
    socket.on('error', () => {
      errors++;
      resolve();
    });
  });

if (perSecond) {
  const gapUs = 1e6 / Number(perSecond);
  const all: Promise<void>[] = [];
  for (let slot = 0; startUs + slot * gapUs < endUs; slot++) {
    const waitMs = (startUs + slot * gapUs - nowUs()) / 1_000;
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    all.push(fresh(nowUs()));
  }
  await Promise.all(all);
} else await Promise.all(Array.from({ length: Number(connections) }, keepAlive));

latencies.sort((a, b) => a - b);
const at = (q: number): number => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * q))] ?? 0;
const elapsed = (nowUs() - startUs) / 1e6;
process.stdout.write(
  `${JSON.stringify({ requests: latencies.length, errors, perSecond: Math.round(latencies.length / elapsed), p50Us: at(0.5), p99Us: at(0.99), bytes })}\n`,
);
process.exit(0);
