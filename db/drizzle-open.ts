/** Drizzle with the whole schema over a client. Loaded by client.ts when somebody first asks for `store.db`. */
import type { Client } from '@libsql/client';
import type { LibSQLDatabase } from 'drizzle-orm/libsql';
import { drizzle } from './drizzle.ts';
import * as schema from './schema/index.ts';

export const openDrizzle = (client: Client): LibSQLDatabase<typeof schema> => drizzle(client, { schema });
