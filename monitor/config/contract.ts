/**
 * `contracts`: what was agreed with whom, from when to when. Terms that are not written are the policy's; amendments change
 * them from the first of a month. A contract that has ended may be removed: its months stay in the ledger. Source: semantics
 * A6, B3, D1 to D4.
 */
import { z } from 'zod';
import type { AgreedTerms, Agreement } from '#domain/sla/agreement.ts';
import type { Policy } from '#domain/sla/terms.ts';
import { type ContractDates, readAmendments, type Stage } from './amendment.ts';
import type { ComponentSettings } from './config.ts';
import { checkStages } from './contract-check.ts';
import { amount, currency, date } from './contract-fields.ts';
import { claimSchema, type ReadTerms, readTerms, slugs, type TermFields } from './contract-terms.ts';
import type { ScheduleSettings } from './credit-schedule.ts';
import type { Report } from './fault.ts';
import { flag, oneOf, percentage, slug, zone } from './fields.ts';
import { documented, quoted } from './leaf.ts';
import { readMapping, writtenKeys } from './mapping.ts';
import { lookUp, type Named, readNamed } from './named.ts';
import type { Path } from './yaml-places.ts';

export const contractSchema = z.strictObject({
  id: documented(slug(), 'Identity of the contract. Never give it to another one: final reports bear it.'),
  customer: documented(slug(), 'One of `customers`.'),
  currency: documented(currency(), 'ISO 4217 code of all its amounts, such as USD.'),
  monthly_fee: documented(amount(), 'Fee of a whole month, such as "5000.00"; no more decimals than the currency has.'),
  from: documented(date(), 'First day, on the calendar of its zone.'),
  to: documented(date().optional(), 'Last day.', 'it runs on'),
  zone: documented(zone().optional(), 'Zone of its months and dates.', 'the zone of the policy'),
  target: documented(percentage().optional(), 'Promised availability in per cent.', 'the target of the policy'),
  unknown: documented(oneOf('exclude', 'down', 'up').optional(), 'What time without evidence counts as.', '`unknown` of the policy'),
  count_degraded: documented(flag().optional(), 'Whether slow answers count as downtime.', '`count_degraded` of the policy'),
  components: documented(slugs().optional(), 'Slugs of the components it speaks of.', 'every component of the file'),
  critical: documented(
    slugs().optional(),
    'Those of them that decide: while one of them is down, the service is.',
    'those of them that are `critical` in the file',
  ),
  credits: documented(slug().optional(), 'One of `credit_schedules`, or `none`.', 'no credits are agreed'),
  prorate: documented(flag().prefault(true), 'Whether a month that it covers in part is billed by calendar days.'),
  claim: documented(z.unknown(), 'Whether credits must be claimed.', 'defaults as below'),
  amendments: documented(z.unknown(), 'Terms that change during its life.', 'none'),
});

export interface ContractTools {
  readonly report: Report;
  readonly policy: Policy;
  readonly customers: Named<string>;
  readonly schedules: Named<ScheduleSettings>;
  /** Those of the file by slug; null: some of them have faults, so that nothing can be said of names. */
  readonly components: ReadonlyMap<string, Pick<ComponentSettings, 'critical'>> | null;
}

/** Those of its components that are critical in the file; undefined when one of them is not there to say (told by checkStages). */
const criticalOf = (names: readonly string[] | undefined, path: Path, tools: ContractTools): readonly string[] | undefined => {
  const { components } = tools;
  if (names === undefined || components === null || names.some((name) => !components.has(name))) return undefined;
  const critical = names.filter((name) => components.get(name)?.critical);
  if (critical.length > 0) return critical;
  tools.report([...path, 'critical'], 'is missing, and none of its components is critical in this file; name at least one');
  return undefined;
};

/** The terms of the start, where nothing that is written says otherwise. */
const defaultTerms = (components: ContractTools['components']): ReadTerms => ({
  monthlyFee: undefined,
  targetPpm: null,
  unknownPolicy: null,
  countDegraded: null,
  components: components === null ? undefined : [...components.keys()].toSorted(),
  critical: undefined,
  schedule: null,
  claim: claimSchema.parse({}),
});

const readStart = (
  fields: TermFields & { readonly currency?: string | undefined },
  written: ReadonlySet<string>,
  path: Path,
  defaults: ReadTerms,
  tools: ContractTools,
): Stage => {
  const own = readTerms(fields, written, defaults, path, { ...tools, currency: fields.currency });
  const terms = { ...defaults, ...own };
  const critical = written.has('critical') ? terms.critical : criticalOf(terms.components, path, tools);
  return { path, from: null, fields, written, own, terms: { ...terms, critical } };
};

/** Everything could be read. */
const isWhole = (terms: Partial<ReadTerms>): terms is Partial<AgreedTerms> => Object.values(terms).every((term) => term !== undefined);
const isComplete = (terms: ReadTerms): terms is AgreedTerms => isWhole(terms);

/** One entry; its id when it has one, and the contract when all of it is good enough to be one. */
const readContract = (
  raw: unknown,
  path: Path,
  defaults: ReadTerms,
  tools: ContractTools,
): { readonly id: string | undefined; readonly value: Agreement | null } => {
  const fields = readMapping(contractSchema, raw, path, tools.report);
  if (fields === null) return { id: undefined, value: null };
  const { id, customer, from, to, prorate } = fields;
  const written = writtenKeys(raw, Object.keys(contractSchema.shape));
  const customerName = customer === undefined ? null : lookUp(tools.customers, customer, [...path, 'customer'], tools.report);
  if (from !== undefined && to !== undefined && to < from)
    tools.report([...path, 'to'], `must not lie before the start on ${from}, not ${quoted(to)}`);
  const dates: ContractDates = { startDate: from, endDate: written.has('to') ? to : null };
  const start = readStart(fields, written, path, defaults, tools);
  const amendments =
    fields.amendments === undefined ? [] : readAmendments(fields.amendments, start, dates, { ...tools, currency: fields.currency });
  checkStages([start, ...amendments], tools.policy.targetPpm, tools.components, tools.report);
  const reportZone = written.has('zone') ? fields.zone : tools.policy.zone;
  if (id === undefined || customer === undefined || customerName === null || fields.currency === undefined) return { id, value: null };
  if (from === undefined || dates.endDate === undefined || reportZone === undefined || prorate === undefined) return { id, value: null };
  if (!isComplete(start.terms)) return { id, value: null };
  return {
    id,
    value: {
      id,
      customer,
      customerName,
      currency: fields.currency,
      startDate: from,
      endDate: dates.endDate,
      reportZone,
      prorate,
      ...start.terms,
      amendments: amendments.flatMap(({ from: month, own }) => (month !== null && isWhole(own) ? [{ from: month, ...own }] : [])),
    },
  };
};

/** Reads the list (absent: none). */
export const readContracts = (raw: unknown, tools: ContractTools): Agreement[] => {
  const defaults = defaultTerms(tools.components);
  const { byId } = readNamed('contracts', raw, 10_000, tools.report, (entry, path) => readContract(entry, path, defaults, tools));
  return [...byId.values()].filter((contract) => contract !== null);
};
