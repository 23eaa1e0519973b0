/**
 * The bytes of a configuration file → what they say, or every fault in them with its place. Pure: the environment is
 * handed in. Nothing is applied here, so a bad file changes nothing. Form of the file: docs/configuration.md.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Agreement } from '#domain/sla/agreement.ts';
import { slugOf } from '#domain/slug.ts';
import { readComponent } from './component.ts';
import type { ComponentSettings, Config, ConfigFault } from './config.ts';
import { type ContractTools, readContracts } from './contract.ts';
import { readSchedules } from './credit-schedule.ts';
import { readCustomers } from './customer.ts';
import type { Report } from './fault.ts';
import { text, wholeNumber } from './fields.ts';
import { documented, nameOf } from './leaf.ts';
import { readLocations, readSentinels } from './locations.ts';
import type { ReadBeside } from './logo.ts';
import { isMapping, misspelt, readList, readMapping, readValue, refuseRepeats } from './mapping.ts';
import { nearest } from './nearest.ts';
import { readOps } from './ops.ts';
import { readPage } from './page.ts';
import { readPolicy } from './policy.ts';
import { readProbes } from './probes.ts';
import type { SecretLookup } from './secrets.ts';
import { readSupport } from './support.ts';
import { type KnownValues, revealed, writtenAnew } from './write-only.ts';
import { readYaml } from './yaml-reader.ts';
import { readText } from './yaml-text.ts';

export const MAX_COMPONENTS = 10_000;
const EXAMPLE = '"- {name: Website, http: https://www.example.com/}"';

/** What the file may refer to and must not touch. */
export interface ParseEnvironment {
  readonly secret: SecretLookup;
  /** Ports that Avow itself listens on. */
  readonly ownPorts: readonly number[];
  /** Whether there is a mail server (AVOW_SMTP_URL); absent: not asked. */
  readonly mailServer?: boolean;
  /** How files that it names are read; absent: there are none beside it. */
  readonly readBeside?: ReadBeside;
  /** What is in force, for `•` in what was exported of it; absent: nothing is. */
  readonly known?: KnownValues;
}

/** The sections of the file. */
export const fileSchema = z.strictObject({
  page: documented(z.unknown(), 'What the page says of itself.', 'all defaults'),
  policy: documented(z.unknown(), 'The terms by which time is judged.', 'all defaults'),
  support: documented(z.unknown(), 'Channels by which customers reach people.', 'none'),
  groups: documented(z.unknown(), 'Names of the groups in the order of the page.', 'in the order in which components name them'),
  components: documented(z.unknown(), 'What is watched, in the order of the page. At least one.'),
  credit_schedules: documented(z.unknown(), 'What missed months give back. In force where a contract names one.', 'none'),
  customers: documented(z.unknown(), 'With whom contracts are made.', 'none'),
  contracts: documented(z.unknown(), 'What was agreed with whom: the ledger keeps a report of each month for each of them.', 'none'),
  locations: documented(z.unknown(), 'Where probes run.', 'one local location'),
  sentinels: documented(
    z.unknown(),
    'Addresses (`host:port`) of others that tell "the target is down" from "our own network is down". At least two that do not share a fate.',
    'none: the rule is off, and the page says so',
  ),
  ops: documented(z.unknown(), 'Where the people who run this are told: a signed webhook, mail (docs/notices.md).', 'nobody is told'),
  probes: documented(
    z.unknown(),
    'Where probes may go that are entered in the console, and which secrets they may take there.',
    'to public addresses, with none',
  ),
  evidence_days: documented(wholeNumber(30, 3_650).prefault(400), 'How many days every single check is kept.'),
});

const readGroups = (raw: unknown, components: readonly (ComponentSettings | null)[], report: Report): string[] => {
  const listed = readList(raw, ['groups'], report, 200).map((entry, index) => readValue(text(100), entry, ['groups', index], report));
  refuseRepeats(listed, (index) => ['groups', index], 'the name', report);
  const groups = listed.filter((group) => group !== undefined);
  const used = [...new Set(components.flatMap((component) => component?.group ?? []))];
  if (raw === undefined || listed.length !== groups.length) return raw === undefined ? used : groups;
  for (const [index, component] of components.entries()) {
    if (!component?.group || groups.includes(component.group)) continue;
    const near = nearest(component.group, groups);
    report(
      ['components', index, 'group'],
      `must be one of "groups"${near ? `; did you mean "${near}"?` : `, and "${component.group}" is not; add it there`}`,
    );
  }
  return groups;
};

/** An entry that was exported stands for what is in force where it says `•`. */
const shownEntry = (entry: unknown, index: number, report: Report, known: KnownValues | undefined): unknown => {
  if (!isMapping(entry)) return entry;
  const own = ownSlug(entry);
  const shown = revealed(entry, own === null ? null : (known?.entry(own) ?? null));
  if ('entry' in shown) return shown.entry;
  for (const place of shown.places) report(['components', index, ...place], shown.predicate);
  return entry;
};

/** What an entry is called, as far as that can be told before it is read. */
const ownSlug = ({ slug, name }: Readonly<Record<string, unknown>>): string | null =>
  typeof slug === 'string' ? slug : typeof name === 'string' ? slugOf(name) : null;

