/**
 * Whether a row that says better than the checks may be recorded, taken back or approved: decides from values and the time. It
 * speaks of what has happened, never of what is to come; it cannot exclude time; what takes downtime or doubt away wants evidence
 * at once and a second person before it has any effect. Instants ms UTC. Source: semantics A7.
 */
import { knownNames } from '../known-names.ts';
import { readText, readTexts, sameName } from '../maintenance/text-rules.ts';
import { utcWords } from '../maintenance/words.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import type { LedgerRow, OverrideRow, OverrideState, RevocationRow, Ruling } from '../sla/override.ts';
import { after, type Instant, later, millis } from '../time/instant.ts';
import { isoOf } from '../time/iso.ts';

/** Who answers for a row. `evidence` null: none is given. `approvedBy`: the second person, when there is one at once. */
export interface Answering {
  readonly reason: string;
  readonly evidence: string | null;
  readonly author: string;
  readonly authenticated?: boolean;
  readonly approvedBy: string | null;
}
export interface NewOverride extends Answering {
  /** Slug. */
  readonly component: string;
  readonly start: Instant;
  /** Null: until revoked. */
  readonly end: Instant | null;
  readonly state: OverrideState;
}
export interface NewRevocation extends Answering {
  /** Id of the override to take back. */
  readonly revokes: string;
}

/** What is known when somebody adds to the ledger. */
export interface LedgerSituation {
  readonly now: Instant;
  /** Slugs of what is watched or ever was. */
  readonly components: ReadonlySet<string>;
  /** All of them, in the order in which they were recorded. */
  readonly rows: readonly LedgerRow[];
}

/** After every row there is, so that of two rows the one recorded later wins, even within one millisecond or after the clock was set back. */
export const nextRecordedAt = ({ now, rows }: LedgerSituation): Instant => {
  const last = rows.at(-1);
  return last ? later(now, after(last.recordedAt, millis(1))) : now;
};

const readAnswering = (given: Answering): (Answering & { readonly evidence: string }) | Refusal => {
  const texts = readTexts({ reason: given.reason, author: given.author });
  if (isRefusal(texts)) return texts;
  const evidence = given.evidence === null ? '' : readText('evidence', given.evidence);
  if (isRefusal(evidence)) return evidence;
  const approvedBy = given.approvedBy === null ? null : readText('author', given.approvedBy);
  if (isRefusal(approvedBy)) return approvedBy;
  const answering = { ...texts, authenticated: given.authenticated ?? false, evidence, approvedBy };
  if (approvedBy === null) return answering;
  if (sameName(texts.author, approvedBy)) return samePerson(texts.author, 'records this');
  if (evidence === '') return noEvidence('A second person approves evidence, and there is none.');
  return answering;
};
const samePerson = (author: string, did: string): Refusal =>
  refuse('same_person', `${author} ${did}; a second person must approve it.`, { author });
const noEvidence = (why: string): Refusal =>
  refuse('no_evidence', `${why} Say with --evidence what shows that it was so.`, { field: 'evidence' });

/** The row to record, or why it is none. Whether it takes anything away is for `judgeWeight` to say. */
export const decideOverride = (id: string, asked: NewOverride, situation: LedgerSituation): OverrideRow | Refusal => {
  const { now, components } = situation;
  const { component, start, end, state } = asked;
  const answering = readAnswering(asked);
  if (isRefusal(answering)) return answering;
  const known = [...components].sort();
  if (!components.has(component))
    return refuse('unknown_component', `There is no component ${component}. Known: ${knownNames(known)}.`, { unknown: [component], known });
  if (end !== null && end <= start)
    return refuse('ends_before_it_starts', `The end, ${isoOf(end)}, is not after the start, ${isoOf(start)}.`, {
      start_ms: start,
      end_ms: end,
    });
  if (start > now)
    return refuse('in_the_future', `${isoOf(start)} is still to come. An override says what has happened; announce what is planned.`, {
      start_ms: start,
      now_ms: now,
    });
  if (end !== null && end > now)
    return refuse('in_the_future', `The end, ${isoOf(end)}, is still to come. Leave --end out: it then runs until it is revoked.`, {
      end_ms: end,
      now_ms: now,
    });
  return { kind: 'override', id, component, start, end, state, recordedAt: nextRecordedAt(situation), ...answering };
};

