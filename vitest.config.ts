import { defineConfig } from 'vitest/config';

// #libs/* must mean the TypeScript, so that tests need no build. The `gatehouse-source` condition says the
// same to Node and tsc, but vitest does not pass conditions to global set-up files.
const alias = [
  { find: /^#libs\/([a-z-]+)$/, replacement: `${import.meta.dirname}/libs/$1/src/index.ts` },
];

export default defineConfig({
  resolve: { alias },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'fast',
          include: ['libs/**/*.spec.ts', 'apps/*/src/**/*.spec.ts', 'test/*.spec.ts'],
          exclude: ['**/*.db.spec.ts', 'apps/console/**', '**/node_modules/**'],
        },
      },
      {
        extends: true,
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
        extends: true,
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
