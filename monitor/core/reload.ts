/** SIGHUP: reads the file again; a bad file changes nothing and is told line by line. */
import { isRefusal } from '#domain/refusal.ts';
import type { Io } from '#monitor/cli/command.ts';
import { renderFault } from '#monitor/config/fault.ts';
import type { Log } from '#monitor/context.ts';
import type { ConfigurationKeeper } from './configuration-keeper.ts';

export const reloadTold = async (
  { log, io }: { readonly log: Log; readonly io: Io },
  configuration: ConfigurationKeeper,
): Promise<void> => {
  try {
    const change = await configuration.reload();
    if (Array.isArray(change)) {
      for (const fault of change) io.err(renderFault(fault));
      log.error('The new configuration has faults and was not taken; the one before stays in force.', { faults: change.length });
    } else if (isRefusal(change)) {
      io.err(change.message);
      log.error('The new configuration was refused and not taken; the one before stays in force.', change.facts);
    } else {
      const { added, changed, removed, adopted, contractsChanged } = change;
      log.info('The configuration was read again.', { added, changed, removed, adopted, contracts: contractsChanged });
    }
  } catch (cause) {
    log.error('The new configuration could not be stored; the one before stays in force. Send SIGHUP again later.', {
      cause: String(cause),
    });
  }
};