export interface Revoking {
  readonly row: RevocationRow;
  readonly target: OverrideRow;
}

export const findRow = ({ rows }: LedgerSituation, id: string): LedgerRow | Refusal =>
  rows.find((row) => row.id === id) ??
  refuse('unknown_override', `There is no override ${id}. \`avow override list\` shows them all.`, { override: id });

/** The revocation to record, or why it is none. `rulings`: on the rows of the override's component. */
export const decideRevocation = (
  id: string,
  asked: NewRevocation,
  situation: LedgerSituation,
  rulings: readonly Ruling[],
): Revoking | Refusal => {
  const target = findRow(situation, asked.revokes);
  if (isRefusal(target)) return target;
  if (target.kind === 'revocation')
    return refuse('is_revocation', `${target.id} is itself a revocation, of ${target.revokes}. Record a new override instead.`, {
      override: target.revokes,
    });
  const taken = takenBack(target.id, rulings);
  if (taken) return taken;
  const answering = readAnswering(asked);
  if (isRefusal(answering)) return answering;
  return { row: { kind: 'revocation', id, revokes: target.id, recordedAt: nextRecordedAt(situation), ...answering }, target };
};

/**
 * Why an override is neither revoked nor approved any more; null when it can be. A revocation that waits and has no evidence, so that
 * nobody can approve it, stands in nobody's way.
 */
const takenBack = (id: string, rulings: readonly Ruling[]): Refusal | null => {
  const revocations = rulings.filter(({ row }) => row.kind === 'revocation' && row.revokes === id);
  const factsOf = ({ row }: Ruling) => ({ override: id, revocation: row.id, author: row.author });
  const done = revocations.find(({ inEffect }) => inEffect);
  if (done) {
    const { author, recordedAt } = done.row;
    const message = `${id} was revoked by ${author} at ${utcWords(recordedAt)}. Record a new override instead.`;
    return refuse('already_revoked', message, factsOf(done));
  }
  const waiting = revocations.find(({ row }) => row.evidence !== '');
  if (!waiting) return null;
  const next = `\`avow override approve ${waiting.row.id} --as NAME\``;
  return refuse(
    'revocation_waits',
    `${waiting.row.author} has revoked ${id} already; it waits for a second person: ${next}.`,
    factsOf(waiting),
  );
};

/** Whether a row reaches into time to come, where it may take away what the checks will find. */
export const reachesAhead = (row: LedgerRow, target: OverrideRow | null): boolean => {
  const spoken = row.kind === 'override' ? row : target;
  if (!spoken || spoken.end !== null) return false;
  return spoken.state !== (row.kind === 'override' ? 'down' : 'up');
};

/** Why a row as heavy as this one cannot be recorded; null when it can. */
export const judgeWeight = ({ row, needsApproval }: Ruling, target: OverrideRow | null): Refusal | null => {
  if (row.evidence !== '') return null;
  if (needsApproval) return noEvidence('This takes downtime or doubt away.');
  if (reachesAhead(row, target)) return noEvidence('This has no end yet, and may take downtime or doubt away that is still to come.');
  return null;
};

/** The row with its second person, or why there can be none. */
export const decideApproval = (
  id: string,
  approver: string,
  situation: LedgerSituation,
  rulings: readonly Ruling[],
): LedgerRow | Refusal => {
  const row = findRow(situation, id);
  if (isRefusal(row)) return row;
  const approvedBy = readText('author', approver);
  if (isRefusal(approvedBy)) return approvedBy;
  if (row.approvedBy !== null)
    return refuse('already_approved', `${id} was approved by ${row.approvedBy} before.`, { override: id, approved_by: row.approvedBy });
  if (sameName(row.author, approvedBy)) return samePerson(row.author, `recorded ${id}`);
  if (row.evidence === '')
    return refuse(
      'recorded_without_evidence',
      `${id} was recorded without evidence, so nobody can approve it. Record it again with some.`,
      {
        override: id,
      },
    );
  return (row.kind === 'override' && takenBack(id, rulings)) || { ...row, approvedBy };
};
