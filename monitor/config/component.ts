/**
 * One entry of `components`: its name and place on the page, its one check, and the rhythm of that check. The kinds
 * `self` and `store` are built in and refused here.
 */
import { z } from 'zod';
import type { CheckDefinition } from '#domain/check/check-definition.ts';
import { slugOf } from '#domain/slug.ts';
import { DAY, millis, SECOND } from '#domain/time/instant.ts';
import { CHECK_KINDS, FILE_KINDS, type FileKind } from './check-kinds.ts';
import type { ComponentSettings, PolicyDefaults } from './config.ts';
import type { Report } from './fault.ts';
import { duration, flag, slug, text, wholeNumber } from './fields.ts';
import { documented } from './leaf.ts';
import { isMapping, type KeyAdvice, misspelt, readMapping } from './mapping.ts';
import { rhythmOf } from './rhythm.ts';
import { expandReferences, mapReferences, type SecretLookup } from './secrets.ts';
import { HIDDEN, writtenOut } from './write-only.ts';
import type { Path } from './yaml-places.ts';

const MAX_INTERVAL = 31 * DAY;

export const componentSchema = z.strictObject({
  name: documented(text(200), 'Name on the page.'),
  slug: documented(
    slug().optional(),
    'Identity and address (`/components/SLUG`). Keep it when the name changes, and history stays with it.',
    'made from the name',
  ),
  description: documented(text(1_000).optional(), 'One sentence under the name.', 'none'),
  group: documented(text(100).optional(), 'Group it stands in.', 'none'),
  critical: documented(flag().prefault(true), 'Whether its outages count against the promised availability.'),
  quorum: documented(wholeNumber(1, 100).optional(), 'Locations that must see it down before it is down.', 'more than half of them'),
  interval: documented(
    duration(SECOND, MAX_INTERVAL).prefault('60s'),
    'Time between two probes, from 1s; for a heartbeat the time between two beats.',
  ),
  timeout: documented(
    duration(1, DAY).optional(),
    'When a probe gives up; shorter than the interval.',
    '10s, or half the interval if that is less',
  ),
  hold: documented(
    duration(SECOND, 2 * MAX_INTERVAL).optional(),
    'How long one result speaks; at least the interval.',
    'the `hold` of the policy, else 2.5 × the interval',
  ),
  confirmations: documented(wholeNumber(1, 10).optional(), 'Failures in a row that make an outage.', 'the number of the policy'),
  degraded: documented(duration(1, DAY).optional(), 'A right answer that takes longer is slow; shorter than the timeout.', '5s'),
});

const BUILT_IN =
  'is built in and cannot be written in a file: it may dial only Avow itself. Remove it; without any configuration Avow watches itself';
const ADVICE: KeyAdvice = {
  self: BUILT_IN,
  store: BUILT_IN,
  url: 'is not a key of this mapping; write "http: https://…" for a check over HTTP',
  type: `is not a key of this mapping; write the kind of check as its own key: ${FILE_KINDS.join(', ')}`,
  check: `is not a key of this mapping; write the kind of check as its own key: ${FILE_KINDS.join(', ')}`,
};

export interface ComponentTools {
  readonly report: Report;
  readonly lookup: SecretLookup;
  readonly ownPorts: readonly number[];
  readonly defaults: PolicyDefaults;
  readonly locationCount: number;
}

const kindSlots = Object.fromEntries(FILE_KINDS.map((kind) => [kind, z.unknown()])) as Record<FileKind, z.ZodUnknown>;
const entrySchema = componentSchema.extend(kindSlots);

