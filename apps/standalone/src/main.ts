import 'reflect-metadata';
import { inspect } from 'node:util';
import { ConfigError } from '#libs/platform/config';
import { DomainError } from '#libs/platform/kernel';
import { collectProcessMetrics, startTracing } from '#libs/platform/telemetry';
import { startStandalone, type Standalone } from './start-standalone.js';

const say = (message: string): void => void process.stdout.write(`${message}\n`);
const stopping = new AbortController();

// Before anything is started: Ctrl-C in the middle of a start must leave nothing behind either.
const stopped = new Promise<void>((resolve) => {
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(name, () => {
      stopping.abort(new DomainError('unavailable', 'Stopped before it was up.'));
      resolve();
    });
});

const run = async (): Promise<void> => {
  startTracing();
  collectProcessMetrics();
  const standalone: Standalone = await startStandalone({
    environment: process.env,
    log: (message) => say(`  … ${message}`),
    signal: stopping.signal,
  });
  say(standalone.nextSteps);
  await stopped;
  say('stopping');
  await standalone.close();
};

// What nobody foresaw is told in full: this terminal is the only place where it can be looked for.
const describe = (error: unknown): string => {
  if (error instanceof DomainError && error.code === 'internal')
    return `${error.message}\n${inspect(error.cause)}`;
  if (error instanceof DomainError || error instanceof ConfigError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
};

run()
  .catch((error: unknown) => {
    process.stderr.write(`${describe(error)}\n`);
    process.exitCode = 1;
  })
  // A library's forgotten timer must not keep a stopped process alive.
  .finally(() => process.exit());
