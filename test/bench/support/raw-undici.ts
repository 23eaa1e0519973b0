/**
 * The reference of G1 and G2: nothing but undici `request()` on a fresh connection, in a loop; over TLS with a handshake of
 * its own each time (`maxCachedSessions: 0`), since one that resumes a session never sees the certificate.
 * `node raw-undici.ts URL CONCURRENCY SECONDS [PER_SECOND]` prints `{"count","cpuUs"}`; paced when PER_SECOND is given.
 */
import { Agent, request } from 'undici';

const [url = '', concurrency = '32', seconds = '3', perSecond] = process.argv.slice(2);
const agent = new Agent({ pipelining: 1, connect: { rejectUnauthorized: false, maxCachedSessions: 0 }, connections: null });
const once = async (): Promise<void> => {
  const { body } = await request(url, { dispatcher: agent, reset: true });
  await body.dump();
};
const end = performance.now() + Number(seconds) * 1_000;
let count = 0;
const before = process.cpuUsage();
if (perSecond) {
  const gap = 1_000 / Number(perSecond);
  const start = performance.now();
  const inFlight = new Set<Promise<void>>();
  for (let slot = 0; start + slot * gap < end; slot++) {
    const wait = start + slot * gap - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    const one = once().then(() => {
      count++;
      inFlight.delete(one);
    });
    inFlight.add(one);
  }
  await Promise.all(inFlight);
} else {
  await Promise.all(
    Array.from({ length: Number(concurrency) }, async () => {
      while (performance.now() < end) {
        await once();
        count++;
      }
    }),
  );
}
const used = process.cpuUsage(before);
process.stdout.write(`${JSON.stringify({ count, cpuUs: used.user + used.system })}\n`);
await agent.close();
process.exit(0);
