/**
 * Gives back what the start left behind: the configuration's syntax tree, compiled code, grown heaps. V8 would keep
 * those 60 MB of a process that hardly allocates for as long as it lives. One full collection, about 50 ms, before the
 * address is announced; where this Node cannot do it nothing happens.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

type Collect = (options: { readonly type: 'major'; readonly execution: 'sync'; readonly flavor: 'last-resort' }) => void;

export const releaseStartMemory = (): void => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext("typeof gc === 'function' ? gc : null") as Collect | null;
  // The flags are part of the key of the compile cache, which a prober that is started again later needs.
  setFlagsFromString('--no-expose-gc');
  collect?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
};
