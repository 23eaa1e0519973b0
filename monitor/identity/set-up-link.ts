/**
 * The link that makes the first admin: 256 bits, good for 60 minutes, made at a start that finds no admin. Its hash is kept in memory
 * alone, so that a restart makes another; the link itself lies in `set-up-link` of the data folder (0600) until it is used or another
 * start finds an admin. Source: reliability section 4 (First run).
 */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, HOUR, type Instant } from '#domain/time/instant.ts';
import { hashOf, newSecret, sameSecret } from './secret.ts';

const SET_UP_FILE = 'set-up-link';
const SET_UP_PATH = '/admin/set-up';
const GOOD_FOR_MS = HOUR;

export interface SetUpLink {
  /** A new token, instead of any before. The link is written to its file. */
  begin(now: Instant): { readonly token: string; readonly link: string; readonly expiresAt: Instant };
  /** Whether it is the token, and its time is not over. */
  judge(token: string, now: Instant): boolean;
  /** There is an admin: no token is good any more, and the file goes. */
  end(): void;
}

/** `dataDir` null: nothing is written. `origin`: where the page of the link is. */
export const setUpLink = (dataDir: string | null, origin: () => string): SetUpLink => {
  let open: { readonly hash: string; readonly expiresAt: Instant } | null = null;
  const file = dataDir === null ? null : join(dataDir, SET_UP_FILE);
  const remove = (): void => {
    if (file !== null) rmSync(file, { force: true });
  };
  return {
    begin(now) {
      const token = newSecret();
      const expiresAt = after(now, GOOD_FOR_MS);
      open = { hash: hashOf(token), expiresAt };
      const link = `${origin()}${SET_UP_PATH}?token=${token}`;
      remove();
      if (file !== null) writeFileSync(file, `${link}\n`, { mode: 0o600, flag: 'wx' });
      return { token, link, expiresAt };
    },
    judge: (token, now) => open !== null && now < open.expiresAt && sameSecret(hashOf(token), open.hash),
    end() {
      open = null;
      remove();
    },
  };
};
