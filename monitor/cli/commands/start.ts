/** `avow start`: the whole of Avow in this process. What starts is `monitor/core/main.ts`; this file reads the words that start it. */
import type { StartFlags } from '#monitor/config/environment.ts';
import type { StartProber } from '#monitor/core/prober-link.ts';
import { parseArguments } from '../arguments.ts';
import type { Command, Io } from '../command.ts';

/** What the command line says, as words: they are judged with the environment (monitor/config/environment.ts). */
export interface StartOptions {
  readonly flags: StartFlags;
  readonly json: boolean;
}
/** What another start than the ordinary one changes; nothing is what `avow start` does. */
export interface Play {
  /** Somebody else makes the checks. */
  readonly startProber?: StartProber;
  /** Said after the address. */
  readonly hint?: string;
}
/** What `monitor/core/main.ts` exports: runs until `io.lifetime().stop` is aborted (or it cannot run), and answers the exit code. */
export type StartAvow = (options: StartOptions, io: Io, play?: Play) => Promise<number>;
export const loadStart = async (): Promise<StartAvow> => {
  const { startAvow }: { readonly startAvow: StartAvow } = await import(new URL('../../core/main.ts', import.meta.url).href);
  return startAvow;
};

export const command: Command = {
  name: 'start',
  summary: 'probes, records, judges and serves the page, until told to stop',
  usage: `avow start [--config FILE] [--port N] [--host ADDRESS] [--data DIR] [--json]

Starts Avow in this process: opens (or makes) the store, starts probing, serves the page, and prints the address. \`npm start\` runs this,
after installing and building what is missing.

  --config FILE   the configuration (default: AVOW_CONFIG, else ./avow.yaml when present, else Avow watches itself)
  --port N        where the page is served (default: AVOW_PORT, else 4321)
  --host ADDRESS  where to listen (default: AVOW_HOST, else 127.0.0.1)
  --data DIR      where the store lies (default: AVOW_DATA, else ./data)
  --json          prints the address as one JSON document

Every other AVOW_… variable is listed in docs/configuration.md.

SIGHUP reads the configuration again. SIGTERM or SIGINT stops in order; a second one stops at once.

Exit codes: 0 stopped in order, 1 could not run, 2 wrong use or a bad configuration, 75 another process holds the store.`,
  async run(argv, io) {
    const text = { type: 'string' } as const;
    const { values } = parseArguments('start', argv, {
      options: { config: text, port: text, data: text, host: text, json: { type: 'boolean' } },
    });
    const { json = false, ...flags } = values;
    const options: StartOptions = { flags, json };
    return (await loadStart())(options, io);
  },
};
