/**
 * Everything that the report of one contract's month is made of, from the ledger that was read: the statement, and behind each
 * of its lines the checks. Lines of several contracts that speak of the same downtime share what was read for them.
 */
import { adjudicationOf, claimReceivedAt, contractFacts, policyAt } from '#domain/ledger/ledger-facts.ts';
import type { ReleaseFact } from '#domain/release/release-fact.ts';
import { releasedIn } from '#domain/release/released.ts';
import type { ReportFacts, Witness } from '#domain/report/report-facts.ts';
import { slotUse } from '#domain/report/slot-use.ts';
import { type Agreement, agreedIn } from '#domain/sla/agreement.ts';
import { readingOf } from '#domain/sla/evidence.ts';
import { type MonthStatement, monthStatement } from '#domain/sla/month-statement.ts';
import type { Store } from '../store.ts';
import type { ReadLedger } from './ledger-facts.ts';
import { readReleases } from './releases.ts';
import { type DayRows, readWitnesses } from './witnesses.ts';

/** What the process that makes the report says of itself. */
export interface Maker {
  readonly tzdata: string;
  readonly generator: ReportFacts['generator'];
}

export interface ReportReader {
  report(agreement: Agreement, month: string): Promise<ReportFacts>;
}

export const reportReader = (store: Store, ledger: ReadLedger, maker: Maker): ReportReader => {
  const { facts, timelines, definitions, request } = ledger;
  const bySlug = new Map(timelines.map((one) => [one.component.slug, one]));
  const names = new Map(facts.components.map(({ slug, name }) => [slug, name]));
  const recordedBy = request.source === 'evidence' ? request.asOf : null;
  const days: DayRows = new Map();
  const known = new Map<string, Promise<readonly Witness[]>>();
  let read: Promise<readonly ReleaseFact[]> | null = null;
  const releases = (): Promise<readonly ReleaseFact[]> => {
    read ??= readReleases(store);
    return read;
  };

  const witnessesOf = async ({ downtime, terms }: MonthStatement): Promise<Map<string, readonly Witness[]>> => {
    const reading = readingOf(terms);
    const found = new Map<string, readonly Witness[]>();
    for (const line of downtime) {
      const component = bySlug.get(line.component);
      if (line.override !== null || !component) continue;
      const key = `${line.component}/${line.start}/${line.end}/${reading}`;
      const read = known.get(key) ?? readWitnesses(store, component, line, reading, recordedBy, days);
      known.set(key, read);
      found.set(line.id, await read);
    }
    return found;
  };

  return {
    async report(agreement, month) {
      const given = contractFacts(facts, agreement, month);
      const statement = monthStatement(given);
      const policy = policyAt(facts, statement.monthBounds.start);
      const asked = new Set(given.components.flatMap(({ panels }) => panels.flatMap(({ locations }) => locations)));
      return {
        agreement,
        agreed: agreedIn(agreement, month),
        statement,
        names,
        announcements: facts.announcements,
        witnesses: await witnessesOf(statement),
        incidents: facts.incidents,
        slots: slotUse(given),
        releases: releasedIn(statement.period, await releases(), facts.announcements, policy.terms, statement.asOf),
        adjudication: adjudicationOf(facts, agreement.id, month),
        claimReceivedAt: claimReceivedAt(facts, agreement.id, month),
        policySha256: policy.sha256,
        ...maker,
        locations: definitions.locations.filter(({ id }) => asked.has(id)).length,
        sentinels: policy.sentinels,
      };
    },
  };
};
