/**
 * Who holds the store: a small file `avow.pid` beside it, written once the lock is ours (`kill -HUP "$(cat avow.pid)"`), removed when it is given back.
 * The lock itself is SQLite's; this file only lets a refusal name the process. A dead process's note is ignored.
 */
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';

const note = (storePath: string): string => join(dirname(storePath), 'avow.pid');
const utc = new Intl.DateTimeFormat('sv-SE', { timeZone: 'UTC', dateStyle: 'short', timeStyle: 'medium' });

/** A note that cannot be written costs a sentence its details, nothing more. */
export const noteHolder = (storePath: string): void => {
  try {
    writeFileSync(note(storePath), `${process.pid}\n`);
  } catch {
    // Full or read-only: the store will say so itself.
  }
};

export const forgetHolder = (storePath: string): void => {
  try {
    if (readHolder(storePath)?.pid === process.pid) rmSync(note(storePath));
  } catch {
    // Left behind; a later start overwrites it.
  }
};

const readHolder = (storePath: string): { readonly pid: number; readonly started: string } | undefined => {
  const pid = readFileSync(note(storePath), 'utf8').trim();
  return /^[1-9]\d*$/.test(pid) ? { pid: Number(pid), started: `${utc.format(statSync(note(storePath)).mtimeMs)} UTC` } : undefined;
};

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM';
  }
};

/** `process 1234 (started 2026-11-23 06:40:00 UTC)`, or `another process` when the note is missing or out of date. */
export const describeHolder = (storePath: string): string => {
  try {
    const holder = readHolder(storePath);
    if (holder && alive(holder.pid)) return `process ${holder.pid} (started ${holder.started})`;
  } catch {
    // No note: some other program holds the file.
  }
  return 'another process';
};
