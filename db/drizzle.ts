/**
 * Drizzle, loaded as CommonJS: linking its ES modules (star exports in circles) leaves 150 MB of garbage and takes 0.2 s
 * longer at start, measured with drizzle-orm 0.45.4 on Node 24.21. So db/ takes Drizzle's values from here and only its
 * types from the package.
 */
import { createRequire } from 'node:module';
import process from 'node:process';
import type * as orm from 'drizzle-orm';
import type * as driver from 'drizzle-orm/libsql/http';
import type * as core from 'drizzle-orm/sqlite-core';

// drizzle-kit reads the schema as CommonJS, where `import.meta` is empty.
const load = createRequire(import.meta.url ?? `${process.cwd()}/package.json`);

export const { drizzle } = load('drizzle-orm/libsql/http') as typeof driver;
export const { and, asc, count, desc, eq, gt, gte, inArray, isNotNull, isNull, lt, lte, max, min, ne, not, or, sql } = load(
  'drizzle-orm',
) as typeof orm;
export const { blob, customType, getTableConfig, index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } = load(
  'drizzle-orm/sqlite-core',
) as typeof core;
