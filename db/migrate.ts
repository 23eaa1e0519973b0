/**
 * Brings a store to this Avow's schema. Each migration of `migrations/` is one transaction that ends with its own row in
 * `avow_migrations`, so a kill at any statement leaves the store before or after it, never between. The row carries the
 * count of broken foreign keys and a rule that it is 0: a migration that breaks one rolls itself back.
 * Refuses a store that a newer Avow has migrated, and one whose migrations differ from ours.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Instant } from '#domain/time/instant.ts';
import { type Rows, type Statement, StoreFault } from './store.ts';

export interface Migration {
  readonly name: string;
  /** Of the statements without comments and spacing, so that tidying a file is no change. */
  readonly sha256: string;
  readonly statements: readonly string[];
}
export interface MigrationProgress {
  readonly name: string;
  /** 1-based. */
  readonly number: number;
  readonly total: number;
}
/** The part of the gateway that migrations need. `steps` is one transaction with foreign keys off. */
export interface MigrationTarget {
  read(statement: Statement): Promise<Rows>;
  steps(statements: readonly Statement[]): Promise<unknown>;
}

const FOLDER = new URL('./migrations/', import.meta.url);

const JOURNAL = `CREATE TABLE IF NOT EXISTS avow_migrations (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  sha256 TEXT NOT NULL,
  applied_at_ms INTEGER NOT NULL,
  broken_references INTEGER NOT NULL CHECK (broken_references = 0)
) STRICT`;
const JOURNAL_ROW = `INSERT INTO avow_migrations (id, name, sha256, applied_at_ms, broken_references)
  VALUES (?, ?, ?, ?, (SELECT count(*) FROM pragma_foreign_key_check))`;

/** Splits a migration file at the generator's breakpoints. */
export const parseMigration = (name: string, text: string): Migration => {
  const statements = text
    .split('--> statement-breakpoint')
    .map((part) => part.replace(/^\s*--.*$/gm, '').trim())
    .filter((part) => part !== '');
  const normal = statements.map((statement) => statement.replace(/\s+/g, ' ')).join('\n');
  return { name, sha256: createHash('sha256').update(normal).digest('hex'), statements };
};

/** In the order of the generator's journal. */
export const readMigrations = (folder: URL = FOLDER): readonly Migration[] => {
  const journal = JSON.parse(readFileSync(new URL('meta/_journal.json', folder), 'utf8')) as {
    entries: readonly { idx: number; tag: string }[];
  };
  return [...journal.entries]
    .sort((a, b) => a.idx - b.idx)
    .map(({ tag }) => parseMigration(tag, readFileSync(new URL(`${tag}.sql`, folder), 'utf8')));
};

const applied = async (target: MigrationTarget): Promise<readonly { name: string; sha256: string }[]> => {
  const journal = await target.read({ sql: `SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'avow_migrations'` });
  if (Number(journal.rows[0]?.[0]) === 0) return [];
  const { rows } = await target.read({ sql: 'SELECT name, sha256 FROM avow_migrations ORDER BY id' });
  return rows.map(([name, sha256]) => ({ name: String(name), sha256: String(sha256) }));
};

/** Throws a sentence when the store is not an earlier state of this Avow's store. */
const refuseForeign = async (
  target: MigrationTarget,
  done: readonly { name: string; sha256: string }[],
  known: readonly Migration[],
  store: string,
): Promise<void> => {
  for (const [i, { name, sha256 }] of done.entries()) {
    const ours = known[i];
    if (!ours)
      throw new StoreFault(
        'foreign',
        `The store ${store} was last used by a newer Avow (its schema is at ${done.at(-1)?.name}, this Avow knows ${known.at(-1)?.name ?? 'none'}). ` +
          'Start that version or a later one, or restore a backup from before the upgrade.',
      );
    if (ours.name !== name || ours.sha256 !== sha256)
      throw new StoreFault(
        'foreign',
        `The store ${store} was made by another build of Avow: its schema step ${name} is not this Avow's ${ours.name}. ` +
          'Start the build that made it, or use --data for another folder.',
      );
  }
  if (done.length > 0) return;
  const tables = await target.read({
    sql: `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name <> 'avow_migrations' LIMIT 1`,
  });
  const [stranger] = tables.rows;
  if (stranger)
    throw new StoreFault(
      'foreign',
      `${store} is a SQLite file of another program (it has a table ${String(stranger[0])}). Use --data for another folder.`,
    );
};

/** Applies what is missing; answers the names applied. `store` names the store in sentences. */
export const migrate = async (
  target: MigrationTarget,
  options: {
    readonly store: string;
    readonly now: Instant;
    readonly migrations?: readonly Migration[] | undefined;
    readonly progress?: ((progress: MigrationProgress) => void) | undefined;
  },
): Promise<readonly string[]> => {
  const known = options.migrations ?? readMigrations();
  const done = await applied(target);
  await refuseForeign(target, done, known, options.store);
  const missing = known.slice(done.length);
  for (const [i, migration] of missing.entries()) {
    const number = done.length + i + 1;
    options.progress?.({ name: migration.name, number, total: known.length });
    await target.steps([
      { sql: JOURNAL },
      ...migration.statements.map((sql) => ({ sql })),
      { sql: JOURNAL_ROW, args: [number, migration.name, migration.sha256, options.now] },
    ]);
  }
  return missing.map(({ name }) => name);
};
