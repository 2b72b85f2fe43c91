import { defineConfig } from 'vitest/config';

// `source` makes #libs/* mean the TypeScript, so that tests need no build.
const conditions = ['source', 'node', 'default'];
const resolve = { conditions };
const ssr = { resolve: { conditions, externalConditions: ['source'] } };

export default defineConfig({
  test: {
    projects: [
      {
        resolve,
        ssr,
        test: {
          name: 'fast',
          include: ['libs/**/*.spec.ts', 'apps/*/src/**/*.spec.ts', 'test/*.spec.ts'],
          exclude: ['**/*.db.spec.ts', 'apps/console/**', '**/node_modules/**'],
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: 'database',
          include: ['libs/**/*.db.spec.ts', 'apps/*/src/**/*.db.spec.ts', 'test/**/*.db.spec.ts'],
          exclude: ['**/node_modules/**'],
          globalSetup: ['libs/testing/src/global-setup.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        resolve,
        ssr,
        test: {
          // The whole product as its users have it: built, started, with a real browser.
          name: 'system',
          include: ['test/system/**/*.spec.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
