/** All tables, for Drizzle and its migration generator. */
export * from './announcements.ts';
export * from './audit.ts';
export * from './components.ts';
export * from './evidence.ts';
export * from './ledger.ts';
export * from './narrative.ts';
export * from './notices.ts';
export * from './people.ts';
export * from './releases.ts';
