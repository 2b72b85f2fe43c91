import 'reflect-metadata';
import { ConfigError } from '#libs/config';
import { DomainError } from '#libs/kernel';
import { collectProcessMetrics, startTracing } from '#libs/telemetry';
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

run()
  .catch((error: unknown) => {
    const isExpected = error instanceof DomainError || error instanceof ConfigError;
    const text = isExpected || !(error instanceof Error) ? String(error) : (error.stack ?? '');
    process.stderr.write(`${isExpected ? error.message : text}\n`);
    process.exitCode = 1;
  })
  // A library's forgotten timer must not keep a stopped process alive.
  .finally(() => process.exit());
