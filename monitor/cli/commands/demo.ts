/** `avow demo`: the whole of Avow on a throw-away store with the past of an invented company. Builds it (monitor/demo), then starts as `avow start` does. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { utcWords } from '#domain/maintenance/words.ts';
import type { Instant } from '#domain/time/instant.ts';
import { instantOfIso, isoOf } from '#domain/time/iso.ts';
import { shiftedClock } from '#monitor/clock.ts';
import { isEnvironment, readEnvironment } from '#monitor/config/environment.ts';
import type { Log } from '#monitor/context.ts';
import type { DemoFolder } from '#monitor/demo/demo-folder.ts';
import { parseArguments } from '../arguments.ts';
import { type Command, exit, type Io, UsageFault } from '../command.ts';
import { loadStart } from './start.ts';

const DEFAULT_SEED = 1;
/** Variables that a demo obeys; the others speak of somebody's own store. */
const OBEYED = ['AVOW_HOST', 'AVOW_PORT', 'AVOW_PUBLIC_ORIGIN', 'AVOW_METRICS_PORT', 'AVOW_TRUSTED_PROXIES', 'AVOW_LOG_LEVEL'];
const HINT = 'Look first at /sla, then at /admin/reports; docs/demo.md says what happened when.';

const readNow = (text: string | undefined): Instant | null => {
  if (text === undefined) return null;
  const at = instantOfIso(text);
  if (at === null) throw new UsageFault(`--now takes an instant such as 2026-11-28T10:00-05:00, and "${text}" is none.`);
  return at;
};
const readSeed = (text: string | undefined): number => {
  if (text === undefined) return DEFAULT_SEED;
  if (!/^\d{1,9}$/.test(text)) throw new UsageFault(`--seed takes a whole number from 0 to 999999999, and "${text}" is none.`);
  return Number(text);
};

/** A new folder of its own, or the empty one that was named: nothing that is there is ever written over. */
const makeFolder = (named: string | undefined, cwd: string): string => {
  if (named === undefined) return mkdtempSync(join(tmpdir(), 'avow-demo-'));
  const folder = resolve(cwd, named);
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new UsageFault(
      `${folder} is not empty, and a demo writes over nothing. Name a new or empty folder with --data, or leave it out.`,
    );
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
};

const obeyed = (env: Io['env']): Io['env'] => ({
  AVOW_LOG_LEVEL: 'warn',
  ...Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('AVOW_') || OBEYED.includes(name))),
});

const logTo = ({ err }: Io): Log => ({ info: () => undefined, warn: err, error: err });

interface Making {
  readonly now: Instant;
  readonly seed: number;
  readonly stop: AbortSignal;
}
const make = async (folder: string, { now, seed, stop }: Making, io: Io): Promise<DemoFolder> => {
  process.umask(0o077);
  const startedUs = io.clock.monotonicUs();
  const { makeDemoFolder } = await import('#monitor/demo/demo-folder.ts');
  const { SKERRY } = await import('#monitor/demo/skerry.ts');
  const built = await makeDemoFolder(folder, { scenario: SKERRY, now, seed, clock: io.clock, stop, say: io.err, log: logTo(io) });
  const seconds = Math.round((io.clock.monotonicUs() - startedUs) / 1_000_000);
  io.err(`Made ${built.checks} checks and ${built.deeds} events until ${utcWords(now)} in ${seconds} s, from seed ${seed}, in ${folder}.`);
  io.err(`Other verbs read it with AVOW_DATA=${folder}, such as: AVOW_DATA=${folder} npx avow report ${isoOf(now).slice(0, 7)}`);
  return built;
};

export const command: Command = {
  name: 'demo',
  summary: 'the whole of Avow on a throw-away store with thirteen months of an invented company',
  usage: `avow demo [--now INSTANT] [--seed N] [--port N] [--data DIR] [--no-serve] [--json]

Fills a store of its own with thirteen months of an invented booking platform for ferries (outages, announced and forgotten Saturdays,
contracts of three customers), then serves it as \`avow start\` does. Nothing is probed: right answers are made up from then on.
\`npm run demo\` runs this, after installing and building what is missing. What is in it: docs/demo.md.

  --now INSTANT   the present of the demo, such as 2026-11-28T10:00-05:00 (default: now); its clock goes on from there
  --seed N        what is made up follows from it: the same seed and instant give the same store (default: ${DEFAULT_SEED})
  --port N        where the page is served (default: AVOW_PORT, else 4321)
  --data DIR      a new or empty folder, which is kept (default: one that is thrown away at the end)
  --no-serve      builds the store, prints its folder, and ends
  --json          prints the address (or what was built) as one JSON document

Of the variables it obeys ${OBEYED.join(', ')}.

Exit codes: 0 stopped in order, 1 could not run, 2 wrong use.`,
  async run(argv, io) {
    const [text, flag] = [{ type: 'string' }, { type: 'boolean' }] as const;
    const { values } = parseArguments('demo', argv, {
      options: { now: text, seed: text, port: text, data: text, 'no-serve': flag, json: flag },
    });
    const { data, port, json = false, 'no-serve': builds = false } = values;
    const [given, seed] = [readNow(values.now), readSeed(values.seed)];
    const env = obeyed(io.env);
    const environment = readEnvironment(env, { port }, io.cwd, (path) => readFileSync(path));
    if (!isEnvironment(environment)) throw new UsageFault(environment.map(({ message }) => message).join('\n'));
    const folder = makeFolder(data, io.cwd);
    const { stop } = io.lifetime();
    try {
      const now = given ?? io.clock.now();
      const built = await make(folder, { now, seed, stop }, io);
      if (builds) {
        io.out(json ? JSON.stringify({ folder, checks: built.checks, events: built.deeds, now, seed }) : folder);
        return exit.done;
      }
      const clock = given === null ? io.clock : shiftedClock(io.clock, given);
      const { startFeeder } = await import('#monitor/demo/feeder.ts');
      const start = await loadStart();
      return await start(
        { flags: { config: built.config, data: folder, port }, json },
        { ...io, env, clock },
        { startProber: (deps) => startFeeder(built.feed, deps), hint: HINT },
      );
    } catch (fault) {
      if (!stop.aborted || fault !== stop.reason) throw fault;
      io.err('The demo was stopped before it was made.');
      return exit.done;
    } finally {
      if (data === undefined && !builds) rmSync(folder, { recursive: true, force: true });
    }
  },
};