/** The one check of an entry, as written (`misnamed`: it was told already that its kind is no key); null when there is none that is good. */
const readCheck = (
  fields: Partial<Record<FileKind, unknown>>,
  misnamed: boolean,
  path: Path,
  tools: ComponentTools,
): CheckDefinition | null => {
  const named = FILE_KINDS.filter((kind) => fields[kind] !== undefined);
  const [first, ...others] = named;
  if (first === undefined && !misnamed)
    tools.report(path, `has no check; add one of ${FILE_KINDS.join(', ')}, such as "http: https://www.example.com/"`, 'key');
  for (const kind of others)
    tools.report(
      [...path, kind],
      `is a second check besides "${first}", and a component has exactly one; make it a component of its own`,
      'key',
    );
  const read = named.map((kind) =>
    CHECK_KINDS[kind].read(fields[kind], { report: tools.report, path: [...path, kind], lookup: tools.lookup, ownPorts: tools.ownPorts }),
  );
  return read[0] ?? null;
};

/** The definition with the environment's values in place of its references; `hidden` gets what no sentence may repeat. */
export const resolved = (
  written: CheckDefinition,
  path: Path,
  tools: Pick<ComponentTools, 'report' | 'lookup'>,
  hidden: Set<string>,
): CheckDefinition =>
  mapReferences(written, (source, place, encode) => {
    // Written out, against the advice: what nobody is shown in a form, nobody needs to read in a sentence either.
    for (const part of writtenOut(place.join('.'), source)) hidden.add(part);
    const { value, faults } = expandReferences(source, tools.lookup, encode);
    for (const fault of faults) tools.report([...path, ...place], fault);
    if (faults.length === 0 && place[1] === 'headers' && value !== HIDDEN && /[^\t\x20-\x7e\x80-\xff]/.test(value))
      tools.report([...path, ...place], 'has a character that a header cannot carry, such as a line break; remove it');
    return value;
  });

/** Reads one entry: its slug when it has one, and the component when the entry is good enough to be one. */
export const readComponent = (
  raw: unknown,
  index: number,
  tools: ComponentTools,
): { readonly slug?: string; readonly component: ComponentSettings | null } => {
  const path: Path = ['components', index];
  const fields = readMapping(entrySchema, raw, path, tools.report, ADVICE);
  if (fields === null) return { component: null };
  const slips = isMapping(raw) ? misspelt(raw, Object.keys(entrySchema.shape)) : new Set<string>();
  const misnamed =
    isMapping(raw) && (Object.keys(raw).some((key) => Object.hasOwn(ADVICE, key)) || FILE_KINDS.some((kind) => slips.has(kind)));
  const written = readCheck(fields, misnamed, path, tools);
  const rhythm = rhythmOf(written, fields, tools.defaults, (key, predicate) => tools.report([...path, key], predicate));
  if (fields.quorum !== undefined && fields.quorum > tools.locationCount)
    tools.report([...path, 'quorum'], `must be at most the number of locations, which is ${tools.locationCount}, not ${fields.quorum}`);
  const short = fields.slug ?? (fields.name === undefined ? undefined : slugOf(fields.name));
  if (short === null) tools.report([...path, 'name'], 'has no letter or digit of which a slug could be made; add a "slug"');
  const hidden = new Set<string>();
  const lookup = (name: string): string | null => {
    const value = tools.lookup(name);
    if (value !== null) hidden.add(value);
    return value;
  };
  const definition = written && resolved(written, path, { ...tools, lookup }, hidden);
  if (!short) return { component: null };
  if (fields.name === undefined || definition === null) return { slug: short, component: null };
  const component: ComponentSettings = {
    slug: short,
    name: fields.name,
    description: fields.description ?? '',
    group: fields.group ?? null,
    critical: fields.critical ?? true,
    position: index,
    quorum: fields.quorum ?? Math.floor(tools.locationCount / 2) + 1,
    check: { definition, ...rhythm },
    written: written ?? definition,
    ...(hidden.size > 0 ? { hidden: [...hidden] } : {}),
  };
  return { slug: short, component };
};

/** Rhythm of the built-in checks: they cost nothing and a first minute should show something. */
export const BUILT_IN_RHYTHM = {
  intervalMs: millis(10_000),
  timeoutMs: millis(5_000),
  holdMs: millis(25_000),
  confirmations: 2,
  degradedMs: millis(2_500),
};
