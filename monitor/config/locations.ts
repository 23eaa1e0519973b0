/** `locations` and `sentinels`: where probes run, and what tells "the target is down" from "our own network is down". */
import { z } from 'zod';
import { slugOf } from '#domain/slug.ts';
import type { LocationSettings, Sentinel } from './config.ts';
import type { Report } from './fault.ts';
import { flag, slug, text } from './fields.ts';
import { documented, leaf, type Wrong } from './leaf.ts';
import { readList, readMapping, readValue, refuseRepeats } from './mapping.ts';
import { splitHostPort } from './target.ts';

export const locationSchema = z.strictObject({
  name: documented(text(100), 'Name of the location, as shown.'),
  slug: documented(slug().optional(), 'Short name in addresses and agents.', 'made from the name'),
  local: documented(flag().prefault(false), 'Whether this process itself probes there; exactly one location is local.'),
});

const LOCAL: LocationSettings = { slug: 'local', name: 'Local', local: true };

/** Reads the list (absent or empty: one local location). */
export const readLocations = (raw: unknown, report: Report): LocationSettings[] => {
  const entries = readList(raw, ['locations'], report, 100);
  const read = entries.map((entry, index) => {
    const path = ['locations', index];
    const fields = readMapping(locationSchema, entry, path, report);
    if (!fields?.name) return null;
    const short = fields.slug ?? slugOf(fields.name);
    if (short === null) report([...path, 'name'], 'has no letter or digit of which a slug could be made; add a "slug"');
    return short === null ? null : { slug: short, name: fields.name, local: fields.local ?? false };
  });
  const good = read.filter((location) => location !== null);
  refuseRepeats(
    read.map((location) => location?.slug),
    (index) => ['locations', index, 'slug'],
    'the slug',
    report,
  );
  const local = good.filter((location) => location.local).length;
  if (good.length > 0 && good.length === entries.length && local !== 1)
    report(
      ['locations'],
      `must have exactly one entry with "local: true", where this process probes, and ${local === 0 ? 'none has it' : `${local} have it`}`,
      'key',
    );
  return entries.length === 0 ? [LOCAL] : good;
};

export const sentinel = () =>
  leaf('host:port, such as 192.0.2.1:443', (value): Sentinel | Wrong | null =>
    typeof value === 'string' ? splitHostPort(value, null) : null,
  );

/** Reads the list (absent: none; the rule is then off and the page says so). */
export const readSentinels = (raw: unknown, report: Report): Sentinel[] => {
  const read = readList(raw, ['sentinels'], report, 20).map((entry, index) => readValue(sentinel(), entry, ['sentinels', index], report));
  refuseRepeats(
    read.map((one) => one && `${one.host}:${one.port}`),
    (index) => ['sentinels', index],
    'the address',
    report,
  );
  return read.filter((one) => one !== undefined);
};
