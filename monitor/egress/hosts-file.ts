/**
 * The machine's own table of names, read by us because our resolver (c-ares) speaks DNS only. Looked at again at most
 * once a second, parsed again when the file changed. `localhost` and everything under it is loopback (RFC 6761), whatever the file says or lacks.
 */
import { readFileSync, statSync } from 'node:fs';
import { platform } from 'node:os';
import type { Clock } from '#monitor/clock.ts';
import { canonicalAddress } from './address.ts';

const LOOK_AGAIN_US = 1_000_000;
const LOOPBACK = ['127.0.0.1', '::1'] as const;

export type HostsTable = (name: string) => readonly string[] | null;

export const systemHostsFile = (): string =>
  platform() === 'win32' ? `${process.env['SystemRoot'] ?? 'C:\\Windows'}\\System32\\drivers\\etc\\hosts` : '/etc/hosts';

/** Name (lower case) → addresses in file order, IPv4 first. */
export const parseHosts = (text: string): Map<string, string[]> => {
  const table = new Map<string, string[]>();
  for (const line of text.split('\n')) {
    const [address, ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
    const canonical = canonicalAddress(address ?? '');
    if (canonical === null) continue;
    for (const name of names) {
      const key = name.toLowerCase();
      const known = table.get(key);
      if (!known) table.set(key, [canonical]);
      else if (!known.includes(canonical)) known.push(canonical);
    }
  }
  for (const addresses of table.values()) addresses.sort((a, b) => Number(a.includes(':')) - Number(b.includes(':')));
  return table;
};

/** Looks names up in `file`; a file that cannot be read is an empty one. */
export const hostsTable = (file: string, clock: Clock): HostsTable => {
  let table = new Map<string, string[]>();
  let seen = '';
  let lookedUs = Number.NEGATIVE_INFINITY;
  const refresh = (): void => {
    lookedUs = clock.monotonicUs();
    try {
      const { mtimeMs, size, ino } = statSync(file);
      const now = `${mtimeMs} ${size} ${ino}`;
      if (now === seen) return;
      table = parseHosts(readFileSync(file, 'utf8'));
      seen = now;
    } catch {
      table = new Map();
      seen = '';
    }
  };
  return (name) => {
    if (clock.monotonicUs() - lookedUs > LOOK_AGAIN_US) refresh();
    const found = table.get(name) ?? null;
    if (name !== 'localhost' && !name.endsWith('.localhost')) return found;
    const loopback = found?.filter((address) => address === '::1' || address.startsWith('127.')) ?? [];
    return loopback.length > 0 ? loopback : LOOPBACK;
  };
};
