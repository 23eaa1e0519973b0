/** Text that comes through standard input where an option says `-`: from a pipe, a file, or typed. Refuses what is too much or no UTF-8, as `UsageFault`. */
import { type Io, UsageFault } from './command.ts';

/** What a request to the server may hold, and some more. */
const MOST_BYTES = 64 * 1_024;

/** `given`, or what standard input says when it is `-`; `option` names it in faults. */
export const textGiven = async (option: string, given: string, { input, err }: Pick<Io, 'input' | 'err'>): Promise<string> => {
  if (given !== '-') return given;
  if (!input) throw new UsageFault(`${option} - reads standard input, and there is none.`);
  if (input.isTTY) err('Write the text; end it with Ctrl-D on a line of its own.');
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of input) {
    bytes += piece.length;
    if (bytes > MOST_BYTES) throw new UsageFault(`Standard input has more than ${MOST_BYTES} bytes; no more are read. Shorten the text.`);
    pieces.push(piece);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(pieces));
  } catch (cause) {
    throw new UsageFault('Standard input is not UTF-8 text.', { cause });
  }
};
