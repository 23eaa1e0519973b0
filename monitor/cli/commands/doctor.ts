/** `avow doctor`: asks the running server through its socket, or opens the store itself when none runs. */
import type { IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';
import { doctorReport } from '#monitor/actions/doctor.ts';
import type { DoctorLine, DoctorReport, Progress } from '#monitor/actions/doctor-types.ts';
import { parseArguments } from '../arguments.ts';
import { type Command, exit, type Io } from '../command.ts';
import { askServer, dataFolder, withStore } from '../door.ts';

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
    const report = await examine(dataFolder(values.data, io), io);
    if (typeof report === 'number') return report;
    if (values.json) io.out(JSON.stringify(report));
    else for (const line of lines(report)) io.out(line);
    return report.ok ? exit.done : exit.no;
  },
};

/** The report, or the exit code when there can be none; the reason is on standard error then. */
const examine = async (folder: string, io: Io): Promise<DoctorReport | number> => {
  const response = await askServer(folder, { method: 'POST', path: '/doctor' });
  if (response) return readReport(response, folder, (progress) => tell(io, progress));
  return withStore(folder, io, (store) => doctorReport({ store, clock: io.clock }, (progress) => tell(io, progress)));
};

const tell = (io: Io, { message, done, total }: Progress): void => io.err(total > 0 ? `${done}/${total} ${message}` : message);

/** The stream of a running server, to its report. */
const readReport = (response: IncomingMessage, folder: string, onProgress: (progress: Progress) => void): Promise<DoctorReport> =>
  new Promise((settle, reject) => {
    const server = `The running Avow in ${folder}`;
    if (response.statusCode !== 200) {
      response.resume();
      reject(new Error(`${server} answered ${response.statusCode} to doctor. Is it another version?`));
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
    response.once('error', (cause) => reject(new Error(`${server} broke off: ${cause.message}.`, { cause })));
    reader.once('close', () => {
      if (report) settle(report);
      else reject(new Error(`${server} ended without a report. Its log says why.`));
    });
  });

/** The report in words. */
const lines = ({ ok, differences, notes, examined }: DoctorReport): string[] => [
  ...differences.map(({ component, location, message }) => (component === null ? message : `${component} at ${location}: ${message}`)),
  ...notes.map((note) => `Note: ${note}`),
  `${examined.checks} checks, ${examined.spans} spans and ${examined.days} rolled-up days of ${examined.pairs} component and location pairs were examined.`,
  ok ? 'No difference was found.' : `${differences.length} ${differences.length === 1 ? 'difference was' : 'differences were'} found.`,
];
