/** `avow doctor`: asks the running server through its socket, or opens the store itself when none runs. */
import { doctorReport } from '#monitor/actions/doctor.ts';
import type { DoctorReport } from '#monitor/actions/doctor-types.ts';
import { anchorsHere } from '../anchors-here.ts';
import { parseArguments } from '../arguments.ts';
import { type Command, exit } from '../command.ts';
import { dataFolder } from '../door.ts';
import { askLong } from '../long-client.ts';

export const command: Command = {
  name: 'doctor',
  remote: true,
  summary: 'rebuilds spans and rollups from the evidence and compares them with the store',
  usage: `avow doctor [--data DIR] [--json]

Checks the store: the file itself, its references, and that every state span and every daily rollup is exactly what the
recorded checks say; that the ledger and the audit are as they were recorded, and hold against the anchors outside the store. Changes nothing. A running Avow is asked through avow.sock in its data folder; otherwise the store
is opened here. Days whose checks are no longer kept are compared with the spans, and it says so.

  --url URL    a running Avow elsewhere, asked with the token in AVOW_TOKEN (default: AVOW_URL; docs/cli.md)
  --data DIR   the data folder (default: AVOW_DATA, else ./data)
  --json       one JSON document with all differences on standard output

Exit codes: 0 no difference, 1 differences were found or it could not be checked, 2 wrong use, 75 another process holds the store.`,
  async run(argv, io) {
    const { values } = parseArguments('doctor', argv, { options: { data: { type: 'string' }, json: { type: 'boolean' } } });
    const folder = dataFolder(values.data, io);
    const report = await askLong<DoctorReport>(folder, io, { path: '/doctor' }, (store, told) =>
      doctorReport({ store, clock: io.clock, anchors: anchorsHere(folder, io) }, told, { alone: true }),
    );
    if (typeof report === 'number') return report;
    if (values.json) io.out(JSON.stringify(report));
    else for (const line of lines(report)) io.out(line);
    return report.ok ? exit.done : exit.no;
  },
};

/** The report in words. */
const lines = ({ ok, differences, notes, examined }: DoctorReport): string[] => [
  ...differences.map(({ component, location, message }) => (component === null ? message : `${component} at ${location}: ${message}`)),
  ...notes.map((note) => `Note: ${note}`),
  `${examined.checks} checks, ${examined.spans} spans and ${examined.days} rolled-up days of ${examined.pairs} component and location pairs were examined.`,
  ok ? 'No difference was found.' : `${differences.length} ${differences.length === 1 ? 'difference was' : 'differences were'} found.`,
];
