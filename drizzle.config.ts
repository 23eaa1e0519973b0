/** For `npm run db:generate`: the generator writes SQL from db/schema; what it cannot say is then added by hand. */
import { defineConfig } from 'drizzle-kit';

export default defineConfig({ dialect: 'turso', schema: './db/schema/index.ts', out: './db/migrations' });
