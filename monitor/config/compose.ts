/** What is in force: what the file says, and what was entered in the console beside it. Pure. */
import type { ComponentSettings, Config } from './config.ts';

/** Name under which a configuration goes that has no file, only what was entered in the console. */
const FROM_CONSOLE = 'the console';

/**
 * Avow watches itself until it is told what to watch: without a file, by what was entered. What the file names too is the file's.
 * `entered` in the order of the page.
 */
export const composed = (file: Config, entered: readonly ComponentSettings[]): Config => {
  if (entered.length === 0) return file;
  const own = file.source === null ? [] : file.components;
  const named = new Set(own.map(({ slug }) => slug));
  return {
    ...file,
    components: [...own, ...entered.filter(({ slug }) => !named.has(slug))],
    source: file.source ?? FROM_CONSOLE,
  };
};
