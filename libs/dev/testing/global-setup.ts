import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '#libs/dev/embedded-postgres';
import { createTemplate } from './template-database.js';

// One PostgreSQL per vitest run, with one migrated template database that each suite copies
// (create-test-database.ts). With GATEHOUSE_TEST_SUPERUSER_URL set, a server that already runs is used
// instead of starting one: quicker while working on a spec. Everything made on it is dropped again.

/** The server of this run and the database on it that suites copy. */
export interface TestServer {
  superuserUrl: string;
  template: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    gatehouseTestServer: TestServer;
  }
}

/** Vitest's globalSetup of the projects whose specs need a database. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await useServer();
  try {
    const template = await createTemplate(server.superuserUrl);
    project.provide('gatehouseTestServer', {
      superuserUrl: server.superuserUrl,
      template: template.name,
    });
    return async () => {
      await template.drop();
      await server.stop();
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

const useServer = async (): Promise<{ superuserUrl: string; stop: () => Promise<void> }> => {
  const running = process.env['GATEHOUSE_TEST_SUPERUSER_URL'];
  if (running) return { superuserUrl: running, stop: () => Promise.resolve() };
  const home = mkdtempSync(join(tmpdir(), 'gatehouse-test-'));
  // The server runs as another user when we are root, and must be able to enter.
  chmodSync(home, 0o755);
  const starting = new AbortController();
  const abort = () => starting.abort(new Error('interrupted'));
  process.once('SIGINT', abort).once('SIGTERM', abort);
  const server = await startEmbeddedPostgres({ home, signal: starting.signal });
  return {
    superuserUrl: server.superuserUrl,
    stop: async () => {
      process.off('SIGINT', abort).off('SIGTERM', abort);
      await server.remove();
      rmSync(home, { recursive: true, force: true });
    },
  };
};
