/**
 * Rows of the audit by what is asked of them, newest first, a page at a time by their numbers. One index leads (subject, actor or verb,
 * else the numbers themselves); whatever else is asked is looked for in at most `MOST_LOOKED_AT` rows that it names, so that no question
 * reads the whole audit at once: the answer says up to which row was looked.
 */

import type { BoundAuditRow } from '#domain/access/audit-row.ts';
import type { AuditSearch } from '#domain/access/audit-search.ts';
import type { SqlValue, Store } from '../store.ts';
import { AUDIT_COLUMNS, auditRowOf } from './audit.ts';

/** Of one question. */
export const MOST_LOOKED_AT = 20_000;
/** Looked at first, for each row that is wanted: most questions find a page among them. */
const SOON_FOR_EACH = 4;

export interface FoundRows {
  readonly rows: readonly BoundAuditRow[];
  /** Ask on with this number as `before`; null: there is nothing older. */
  readonly next: number | null;
}

interface Clause {
  readonly sql: string;
  readonly args: readonly SqlValue[];
}
const clause = (sql: string, ...args: SqlValue[]): Clause => ({ sql, args });

/** All of a noun (`maintenance.…`): "/" follows "." and "0" follows "/" in ASCII. */
const under = (column: 'verb' | 'subject', noun: string): Clause => {
  const [sign, next] = column === 'verb' ? ['.', '/'] : ['/', '0'];
  return clause(`${column} >= ? AND ${column} < ?`, `${noun}${sign}`, `${noun}${next}`);
};
const without = ({ sql, args }: Clause): Clause => clause(`NOT (${sql})`, ...args);
const isWhole = (column: 'verb' | 'subject', text: string): boolean => text.includes(column === 'verb' ? '.' : '/');
const like = (text: string): string =>
  `%${JSON.stringify(text)
    .slice(1, -1)
    .replace(/[\\%_]/g, '\\$&')}%`;

interface Plan {
  /** The index that leads, and what it finds by. */
  readonly lead: { readonly index: string; readonly where: Clause } | null;
  /** What each row found must say besides. */
  readonly also: readonly Clause[];
}
const planOf = ({ actor, verb, subject, text }: AuditSearch, hidden: readonly string[]): Plan => {
  const exact = [
    ...(subject !== null && isWhole('subject', subject) ? [{ index: 'audit_by_subject', where: clause('subject = ?', subject) }] : []),
    ...(actor !== null ? [{ index: 'audit_by_actor', where: clause('actor_name = ?', actor) }] : []),
    ...(verb !== null && isWhole('verb', verb) ? [{ index: 'audit_by_verb', where: clause('verb = ?', verb) }] : []),
  ];
  const [lead = null, ...others] = exact;
  const pattern = text === null ? null : like(text);
  return {
    lead,
    also: [
      ...others.map(({ where }) => where),
      ...hidden.map((noun) => without(under('subject', noun))),
      ...(subject !== null && !isWhole('subject', subject) ? [under('subject', subject)] : []),
      ...(verb !== null && !isWhole('verb', verb) ? [under('verb', verb)] : []),
      ...(pattern === null
        ? []
        : [
            clause(
              `(before_json LIKE ? ESCAPE '\\' OR after_json LIKE ? ESCAPE '\\' OR subject LIKE ? ESCAPE '\\')`,
              pattern,
              pattern,
              pattern,
            ),
          ]),
    ],
  };
};

/** Times only grow with the numbers, so a stretch of time is a stretch of numbers. */
const firstFrom = async (store: Store, at: number): Promise<number> => {
  const { rows } = await store.read({
    sql: 'SELECT seq FROM audit WHERE recorded_at_ms >= ? ORDER BY recorded_at_ms, seq LIMIT 1',
    args: [at],
  });
  return rows[0] ? Number(rows[0][0]) : Number.MAX_SAFE_INTEGER;
};

/**
 * At most `most` rows, newest first; fewer when as many as may be looked at hold no more. `hidden`: nouns of subjects that are not for
 * whoever asks (audit-reach.ts).
 */