const anewIn = ({ components, ops }: { readonly components?: unknown; readonly ops?: unknown }): NonNullable<Config['anew']> => ({
  components: new Map(
    (Array.isArray(components) ? components.filter(isMapping) : []).flatMap((entry) => {
      const [slug, places] = [ownSlug(entry), writtenAnew(entry)];
      return slug === null || places.length === 0 ? [] : [[slug, places] as const];
    }),
  ),
  sections: writtenAnew({ ops }),
});

const readComponents = (
  raw: unknown,
  tools: Parameters<typeof readComponent>[2],
  known: KnownValues | undefined,
): (ComponentSettings | null)[] => {
  if (raw === undefined || (Array.isArray(raw) && raw.length === 0))
    tools.report(['components'], `is missing; name at least one, such as ${EXAMPLE}`);
  const read = readList(raw, ['components'], tools.report, MAX_COMPONENTS).map((entry, index) =>
    readComponent(shownEntry(entry, index, tools.report, known), index, tools),
  );
  refuseRepeats(
    read.map(({ slug }) => slug),
    (index) => ['components', index, 'slug'],
    'the slug',
    tools.report,
  );
  const components = read.map(({ component }) => component);
  const firstWithToken = new Map<string, number>();
  for (const [index, component] of components.entries()) {
    if (component?.check.definition.kind !== 'heartbeat') continue;
    const { tokenSha256 } = component.check.definition;
    const first = firstWithToken.get(tokenSha256);
    if (first === undefined) firstWithToken.set(tokenSha256, index);
    else
      tools.report(
        ['components', index, 'heartbeat', 'token'],
        `must be unique, and entry ${first + 1} has the same; give each job its own`,
      );
  }
  return components;
};

/** Contracts, and what they name: nothing is said of names when a section was misspelt, or a component has faults. */
const readAgreed = (
  sections: { readonly credit_schedules?: unknown; readonly customers?: unknown; readonly contracts?: unknown },
  slips: ReadonlySet<string>,
  { components, ...tools }: Pick<ContractTools, 'report' | 'policy'> & { readonly components: readonly (ComponentSettings | null)[] },
): Agreement[] => {
  const customers = readCustomers(sections.customers, tools.report);
  const schedules = readSchedules(sections.credit_schedules, tools.report);
  const sound = components.filter((component) => component !== null);
  return readContracts(sections.contracts, {
    ...tools,
    customers: { ...customers, complete: customers.complete && !slips.has(customers.section) },
    schedules: { ...schedules, complete: schedules.complete && !slips.has(schedules.section) },
    components: sound.length === components.length && sound.length > 0 ? new Map(sound.map((one) => [one.slug, one])) : null,
  });
};

/** Bytes in, configuration or faults out. `file` is the name in faults and becomes `source`. Never throws for what the bytes say. */
export const parseConfiguration = (bytes: Uint8Array, file: string, environment: ParseEnvironment): Config | ConfigFault[] => {
  const source = readText(bytes);
  if (typeof source !== 'string') return [{ file, path: '', ...source }];
  const { value, faults, readable } = readYaml(source, file);
  if (!readable) return faults.list();
  const { report } = faults;
  if (value === null) report([], `is empty; name at least one component, such as ${EXAMPLE}`);
  else if (!isMapping(value))
    report([], `must begin with sections such as "components:", not with ${nameOf(value)}; compare it with docs/avow.sample.yaml`);
  if (!isMapping(value)) return faults.list();
  const sections = readMapping(fileSchema, value, [], report) ?? {};
  const page = readPage(sections.page, report, environment.readBeside);
  const { policy, defaults } = readPolicy(sections.policy, report);
  const support = readSupport(sections.support, report);
  const locations = readLocations(sections.locations, report);
  const sentinels = readSentinels(sections.sentinels, report);
  const { allow: probeAllow, secrets: probeSecrets } = readProbes(sections.probes, report);
  const tools = {
    report,
    lookup: environment.secret,
    ownPorts: environment.ownPorts,
    defaults,
    locationCount: Math.max(1, locations.length),
  };
  const { secret: lookup, mailServer, known } = environment;
  const ops = readOps(sections.ops, { report, lookup, mailServer, webhookUrl: known?.webhookUrl ?? null });
  const slips = misspelt(value, Object.keys(fileSchema.shape));
  const read = slips.has('components') ? [] : readComponents(sections.components, tools, known);
  const groups = readGroups(sections.groups, read, report);
  const contracts = readAgreed(sections, slips, { report, policy, components: read });
  const found = faults.list();
  if (found.length > 0) return found;
  return {
    page,
    policy,
    defaults,
    support,
    groups,
    components: read.filter((component) => component !== null),
    contracts,
    locations,
    sentinels,
    probeAllow,
    probeSecrets,
    evidenceDays: sections.evidence_days ?? 400,
    ops,
    ...(known && !known.compared && { anew: anewIn(sections) }),
    source: file,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };
};

export const isConfig = (result: Config | ConfigFault[]): result is Config => !Array.isArray(result);
