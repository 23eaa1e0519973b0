/**
 * What whoever relies on a report must know besides its figures: how good the evidence is, whose word stands in it, and what was
 * entered after the fact. Whole sentences in plain English. Source: semantics A7, A9, B2, D5.
 */
import type { ReportDocument } from './report-document.ts';
import type { ReportFacts } from './report-facts.ts';

type Told = Pick<ReportDocument, 'downtime' | 'adjustments' | 'announcements' | 'adjudication'>;

const locationNotes = ({ locations, sentinels }: ReportFacts): string[] => [
  ...(locations === 0 ? ['No location was asked in this period; everything that no person vouches for is unknown.'] : []),
  ...(locations === 1 ? ['One location was asked in this period; one location cannot tell the service from the path to it.'] : []),
  ...(sentinels === 0
    ? ['No sentinels are configured: a failure of our own network cannot be told from a failure of the service, and counts as one.']
    : []),
];

/** Of each name that stands in the report, whether it was proved by signing in. */
const proofs = ({ statement, announcements, adjudication }: ReportFacts, told: Told): boolean[] => {
  const named = new Set(told.announcements.map(({ id }) => id));
  const signed = [...statement.adjustments.map(({ row }) => row), ...(told.adjudication !== null && adjudication ? [adjudication] : [])];
  return [
    ...signed.flatMap((one) => [one.authenticated ?? false, ...(one.approvedBy === null ? [] : [one.approvalAuthenticated ?? false])]),
    ...announcements
      .filter(({ id }) => named.has(id))
      .flatMap(({ revisions, approval }) => [
        ...revisions.flatMap(({ author, authenticated = false }) => (author === null ? [] : [authenticated])),
        ...(approval ? [approval.authenticated ?? false] : []),
      ]),
  ];
};
const nameNotes = (facts: ReportFacts, told: Told): string[] => {
  const proved = proofs(facts, told);
  if (proved.every((one) => one)) return [];
  return proved.some((one) => one)
    ? ['Some names of people in this report are what they said of themselves; the audit says who had signed in.']
    : ['The names of people in this report are what they said of themselves; nobody had to prove who they are.'];
};

const importNotes = ({ announcements }: Told): string[] =>
  announcements.flatMap(({ id, imported, import_approved_by }) => {
    if (!imported) return [];
    return import_approved_by === null
      ? [`Announcement ${id} was imported after the fact; no second person has approved it, and it excludes nothing.`]
      : [`Announcement ${id} was imported after the fact; ${import_approved_by} approved it with evidence of the original notice.`];
  });

const retentionNotes = ({ downtime }: Told): string[] => {
  const gone = downtime.filter(({ witnesses }) => witnesses.length > 0 && witnesses.every(({ kept }) => !kept)).map(({ id }) => id);
  return gone.length === 0 ? [] : [`The single checks behind ${gone.join(', ')} are past the retention and are no longer kept.`];
};

const adjudicationNotes = ({ adjudication, statement: { verdict } }: ReportFacts): string[] =>
  adjudication !== null && verdict !== 'indeterminate'
    ? [`Adjudication ${adjudication.id} decides nothing: the evidence is enough to judge this month.`]
    : [];

/** Always in the same order; empty when there is nothing to say. */
export const notesOf = (facts: ReportFacts, told: Told): string[] => [
  ...locationNotes(facts),
  ...nameNotes(facts, told),
  ...importNotes(told),
  ...adjudicationNotes(facts),
  ...retentionNotes(told),
];
