/** `avow start`: the whole of Avow in this process. What starts is `monitor/core/main.ts`; this file reads the words that start it. */
import { resolve } from 'node:path';
import { parseArguments } from '../arguments.ts';
import { type Command, type Io, UsageFault } from '../command.ts';

/** What the command line says; null: it says nothing, and the environment, the file and the default decide in that order. */
export interface StartOptions {
  readonly configPath: string | null;
  readonly port: number | null;
  readonly dataDir: string | null;
}
/** What `monitor/core/main.ts` exports: runs until `io.lifetime().stop` is aborted (or it cannot run), and answers the exit code. */
export type StartAvow = (options: StartOptions, io: Io) => Promise<number>;

export const command: Command = {
  name: 'start',
  summary: 'probes, records, judges and serves the page, until told to stop',
  usage: `avow start [--config FILE] [--port N] [--data DIR]

Starts Avow in this process: opens (or makes) the store, starts probing, serves the page, and prints the address. \`npm start\` runs this,
after installing and building what is missing.

  --config FILE   the configuration (default: AVOW_CONFIG, else ./avow.yaml when present, else Avow watches itself)
  --port N        where the page is served (default: AVOW_PORT, else 4321)
  --data DIR      where the store lies (default: AVOW_DATA, else ./data)

SIGHUP reads the configuration again. SIGTERM or SIGINT stops in order; a second one stops at once.

Exit codes: 0 stopped in order, 1 could not run, 2 wrong use or a bad configuration, 75 another process holds the store.`,
  async run(argv, io) {
    const { values } = parseArguments('start', argv, {
      options: { config: { type: 'string' }, port: { type: 'string' }, data: { type: 'string' } },
    });
    if (values.port !== undefined && !(/^\d{1,5}$/.test(values.port) && Number(values.port) <= 65_535))
      throw new UsageFault(`--port must be a whole number from 0 to 65535, and was "${values.port}".`);
    const options: StartOptions = {
      configPath: values.config === undefined ? null : resolve(io.cwd, values.config),
      port: values.port === undefined ? null : Number(values.port),
      dataDir: values.data === undefined ? null : resolve(io.cwd, values.data),
    };
    const { startAvow }: { readonly startAvow: StartAvow } = await import(new URL('../../core/main.ts', import.meta.url).href);
    return startAvow(options, io);
  },
};
