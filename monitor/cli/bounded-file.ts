/**
 * The text of a file that somebody names: an ordinary file or a pipe (`<(…)`, /dev/stdin), never more than `most` bytes and never
 * more than ten seconds of waiting for whoever writes the pipe. Every refusal is a sentence, thrown as `UsageFault`.
 */
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { Clock } from '#monitor/clock.ts';
import { unreadableWords } from '#monitor/config/fault.ts';
import { UsageFault } from './command.ts';

const PIECE_BYTES = 64 * 1_024;
const PATIENCE_US = 10_000_000;
const PAUSE_MS = 20;

const codeOf = (cause: unknown): string => (cause as NodeJS.ErrnoException).code ?? String(cause);

/** The next bytes; empty: the end. A pipe whose writer is slow is asked again. */
const piece = async (file: FileHandle, path: string, clock: Clock, until: number): Promise<Uint8Array> => {
  const buffer = Buffer.alloc(PIECE_BYTES);
  for (;;) {
    try {
      const { bytesRead } = await file.read(buffer, 0, PIECE_BYTES, null);
      return buffer.subarray(0, bytesRead);
    } catch (cause) {
      if (codeOf(cause) !== 'EAGAIN') throw cause;
      if (clock.monotonicUs() > until) throw new UsageFault(`Nobody wrote to ${path} for ten seconds.`, { cause });
      await clock.sleep(PAUSE_MS);
    }
  }
};

const whole = async (file: FileHandle, path: string, most: number, clock: Clock): Promise<string> => {
  const kind = await file.stat();
  if (!kind.isFile() && !kind.isFIFO()) throw new UsageFault(`${path} is no file.`);
  if (kind.size > most) throw new UsageFault(`${path} has ${kind.size} bytes; at most ${most} are read.`);
  const pieces: Uint8Array[] = [];
  for (let bytes = 0; ; ) {
    const next = await piece(file, path, clock, clock.monotonicUs() + PATIENCE_US);
    if (next.length === 0) return Buffer.concat(pieces).toString('utf8');
    bytes += next.length;
    if (bytes > most) throw new UsageFault(`${path} has more than ${most} bytes; no more are read.`);
    pieces.push(next);
  }
};

/** `path`: absolute. */
export const boundedText = async (path: string, most: number, clock: Clock): Promise<string> => {
  let file: FileHandle;
  try {
    // Without O_NONBLOCK a named pipe that nobody writes would hold us for ever.
    file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (cause) {
    throw new UsageFault(unreadableWords(path, cause), { cause });
  }
  try {
    return await whole(file, path, most, clock);
  } catch (cause) {
    if (cause instanceof UsageFault) throw cause;
    throw new UsageFault(unreadableWords(path, cause), { cause });
  } finally {
    await file.close();
  }
};
