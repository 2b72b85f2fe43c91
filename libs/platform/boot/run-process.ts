import { clearInheritedConnections } from './inherited-connections.js';

const STOP_SIGNALS = ['SIGTERM', 'SIGINT'] as const;

const fail = (error: unknown): never => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
};

/**
 * Runs a production process: `start` answers how to stop it. A start that fails says why in a sentence
 * and exits with 1; SIGTERM and SIGINT stop it once and exit with 0, or with 1 when stopping fails.
 */
export const runProcess = async (start: () => Promise<() => Promise<void>>): Promise<void> => {
  try {
    clearInheritedConnections(process.env);
    const stop = await start();
    let stopping: Promise<void> | undefined;
    for (const signal of STOP_SIGNALS)
      process.on(signal, () => {
        stopping ??= stop().then(() => process.exit(0), fail);
      });
  } catch (error) {
    fail(error);
  }
};
