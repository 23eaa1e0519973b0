/** `avow backup`: a backup of the store, made by the running server or here when none runs. */
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import type { BackupAnswer } from '#monitor/actions/make-backup.ts';
import { SOCKET_OWNER } from '#monitor/context.ts';
import { backupDocument } from '#monitor/views/records-document.ts';
import { parseArguments } from '../arguments.ts';
import { type Command, exit, faultOf, tellProblem, UsageFault } from '../command.ts';
import { dataFolder } from '../door.ts';
import { askLong } from '../long-client.ts';
import { COMMON, refusedWith, string } from '../verb-words.ts';

export const command: Command = {
  name: 'backup',
  summary: 'makes a backup of the store, also while Avow runs',
  usage: `avow backup [--out DIR/|FILE] [--data DIR] [--json]

Makes a consistent copy of the whole store with a manifest behind it, in one file. A running Avow makes it itself, asked through
avow.sock in its data folder, and goes on checking and serving meanwhile (what it measures waits in memory while the store is copied);
otherwise the store is opened here. Nothing is overwritten, and nothing half-made is left behind.

The file is a SQLite file that any SQLite can open. It does not hold report-key.pem, AVOW_SECRETS_KEY (or its file), avow.yaml and
the environment: keep those apart.

  --out DIR/      a folder, in which the file gets a name with the time; with a / at its end it is made when it is not there
                  (default: the folder you stand in)
  --out FILE      the file to make, where no folder of that name is there
  --data DIR      the data folder (default: AVOW_DATA, else ./data)
  --json          one JSON document on standard output

Exit codes: 0 made, 1 refused (it is there already, no room, the disk does not take it), 2 wrong use, 75 another process holds the store.`,
  async run(argv, io) {
    const { values } = parseArguments('backup', argv, { options: { ...COMMON, out: string } });
    const folder = dataFolder(values.data, io);
    const { bytesText } = await import('#monitor/actions/backup-file.ts');
    const { makeBackup } = await import('#monitor/actions/make-backup.ts');
    const given = values.out ?? './';
    if (given === '') throw new UsageFault('--out is empty: name a folder or a file, or leave --out out.');
    // `resolve` takes the slash away that says: a folder.
    const body = { out: `${resolve(io.cwd, given.replace(/\\+$/, ''))}${/[/\\]$/.test(given) ? '/' : ''}` };
    const answer = await askLong<BackupAnswer | Refusal>(folder, io, { path: '/backup', body }, (store, told) =>
      makeBackup.run({ store, clock: io.clock, actor: SOCKET_OWNER }, body, told),
    );
    if (typeof answer === 'number') return answer;
    if (isRefusal(answer)) return refusedWith(answer, io);
    const { path, bytes, manifest, tookMs, waitedMs } = answer;
    if (!existsSync(path)) {
      const sentence = `The running Avow says that it wrote ${path}, and from here it is not there: a service may have a /tmp of its own. Name a folder that both see with --out.`;
      tellProblem(io, faultOf('not_there', 409, 'Conflict', sentence));
      return exit.no;
    }
    if (values.json) io.out(JSON.stringify(backupDocument(answer)));
    else
      for (const line of [
        `${path}`,
        madeWords(answer, body.out),
        `${bytesText(bytes)}, made in ${secondsText(tookMs)}; results waited ${secondsText(waitedMs)} in memory. SHA-256 of the store in it: ${manifest.database.sha256}`,
        ...(dirname(path).startsWith(folder)
          ? [`It lies in the data folder: copy it to another machine, or one lost disk takes both.`]
          : []),
        'Not in it, to be kept apart:',
        ...manifest.not_included.map((words) => `  ${words}`),
        `To check it:   avow verify ${path}`,
        `To restore it: stop Avow, then avow restore ${path} --data ${folder} --replace`,
      ])
        io.out(line);
    return exit.done;
  },
};

/** What came of `--out`: a folder and a file in it, or the file itself. */
const madeWords = ({ path, folderMade }: BackupAnswer, out: string): string => {
  if (folderMade) return `It is a file in the folder ${folderMade}, which was not there and was made.`;
  if (path !== out) return `It is a file in the folder ${dirname(path)}.`;
  return 'It is the file itself: no folder of that name was there. With a / at its end a name means a folder, which is made.';
};
const secondsText = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;
