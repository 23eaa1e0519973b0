import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // One core less would be left idle by default; of two that is half.
    maxWorkers: availableParallelism(),
    reporters: ['default', './test/support/summary-reporter.ts'],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/{domain,monitor,db,site,policy,oracle}/**/*.test.ts'],
          environment: 'node',
          globalSetup: './test/support/migrated-file.ts',
          pool: 'threads',
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'flow',
          include: ['test/{flow,fault,rules}/**/*.test.ts'],
          environment: 'node',
          globalSetup: './test/support/migrated-file.ts',
          pool: 'forks',
          testTimeout: 90_000,
          hookTimeout: 90_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          environment: 'node',
          globalSetup: './test/support/migrated-file.ts',
          pool: 'forks',
          testTimeout: 90_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
