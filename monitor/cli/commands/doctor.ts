/** `avow doctor`: asks the running server through its socket, or opens the store itself when none runs. */
import { statSync } from 'node:fs';
import { request } from 'node:http';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { openStore } from '#db/client.ts';
import { StoreFault } from '#db/store.ts';
import { doctorReport } from '#monitor/actions/doctor.ts';
import type { DoctorLine, DoctorReport, Progress } from '#monitor/actions/doctor-types.ts';
import { parseArguments } from '../arguments.ts';
import { type Command, exit, type Io } from '../command.ts';

export const command: Command = {
  name: 'doctor',
  summary: 'rebuilds spans and rollups from the evidence and compares them with the store',
  usage: `avow doctor [--data DIR] [--json]

Checks the store: the file itself, its references, and that every state span and every daily rollup is exactly what the
recorded checks say. Changes nothing. A running Avow is asked through avow.sock in its data folder; otherwise the store
is opened here. Days whose checks are no longer kept are compared with the spans, and it says so.

  --data DIR   the data folder (default: AVOW_DATA, else ./data)
  --json       one JSON document with all differences on standard output

Exit codes: 0 no difference, 1 differences were found or it could not be checked, 2 wrong use, 75 another process holds the store.`,
  async run(argv, io) {
    const { values } = parseArguments('doctor', argv, { options: { data: { type: 'string' }, json: { type: 'boolean' } } });
    const folder = resolve(io.cwd, values.data ?? io.env['AVOW_DATA'] ?? 'data');
    const report = await examine(folder, io);
    if (typeof report === 'number') return report;
    if (values.json) io.out(JSON.stringify(report));
    else for (const line of lines(report)) io.out(line);
    return report.ok ? exit.done : exit.no;
  },
};

/** The report, or the exit code when there can be none; the reason is on standard error then. */
const examine = async (folder: string, io: Io): Promise<DoctorReport | number> => {
  const path = join(folder, 'avow.db');
  const running = await askServer(join(folder, 'avow.sock'), (progress) => tell(io, progress));
  if (running) return running;
  if (!statSync(path, { throwIfNoEntry: false })) {
    io.err(`There is no store at ${path}. Use --data for another folder, or start Avow once to make one.`);
    return exit.usage;
  }
  try {
    const silent = (): void => undefined;
    const store = await openStore({ path, clock: io.clock, log: { info: silent, warn: (message) => io.err(message) } });
    try {
      return await doctorReport({ store, clock: io.clock }, (progress) => tell(io, progress));
    } finally {
      await store.close();
    }
  } catch (fault) {
    if (!(fault instanceof StoreFault)) throw fault;
    io.err(fault.message);
    return fault.kind === 'held' ? exit.held : exit.no;
  }
};

const tell = (io: Io, { message, done, total }: Progress): void => io.err(total > 0 ? `${done}/${total} ${message}` : message);

const NOBODY: ReadonlySet<string> = new Set(['ENOENT', 'ECONNREFUSED', 'ENOTSOCK', 'ENOTDIR', 'EINVAL', 'ENAMETOOLONG']);

/** Null when no server listens. Rejects when one does but does not answer properly. */
const askServer = (socketPath: string, onProgress: (progress: Progress) => void): Promise<DoctorReport | null> =>
  new Promise((settle, reject) => {
    const asked = request({ socketPath, path: '/doctor', method: 'POST', headers: { host: 'avow.sock', 'content-length': '0' } });
    asked.once('error', (fault: NodeJS.ErrnoException) => {
      if (fault.code !== undefined && NOBODY.has(fault.code)) settle(null);
      else reject(new Error(`The running Avow at ${socketPath} did not answer: ${fault.message}.`, { cause: fault }));
    });
    asked.once('response', (response) => {
      if (response.statusCode !== 200) {
        response.resume();
        reject(new Error(`The running Avow at ${socketPath} answered ${response.statusCode} to doctor. Is it another version?`));
        return;
      }
      const reader = createInterface({ input: response });
      let report: DoctorReport | null = null;
      reader.on('line', (text) => {
        const line = JSON.parse(text) as DoctorLine;
        if (line.type === 'progress') onProgress(line.progress);
        else if (line.type === 'report') report = line.report;
        else reject(new Error(`The running Avow could not finish: ${line.message}`));
      });
      response.once('error', (cause) => reject(new Error(`The running Avow at ${socketPath} broke off: ${cause.message}.`, { cause })));
      reader.once('close', () => {
        if (report) settle(report);
        else reject(new Error(`The running Avow at ${socketPath} ended without a report. Its log says why.`));
      });
    });
    asked.end();
  });

/** The report in words. */
const lines = ({ ok, differences, notes, examined }: DoctorReport): string[] => [
  ...differences.map(({ component, location, message }) => (component === null ? message : `${component} at ${location}: ${message}`)),
  ...notes.map((note) => `Note: ${note}`),
  `${examined.checks} checks, ${examined.spans} spans and ${examined.days} rolled-up days of ${examined.pairs} component and location pairs were examined.`,
  ok ? 'No difference was found.' : `${differences.length} ${differences.length === 1 ? 'difference was' : 'differences were'} found.`,
];
