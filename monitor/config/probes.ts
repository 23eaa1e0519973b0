/**
 * `probes`: which addresses that are not public may be named as targets in the console, and which secrets may be sent to them. Only the
 * file can say so: whoever names a target could send it what the environment holds (reliability P9, P33).
 */
import { z } from 'zod';
import { readRange } from '#monitor/egress/range.ts';
import type { Report } from './fault.ts';
import { documented, leaf, wrong } from './leaf.ts';
import { readList, readMapping, readValue, refuseRepeats } from './mapping.ts';

const MOST_ENTRIES = 100;

const range = () =>
  leaf('a range of addresses such as 10.20.0.0/16', (value) => {
    if (typeof value !== 'string') return null;
    const read = readRange(value);
    return typeof read === 'string' ? wrong(read) : read.text;
  });

const secretName = () =>
  leaf('the name of an environment variable such as API_TOKEN', (value) => {
    if (typeof value !== 'string' || !/^[A-Z_][A-Z0-9_]{0,99}$/.test(value)) return null;
    return value.startsWith('AVOW_') ? wrong('must not be a variable of Avow itself') : value;
  });

export const probesSchema = z.strictObject({
  allow: documented(
    z.unknown().optional(),
    'A list of ranges (CIDR) that are not public and that a target may lie in which somebody entered in the console. Metadata, multicast and Avow itself are never dialled. Targets of this file need no leave.',
    'none: what is entered in the console must lie at public addresses',
  ),
  secrets: documented(
    z.unknown().optional(),
    'A list of names, such as `[API_TOKEN]`, that what is entered in the console may refer to as `${NAME}`; any other is refused there by name. Whoever may add checks can send these to a target of theirs, so lend only what such a target may have. References of this file need no leave.',
    'none: what is entered in the console refers to no secrets',
  ),
});

/** Reads the section (absent: nothing is allowed). Ranges in their canonical spelling. */
export const readProbes = (raw: unknown, report: Report): { readonly allow: readonly string[]; readonly secrets: readonly string[] } => {
  const fields = raw === undefined ? {} : readMapping(probesSchema, raw, ['probes'], report);
  const list = (key: 'allow' | 'secrets', one: () => ReturnType<typeof range>, words: string): readonly string[] => {
    const read = readList(fields?.[key], ['probes', key], report, MOST_ENTRIES).map((entry, index) =>
      readValue(one(), entry, ['probes', key, index], report),
    );
    refuseRepeats(read, (index) => ['probes', key, index], words, report);
    return read.filter((found) => found !== undefined);
  };
  return { allow: list('allow', range, 'the range'), secrets: list('secrets', secretName, 'the name') };
};
