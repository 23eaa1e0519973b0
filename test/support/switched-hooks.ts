/**
 * Faults of the store that a test switches on and off while the store runs (fixture F6): the file named in the query of
 * this module's own URL says which. Absent: none. `reads SQLITE_X`, `writes SQLITE_X`, `all SQLITE_X`, or `all hang`
 * until the file is gone.
 */
import { readFileSync } from 'node:fs';
import type { StatementHooks } from '#db/thread-messages.ts';

export const switchedBy = (file: string): URL => {
  const url = new URL(import.meta.url.split('?')[0] ?? '');
  url.search = new URLSearchParams({ file }).toString();
  return url;
};

const file = new URL(import.meta.url).searchParams.get('file');
const said = (): readonly string[] => {
  try {
    return file === null ? [] : readFileSync(file, 'utf8').split(' ');
  } catch {
    return [];
  }
};
const pause = new Int32Array(new SharedArrayBuffer(4));

export const hooks: StatementHooks = {
  before(op) {
    const mine = (which: string | undefined): boolean => which === 'all' || which === (op === 'execute' ? 'reads' : 'writes');
    let [which, fault] = said();
    while (mine(which) && fault === 'hang') {
      Atomics.wait(pause, 0, 0, 10);
      [which, fault] = said();
    }
    if (mine(which) && fault) throw Object.assign(new Error(`${fault}: injected`), { code: fault });
  },
};
