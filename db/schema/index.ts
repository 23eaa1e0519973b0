/** All tables, for Drizzle and its migration generator. */
export * from './components.ts';
export * from './evidence.ts';
export * from './narrative.ts';
