/** The book of anchors of a data folder when nobody runs: with the key that the environment names, as the server has it. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ANCHOR_FILE, type AnchorBook, openAnchorBook } from '#monitor/actions/anchor-book.ts';
import { secretsFrom } from '#monitor/config/secrets.ts';
import type { Io } from './command.ts';

/** Null: there is none, or its key cannot be used; the reason is on standard error then. */
export const anchorsHere = (folder: string, io: Io): AnchorBook | null => {
  if (!existsSync(join(folder, ANCHOR_FILE))) return null;
  const secret = secretsFrom(io.env, (path) => readFileSync(resolve(io.cwd, path)));
  try {
    return openAnchorBook(folder, secret('AVOW_SECRETS_KEY'));
  } catch (cause) {
    io.err(`The anchors in ${folder} cannot be judged. ${cause instanceof Error ? cause.message : String(cause)}`);
    return null;
  }
};
