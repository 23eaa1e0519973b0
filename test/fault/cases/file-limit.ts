/** P21: a limit on the size of files (`ulimit -f`, a quota) strikes the running product and is lifted again. */
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { proveFullDisk } from '../../support/full-disk.ts';
import { productFolder } from '../../support/product.ts';

const folder = productFolder();
const limit = (pid: number, bytes: string): void => void execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:unlimited`]);
await proveFullDisk(folder, {
  begin: (pid) => limit(pid, String(statSync(join(folder.data, 'avow.db-wal')).size)),
  end: (pid) => limit(pid, 'unlimited'),
});
process.exit(0);
