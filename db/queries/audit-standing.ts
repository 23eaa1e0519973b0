/**
 * What people may do, held against the audit: rows of people change, so they are bound by no hash; the last row of the audit that tells
 * of a person's role says what it must be.
 */
import type { Store } from '../store.ts';
import { sha256 } from './chain.ts';

export interface StandingApart {
  readonly name: string;
  /** In words: what the audit says, what the table says. */
  readonly told: string;
  readonly held: string;
}

/** Of an account manager, and of anybody else who has some; a row from before there were any tells of none. */
const HELD_CUSTOMERS = `coalesce((SELECT ', of ' || group_concat(customer, ', ') FROM
    (SELECT customer FROM person_customers WHERE person_id = p.id ORDER BY customer)), '')`;
const TOLD_CUSTOMERS = `coalesce((SELECT ', of ' || group_concat(value, ', ') FROM json_each(a.after_json, '$.customers')), '')`;
/** `told`: the last row about the person that names a role. */
const APART = `SELECT name, told, held FROM (
    SELECT p.name, p.role || CASE WHEN p.disabled_at_ms IS NULL THEN '' ELSE ', shut out' END || ', ' || p.email || ${HELD_CUSTOMERS} AS held,
      (SELECT json_extract(a.after_json, '$.role') || CASE WHEN json_extract(a.after_json, '$.disabled') THEN ', shut out' ELSE '' END
          || ', ' || coalesce(json_extract(a.after_json, '$.email'), p.email) || ${TOLD_CUSTOMERS}
        FROM audit AS a WHERE a.subject = 'person/' || p.id AND json_extract(a.after_json, '$.role') IS NOT NULL ORDER BY a.seq DESC LIMIT 1) AS told
    FROM people AS p)
  WHERE told IS NOT held ORDER BY name`;

/** Names of people whose password hash is another than the audit last told of; of whom it tells nothing is not among them. */
export const readPasswordsApart = async (store: Store): Promise<string[]> => {
  const { rows } = await store.read({
    sql: `SELECT name, password_hash, (SELECT json_extract(a.after_json, '$.password_mark') FROM audit AS a
            WHERE a.subject = 'person/' || p.id AND json_extract(a.after_json, '$.password_mark') IS NOT NULL ORDER BY a.seq DESC LIMIT 1)
          FROM people AS p ORDER BY name_key`,
  });
  return rows.filter(([, hash, told]) => told !== null && (hash === null || sha256(String(hash)) !== told)).map(([name]) => String(name));
};

/** Those of whom table and audit say different things. */
export const readStandingsApart = async (store: Store): Promise<StandingApart[]> => {
  const { rows } = await store.read({ sql: APART });
  return rows.map(([name, told, held]) => ({ name: String(name), told: told === null ? 'nobody' : String(told), held: String(held) }));
};
