/**
 * A configuration as the file would say it, from what is in force: plain values under the keys of the reference, in its order. `avow
 * export` writes it in short (what only says the default is left out), `avow plan` compares it in full. What is read back from it is
 * the same configuration; a test says so for many. Built-in checks are not in it: no file can say them.
 */
import type { CheckPlan } from '#domain/check/check-definition.ts';
import { slugOf } from '#domain/slug.ts';
import type { ComponentSettings, Config, LocationSettings, PageSettings, PolicyDefaults, Sentinel } from './config.ts';
import { checkDocument, type DocumentMapping, inShort, type Say } from './document-check.ts';
import { agreedDocument, percentOf } from './document-contract.ts';
import { durationText } from './fields.ts';
import { defaultHold } from './rhythm.ts';

/** What a configuration says, without where it was read. */
export type Said = Omit<Config, 'source' | 'sha256'>;

/** `0s`, not `0d`. */
const length = (ms: number): string => (ms === 0 ? '0s' : durationText(ms));

const pageDocument = ({ name, description, url, origin, brand }: PageSettings, say: Say): DocumentMapping => ({
  name: say(name, name === 'Status'),
  description: description === '' ? undefined : description,
  url: url ?? undefined,
  origin: origin ?? undefined,
  logo: brand.logo === null ? undefined : brand.logo.file,
  logo_alt: brand.logo === null || brand.logo.alt === '' ? undefined : brand.logo.alt,
  accent: brand.accent ?? undefined,
  links: brand.links.length === 0 ? undefined : brand.links.map(({ label, link }) => ({ label, link })),
  footer: brand.footer === '' ? undefined : brand.footer,
});

const policyDocument = ({ policy, defaults }: Pick<Said, 'policy' | 'defaults'>): DocumentMapping => {
  const { reserve } = policy;
  return {
    zone: policy.zone,
    target: percentOf(policy.targetPpm),
    reserve: { weekday: reserve.weekday, start: reserve.start, duration: `${reserve.durationMin}m`, zone: reserve.zone },
    notice: length(policy.minNoticeMs),
    notes_lead: length(policy.notesLeadMs),
    unknown: policy.unknownPolicy,
    count_degraded: policy.countDegraded,
    hold: defaults.holdMs === null ? undefined : length(defaults.holdMs),
    confirmations: defaults.confirmations,
  };
};

/** A heartbeat has no rhythm but its interval. */
const rhythmDocument = (check: CheckPlan, defaults: PolicyDefaults, say: Say): DocumentMapping => {
  const { intervalMs, timeoutMs, holdMs, confirmations, degradedMs } = check;
  const interval = say(length(intervalMs), intervalMs === 60_000);
  if (check.definition.kind === 'heartbeat') return { interval };
  return {
    interval,
    timeout: say(length(timeoutMs), timeoutMs === Math.min(10_000, Math.floor(intervalMs / 2))),
    hold: say(length(holdMs), holdMs === (defaults.holdMs ?? defaultHold(intervalMs))),
    confirmations: say(confirmations, confirmations === defaults.confirmations),
    degraded: say(length(degradedMs), degradedMs === 5_000),
  };
};

export interface ComponentManner {
  readonly defaults: PolicyDefaults;
  readonly locationCount: number;
}

/** One entry of `components`; null: it is built in. */
export const componentDocument = (
  one: Omit<ComponentSettings, 'position'>,
  { defaults, locationCount }: ComponentManner,
  say: Say,
): DocumentMapping | null => {
  const check = checkDocument(one.written ?? one.check.definition, say);
  if (check === null) return null;
  const [kind, keys] = check;
  const quorum = Math.floor(Math.max(1, locationCount) / 2) + 1;
  return {
    name: one.name,
    slug: say(one.slug, one.slug === slugOf(one.name)),
    description: one.description === '' ? undefined : one.description,
    group: one.group ?? undefined,
    critical: say(one.critical, one.critical),
    quorum: say(one.quorum, one.quorum === quorum),
    [kind]: keys,
    ...rhythmDocument(one.check, defaults, say),
  };
};

const locationDocument = ({ slug, name, local }: LocationSettings, say: Say): DocumentMapping => ({
  name,
  slug: say(slug, slug === slugOf(name)),
  local: say(local, !local),
});
const isAlone = ([one, ...more]: readonly LocationSettings[]): boolean =>
  more.length === 0 && one?.slug === 'local' && one.name === 'Local' && one.local;

const sentinelText = ({ host, port }: Sentinel): string => `${host.includes(':') ? `[${host}]` : host}:${port}`;

const groupsUsed = (components: readonly ComponentSettings[]): string[] => [...new Set(components.flatMap(({ group }) => group ?? []))];
const sameList = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((one, i) => one === b[i]);

const opsDocument = ({ webhook, mail }: Said['ops']): DocumentMapping => ({
  webhook: webhook
    ? { url: webhook.written.url, secret: webhook.written.secret, previous_secret: webhook.written.previousSecret ?? undefined }
    : undefined,
  mail: mail ? { to: mail.to, from: mail.from } : undefined,
});

/** Groups as the page orders them; those that only the console names stand after the others. */
const groupsOf = ({ groups, components }: Said): string[] => [...new Set([...groups, ...groupsUsed(components)])];

/** The whole file in short. Sections that say nothing are left out. */
export const configDocument = (said: Said): DocumentMapping => {
  const { page, components, locations, sentinels, probeAllow, probeSecrets, evidenceDays, defaults } = said;
  const manner = { defaults, locationCount: locations.length };
  const groups = groupsOf(said);
  return {
    page: pageDocument(page, (value) => value),
    policy: policyDocument(said),
    support: said.support.length === 0 ? undefined : said.support.map(({ kind, label, link }) => ({ kind, label, link })),
    groups: sameList(groups, groupsUsed(components)) ? undefined : groups,
    components: components.map((one) => componentDocument(one, manner, inShort)).filter((one) => one !== null),
    ...agreedDocument(said.contracts, said.policy.zone),
    locations: isAlone(locations) ? undefined : locations.map((one) => locationDocument(one, inShort)),
    sentinels: sentinels.length === 0 ? undefined : sentinels.map(sentinelText),
    ops: said.ops.webhook === null && said.ops.mail === null ? undefined : opsDocument(said.ops),
    probes:
      probeAllow.length === 0 && probeSecrets.length === 0
        ? undefined
        : { allow: probeAllow.length === 0 ? undefined : probeAllow, secrets: probeSecrets.length === 0 ? undefined : probeSecrets },
    evidence_days: evidenceDays === 400 ? undefined : evidenceDays,
  };
};

/** Sections that have one value each, in full: what a comparison looks at besides components and contracts. */
export const settingsDocument = (said: Said): DocumentMapping => ({
  page: { ...pageDocument(said.page, (value) => value), logo: said.page.brand.logo?.version },
  policy: policyDocument(said),
  support: said.support.map(({ kind, label, link }) => ({ kind, label, link })),
  groups: groupsOf(said),
  locations: Object.fromEntries(said.locations.map((one) => [one.slug, { name: one.name, local: one.local }])),
  sentinels: said.sentinels.map(sentinelText),
  ops: opsDocument(said.ops),
  probes: { allow: said.probeAllow, secrets: said.probeSecrets },
  evidence_days: said.evidenceDays,
});
