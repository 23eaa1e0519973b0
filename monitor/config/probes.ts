/** `probes`: which addresses that are not public may be named as targets in the console. Only the file can say so (reliability P9). */
import { z } from 'zod';
import { readRange } from '#monitor/egress/range.ts';
import type { Report } from './fault.ts';
import { documented, leaf, wrong } from './leaf.ts';
import { readList, readMapping, readValue, refuseRepeats } from './mapping.ts';

const MOST_RANGES = 100;

const range = () =>
  leaf('a range of addresses such as 10.20.0.0/16', (value) => {
    if (typeof value !== 'string') return null;
    const read = readRange(value);
    return typeof read === 'string' ? wrong(read) : read.text;
  });

export const probesSchema = z.strictObject({
  allow: documented(
    z.unknown().optional(),
    'A list of ranges (CIDR) that are not public and that a target may lie in which somebody entered in the console. Metadata, multicast and Avow itself are never dialled. Targets of this file need no leave.',
    'none: what is entered in the console must lie at public addresses',
  ),
});

/** Reads the section (absent: nothing is allowed). Ranges in their canonical spelling. */
export const readProbes = (raw: unknown, report: Report): readonly string[] => {
  const fields = raw === undefined ? {} : readMapping(probesSchema, raw, ['probes'], report);
  const read = readList(fields?.allow, ['probes', 'allow'], report, MOST_RANGES).map((entry, index) =>
    readValue(range(), entry, ['probes', 'allow', index], report),
  );
  refuseRepeats(read, (index) => ['probes', 'allow', index], 'the range', report);
  return read.filter((one) => one !== undefined);
};
