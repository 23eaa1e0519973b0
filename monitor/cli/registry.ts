/** Every verb of the command line, by name. A verb is loaded when it is asked for, so that `avow help` stays quick. */
import type { Command } from './command.ts';

type Load = () => Promise<{ readonly command: Command }>;

export const registry: ReadonlyMap<string, Load> = new Map<string, Load>([
  ['start', () => import('./commands/start.ts')],
  ['help', () => import('./commands/help.ts')],
  ['version', () => import('./commands/version.ts')],
]);
