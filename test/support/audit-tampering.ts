/** What somebody may do to the rows of an audit who has the file: six ways, at random places. */
import { type BoundAuditRow, bindAudit } from '#domain/access/audit-row.ts';
import { NO_LINK } from '#domain/ledger/chain.ts';
import { type Instant, instant } from '#domain/time/instant.ts';
import { sha256 } from './sha256.ts';

export type Random = () => number;
const below = (random: Random, most: number): number => Math.floor(random() * most);

const KINDS = ['system', 'file', 'socket', 'person', 'token'] as const;
const word = (random: Random): string => ['é"\\\u0001', 'Ann', 'Скаут', '•', '', '2026-11-28', '𝒜'][below(random, 7)] ?? '';

/** `count` rows as Avow writes them, after each other. */
export const randomRows = (random: Random, count: number): BoundAuditRow[] => {
  let at = 1_795_000_000_000;
  const rows = Array.from({ length: count }, (_, i) => {
    at += below(random, 3) * below(random, 60_000);
    const kind = KINDS[below(random, 5)] ?? 'system';
    return {
      recordedAt: instant(at),
      actorKind: kind,
      actorId: kind === 'person' ? `p${below(random, 9)}` : null,
      actorName: `Name ${word(random)}`,
      from: random() < 0.5 ? null : `192.0.2.${below(random, 250)}`,
      requestId: random() < 0.5 ? null : `r${i}`,
      verb: `maintenance.${['announce', 'edit', 'cancel'][below(random, 3)]}`,
      subject: `maintenance/${i}`,
      before: random() < 0.3 ? null : JSON.stringify({ title: word(random), rev: i }),
      after: random() < 0.2 ? null : JSON.stringify({ title: word(random), rev: i + 1 }),
    };
  });
  return bindAudit(sha256, NO_LINK, rows);
};

export interface Tampered {
  readonly rows: readonly BoundAuditRow[];
  /** The first row that is wrong now. */
  readonly first: number;
}
const rebound = (rows: readonly BoundAuditRow[], from: number): BoundAuditRow[] => {
  const kept = rows.slice(0, from);
  const last = kept.at(-1);
  return [...kept, ...bindAudit(sha256, last ? { seq: last.seq, hash: last.rowHash } : NO_LINK, rows.slice(from))];
};

type Field = Exclude<keyof BoundAuditRow, 'seq'>;
const FIELDS: readonly Field[] = [
  ...(['recordedAt', 'actorKind', 'actorId', 'actorName', 'from', 'requestId'] as const),
  ...(['verb', 'subject', 'before', 'after', 'prevHash', 'rowHash'] as const),
];
const edited = (row: BoundAuditRow, field: Field, random: Random): BoundAuditRow => {
  if (field === 'recordedAt') return { ...row, recordedAt: (row.recordedAt + 1 + below(random, 9)) as Instant };
  if (field === 'actorKind') return { ...row, actorKind: row.actorKind === 'system' ? 'person' : 'system' };
  const value = row[field];
  if (value === null || value.length === 0) return { ...row, [field]: 'x' };
  const place = below(random, value.length);
  return { ...row, [field]: `${value.slice(0, place)}${value[place] === 'x' ? 'y' : 'x'}${value.slice(place + 1)}` };
};

export const TAMPERINGS: Readonly<Record<string, (rows: readonly BoundAuditRow[], random: Random) => Tampered>> = {
  'edits a cell': (rows, random) => {
    const place = below(random, rows.length);
    const field = FIELDS[below(random, FIELDS.length)] ?? 'verb';
    return { rows: rows.map((row, i) => (i === place ? edited(row, field, random) : row)), first: place + 1 };
  },
  'deletes a row before the last': (rows, random) => {
    const place = below(random, rows.length - 1);
    return { rows: rows.filter((_, i) => i !== place), first: place + 1 };
  },
  'puts a row in': (rows, random) => {
    const place = below(random, rows.length);
    const [forged] = randomRows(random, 1);
    const put = { ...(forged as BoundAuditRow), seq: place + 1, prevHash: rows[place]?.prevHash ?? '', rowHash: sha256(String(random())) };
    const later = rows.slice(place).map((row) => ({ ...row, seq: row.seq + 1 }));
    return { rows: [...rows.slice(0, place), put, ...later], first: place + 1 };
  },
  'exchanges two rows': (rows, random) => {
    const a = below(random, rows.length - 1);
    const other = a + 1 + below(random, rows.length - a - 1);
    const at = (i: number) => rows[i] as BoundAuditRow;
    const swapped = rows.map((row, i) => (i === a ? { ...at(other), seq: row.seq } : i === other ? { ...at(a), seq: row.seq } : row));
    return { rows: swapped, first: a + 1 };
  },
  'cuts rows off the end': (rows, random) => {
    const kept = below(random, rows.length);
    return { rows: rows.slice(0, kept), first: kept + 1 };
  },
  'edits a row and hashes everything after it anew': (rows, random) => {
    const place = below(random, rows.length);
    const changed = rows.map((row, i) => (i === place ? { ...row, actorName: `${row.actorName}!` } : row));
    return { rows: rebound(changed, place), first: place + 1 };
  },
};
