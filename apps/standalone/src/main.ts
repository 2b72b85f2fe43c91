import 'reflect-metadata';
import { clearInheritedConnections } from '#libs/platform/boot';
import { DomainError } from '#libs/platform/kernel';
import { collectProcessMetrics, startTracing } from '#libs/platform/telemetry';
import { describeFailure } from './failure.js';
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
  clearInheritedConnections(process.env);
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
    process.stderr.write(`${describeFailure(error)}\n`);
    process.exitCode = 1;
  })
  // A library's forgotten timer must not keep a stopped process alive.
  .finally(() => process.exit());
