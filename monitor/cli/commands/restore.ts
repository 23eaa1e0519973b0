/** `avow restore`: puts a backup in the place of the store of a stopped Avow. */
import { resolve } from 'node:path';
import { isRefusal } from '#domain/refusal.ts';
import type { RestoreAnswer } from '#monitor/actions/restore-backup.ts';
import { restoreDocument } from '#monitor/views/records-document.ts';
import { parseArguments } from '../arguments.ts';
import { type Command, exit, faultOf, tellProblem, UsageFault } from '../command.ts';
import { askServer, dataFolder, tellStoreFault } from '../door.ts';
import { COMMON, oneWord, refusedWith } from '../verb-words.ts';

export const command: Command = {
  name: 'restore',
  summary: 'puts a backup in the place of the store, after checking all of it',
  usage: `avow restore FILE [--data DIR] [--replace] [--check] [--quick] [--despite-differences]
                   [--send-notices] [--json]

Restores a backup that \`avow backup\` made. The store in it is copied beside the one that is there, held against the manifest,
brought up to this version's schema, and looked at as by \`avow doctor\`: the file, its references, the chain of the ledger, every
report, and every span and daily figure from the evidence. Only then it is put in place, whole or not at all.

  --data DIR   the data folder (default: AVOW_DATA, else ./data); it is made when it is not there
  --replace    where a store is there already: move it aside, to a folder replaced-… beside it, and take its place. Nothing is deleted
  --check      restore it aside, look at everything, and put nothing in place; a running Avow is not disturbed
  --quick      leave the recomputation from the evidence, which takes longest, to \`avow doctor\` afterwards; all else is checked
  --despite-differences
               put it in place although differences were found
  --send-notices
               send at the next start what waited to be told to you when the backup was made. Without it that is held among the
               dead letters (avow notices list, avow notices retry): it may have been sent since, and be long over
  --json       one JSON document on standard output

Exit codes: 0 restored (or it holds), 1 refused, damaged, or differences were found, 2 wrong use or no backup, 75 a running Avow holds the store.`,
  async run(argv, io) {
    const yes = { type: 'boolean' } as const;
    const options = { ...COMMON, replace: yes, check: yes, quick: yes, 'despite-differences': yes, 'send-notices': yes } as const;
    const { values, positionals } = parseArguments('restore', argv, { options, positionals: 'FILE' });
    const file = oneWord('restore', positionals, 'backup');
    if (file === null) throw new UsageFault('avow restore needs the file of a backup.');
    const {
      check = false,
      replace = false,
      quick = false,
      'despite-differences': despite = false,
      'send-notices': sendNotices = false,
    } = values;
    const dataDir = dataFolder(values.data, io);
    // Before anybody stops an Avow for what is no backup.
    const { openBackup } = await import('#monitor/actions/backup-file.ts');
    const opened = await openBackup(resolve(io.cwd, file));
    if (isRefusal(opened)) return refusedWith(opened, io);
    await opened.file.close();
    if (!check) {
      const running = await askServer(dataDir, { method: 'GET', path: '/healthz' });
      running?.resume();
      if (running) {
        const sentence = `A running Avow holds ${dataDir}. Stop it first, or use --data for another folder. To look at a backup without stopping it: --check.`;
        tellProblem(io, faultOf('held', 503, 'The store cannot be opened', sentence));
        return exit.held;
      }
    }
    const { restoreBackup } = await import('#monitor/actions/restore-backup.ts');
    try {
      const request = { file: resolve(io.cwd, file), dataDir, check, replace, quick, despite, sendNotices };
      const answer = await restoreBackup({ clock: io.clock }, request, ({ message, done, total }) =>
        io.err(total > 0 ? `${done}/${total} ${message}` : message),
      );
      if (isRefusal(answer)) return refusedWith(answer, io);
      if (values.json) io.out(JSON.stringify(restoreDocument(answer)));
      else for (const line of lines(answer, dataDir)) io.out(line);
      return answer.report.ok || despite ? exit.done : exit.no;
    } catch (fault) {
      return tellStoreFault(fault, io);
    }
  },
};
/** Of each kind of difference at most these are told; --json tells all. */
const TOLD = 20;

const lines = ({ manifest, report, movedTo, placed, tookMs, held, notes }: RestoreAnswer, dataDir: string): string[] => {
  const { checks, spans, days, pairs } = report.examined;
  const { differences } = report;
  const recomputed =
    pairs === 0
      ? ''
      : `, and ${checks} checks, ${spans} spans and ${days} rolled-up days of ${pairs} component and location pairs were recomputed`;
  return [
    ...differences.slice(0, TOLD).map(({ message }) => message),
    ...(differences.length > TOLD ? [`And ${differences.length - TOLD} more.`] : []),
    `The store as of ${manifest.made_at}: hash, file, references, chain and reports were checked${recomputed}, in ${(tookMs / 1_000).toFixed(1)} s.`,
    report.ok
      ? 'No difference was found.'
      : `${differences.length} ${differences.length === 1 ? 'difference was' : 'differences were'} found.`,
    placed
      ? `It is in place in ${dataDir}. Time since then was measured by nobody and is unknown.`
      : 'It was looked at aside; nothing was put in place.',
    ...(movedTo === null ? [] : [`What was there lies in ${movedTo}; delete it when you are sure.`]),
    ...(pairs === 0
      ? ['States, days and figures were not recomputed from the evidence: `avow doctor` does that, also while Avow runs.']
      : []),
    ...(placed && held > 0
      ? [
          `${held} ${held === 1 ? 'notice that waited when the backup was made is a dead letter' : 'notices that waited when the backup was made are dead letters'} now. Look at them with avow notices list once Avow runs; avow notices retry sends one again.`,
        ]
      : []),
    ...notes.map((note) => `Note: ${note}`),
    ...(placed ? [`Start Avow as always.`] : []),
  ];
};
