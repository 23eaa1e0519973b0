/**
 * P13: readers of `/` while strangers guess passwords as fast as they are let, from ever new addresses at ever new people, so that
 * Argon2 never rests; beside the same load without them. Everything of Avow on one core, hashing too.
 */
import { fileURLToPath } from 'node:url';
import { manyComponents, pause, startAvow } from '../support/avow.ts';
import { type Benchmark, median, rounded } from '../support/goal.ts';
import { run } from '../support/process.ts';

const script = (name: string): string => fileURLToPath(new URL(`../support/${name}`, import.meta.url));
const ROUNDS = 5;
const SECONDS = 5;
/** Of P7: what a public page must bear. */
const READERS_PER_SECOND = 200;
const GUESSERS = 64;
const LIMIT_MS = 250;

export const benchmark: Benchmark = async (say) => {
  const target = run(0, [script('switch-server.ts')]);
  const { port: targetPort = 0 } = await target.nextLine();
  const yaml = manyComponents(50, `http://127.0.0.1:${targetPort}/`, ['interval: 60s', 'timeout: 5s']);
  const avow = await startAvow({ yaml, env: { AVOW_TRUSTED_PROXIES: '127.0.0.1' } });
  const readers = async (): Promise<{ readonly p99Us: number; readonly errors: number }> => {
    const load = run(0, [script('load.ts'), String(avow.port), '/', '0', String(SECONDS), String(READERS_PER_SECOND)]);
    const { p99Us = Number.NaN, errors = 0 } = await load.nextLine();
    await load.stop();
    return { p99Us, errors };
  };
  try {
    await pause(5_000);
    const [calm, flooded, judged]: [number[], number[], number[]] = [[], [], []];
    for (let round = 0; round < ROUNDS; round++) {
      const before = await readers();
      const flood = run(0, [script('sign-in-flood.ts'), String(avow.port), String(GUESSERS), String(SECONDS + 1)]);
      const during = await readers();
      const { guesses = 0, judged: hashed = 0, other = 0 } = await flood.nextLine();
      await flood.stop();
      say(
        `  round ${round + 1}: p99 ${rounded(before.p99Us / 1_000)} ms, under ${guesses} guesses ${rounded(during.p99Us / 1_000)} ms; ${hashed} judged, ${other} answered otherwise, ${before.errors + during.errors} errors`,
      );
      // Where nothing was guessed, or a reader got nothing, there is no figure.
      const isGood = hashed > 0 && other === 0 && before.errors + during.errors === 0;
      calm.push(before.p99Us / 1_000);
      flooded.push(isGood ? during.p99Us / 1_000 : Number.NaN);
      judged.push(hashed / (SECONDS + 1));
    }
    return [
      {
        goal: 'P13',
        what: `\`/\` p99 at ${READERS_PER_SECOND} a second while passwords are guessed (${rounded(median(judged), 0)} a second judged)`,
        measured: `${rounded(median(flooded))} ms (worst round ${rounded(Math.max(...flooded))} ms)`,
        reference: `${LIMIT_MS} ms; without guesses ${rounded(median(calm))} ms`,
        ratio: median(flooded) / LIMIT_MS,
        limit: 1,
        sense: 'at most',
      },
    ];
  } finally {
    await avow.stop();
    avow.remove();
    await target.stop();
  }
};