export const searchAudit = async (store: Store, search: AuditSearch, most: number, hidden: readonly string[] = []): Promise<FoundRows> => {
  const from = search.since === null ? 1 : await firstFrom(store, search.since);
  const until = search.until === null ? Number.MAX_SAFE_INTEGER : await firstFrom(store, search.until);
  const below = Math.min(until, search.before ?? Number.MAX_SAFE_INTEGER);
  const { lead, also } = planOf(search, hidden);
  const range = `FROM audit${lead ? ` INDEXED BY ${lead.index}` : ''} WHERE ${lead ? `${lead.where.sql} AND ` : ''}seq >= ? AND seq < ?`;
  const rangeArgs = [...(lead?.where.args ?? []), from, below];
  const among = async (count: number): Promise<BoundAuditRow[]> => {
    const { rows } = await store.read({
      sql: `SELECT ${AUDIT_COLUMNS} FROM (SELECT * ${range} ORDER BY seq DESC LIMIT ?)
        WHERE ${['true', ...also.map(({ sql }) => sql)].join(' AND ')} ORDER BY seq DESC LIMIT ?`,
      args: [...rangeArgs, count, ...also.flatMap(({ args }) => args), most + 1],
    });
    return rows.map(auditRowOf);
  };
  const soon = await among(also.length > 0 ? SOON_FOR_EACH * most : most + 1);
  const rows = soon.length > most || also.length === 0 ? soon : await among(MOST_LOOKED_AT);
  if (rows.length > most) return { rows: rows.slice(0, most), next: rows[most - 1]?.seq ?? null };
  if (also.length === 0) return { rows, next: null };
  const end = await store.read({
    sql: `SELECT count(*), min(seq) FROM (SELECT seq ${range} ORDER BY seq DESC LIMIT ${MOST_LOOKED_AT})`,
    args: rangeArgs,
  });
  const [count, least] = end.rows[0] ?? [];
  return { rows, next: Number(count) === MOST_LOOKED_AT ? Number(least) : null };
};

/** One row; null: there is none of this number. */
export const readAuditRow = async (store: Store, seq: number): Promise<BoundAuditRow | null> => {
  const { rows } = await store.read({ sql: `SELECT ${AUDIT_COLUMNS} FROM audit WHERE seq = ?`, args: [seq] });
  return rows[0] ? auditRowOf(rows[0]) : null;
};

const MOST_NAMES = 200;
/** Of one name: whether it stands in a row that is not hidden is asked of its newest rows. */
const MOST_OF_NAME = 2_000;
/**
 * The different values of a column with an index of its own, found by skipping from one to the next; at most 200. Those that stand in
 * hidden rows alone are not among them.
 */
const namesIn = async (store: Store, column: 'actor_name' | 'verb', hidden: readonly string[]): Promise<string[]> => {
  const ways = hidden.map((noun) => without(under('subject', noun)));
  const shown =
    ways.length === 0
      ? ''
      : `AND EXISTS (SELECT 1 FROM (SELECT subject FROM audit INDEXED BY audit_by_${column === 'verb' ? 'verb' : 'actor'}
          WHERE ${column} = name ORDER BY seq DESC LIMIT ${MOST_OF_NAME}) WHERE ${ways.map(({ sql }) => sql).join(' AND ')})`;
  const { rows } = await store.read({
    sql: `WITH RECURSIVE names(name) AS (SELECT min(${column}) FROM audit
        UNION ALL SELECT (SELECT min(${column}) FROM audit WHERE ${column} > name) FROM names WHERE name IS NOT NULL)
      SELECT name FROM names WHERE name IS NOT NULL ${shown} LIMIT ${MOST_NAMES}`,
    args: ways.flatMap(({ args }) => args),
  });
  return rows.map(([name]) => String(name));
};
/** `hidden`: as for `searchAudit`. */
export const readAuditActors = (store: Store, hidden: readonly string[]): Promise<string[]> => namesIn(store, 'actor_name', hidden);
export const readAuditVerbs = (store: Store, hidden: readonly string[]): Promise<string[]> => namesIn(store, 'verb', hidden);

/** How many rows there are of these nouns. */
export const countOfNouns = async (store: Store, nouns: readonly string[]): Promise<number> => {
  if (nouns.length === 0) return 0;
  const ways = nouns.map((noun) => under('subject', noun));
  const { rows } = await store.read({
    sql: `SELECT ${ways.map(({ sql }) => `(SELECT count(*) FROM audit WHERE ${sql})`).join(' + ')}`,
    args: ways.flatMap(({ args }) => args),
  });
  return Number(rows[0]?.[0]);
};
