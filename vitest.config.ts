import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

// The validation pool's threads load their file by themselves; here it is TypeScript.
const execArgv = [
  '--import',
  new URL('./test/support/typescript-threads.mjs', import.meta.url).href,
];

export default defineConfig({
  test: {
    // Vitest leaves one core free; on two, that is one file at a time, most of which waits for a database.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        test: {
          name: 'fast',
          include: ['libs/**/*.spec.ts', 'apps/*/src/**/*.spec.ts', 'test/*.spec.ts'],
          exclude: ['**/*.db.spec.ts', 'apps/console/**', '**/node_modules/**'],
          // Two thirds of the time went into loading the same modules anew for each file. No test of these
          // replaces a module or a global of others.
          isolate: false,
          execArgv,
          // What must be quick measures itself; this is for a machine that does much besides.
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'database',
          isolate: false,
          execArgv,
          include: ['libs/**/*.db.spec.ts', 'apps/*/src/**/*.db.spec.ts', 'test/**/*.db.spec.ts'],
          exclude: ['**/node_modules/**'],
          setupFiles: ['test/support/start-validation.ts'],
          globalSetup: ['libs/dev/testing/global-setup.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          // The whole product as its users have it: built, started, with a real browser.
          name: 'system',
          include: ['test/system/**/*.spec.ts'],
          fileParallelism: false,
          // After the others: a browser on a busy machine proves nothing.
          sequence: { groupOrder: 1 },
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
