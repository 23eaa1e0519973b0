/** P21: the store on a disk of 4 MiB that runs full. Started in a mount namespace of its own. */
import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { proveFullDisk } from '../../support/full-disk.ts';
import { productFolder } from '../../support/product.ts';

const folder = productFolder();
mkdirSync(folder.data, { mode: 0o700 });
execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m,mode=0700', 'tmpfs', folder.data]);
const ballast = join(folder.data, 'ballast');
const fill = (): void => {
  const file = openSync(ballast, 'w');
  const block = Buffer.alloc(4_096);
  try {
    for (;;) writeSync(file, block);
  } catch (fault) {
    if ((fault as { code?: string }).code !== 'ENOSPC') throw fault;
  } finally {
    closeSync(file);
  }
};
try {
  await proveFullDisk({ ...folder, remove: () => undefined }, { begin: fill, end: () => rmSync(ballast) });
} finally {
  execFileSync('umount', ['-l', folder.data]);
  folder.remove();
}
process.exit(0);
