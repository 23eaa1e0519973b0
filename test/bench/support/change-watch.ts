/**
 * How soon readers see a change: `node change-watch.ts PORT TARGET_PORT` breaks and mends the switched target by turns and
 * asks for `/` every 10 ms until the page shows an open incident, or none. Prints `{"served":[…]}`: when it did, wall clock, ms.
 */
import { get } from 'node:http';

const [port = '', target = ''] = process.argv.slice(2);
const CHANGES = 8;
const LIMIT_MS = 10_000;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const ask = (on: string, path: string): Promise<string> =>
  new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port: Number(on), path, agent: false }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      response.on('end', () => resolve(text));
    }).on('error', reject);
  });

const served: number[] = [];
for (let change = 0; change < CHANGES; change++) {
  const broken = change % 2 === 0;
  await ask(target, broken ? '/down' : '/up');
  const limit = Date.now() + LIMIT_MS;
  while ((await ask(port, '/')).includes('id="now"') !== broken) {
    if (Date.now() > limit) throw new Error(`the page did not show ${broken ? 'an incident' : 'its end'} within ${LIMIT_MS} ms`);
    await pause(10);
  }
  served.push(Date.now());
  await pause(700);
}
process.stdout.write(`${JSON.stringify({ served })}\n`);
process.exit(0);
