// oxlint-disable unicorn/require-post-message-target-origin -- a thread has no origin.
import { parentPort } from 'node:worker_threads';

/** What a thread of a pool does, by name: plain data in, plain data out. */
export type ThreadTasks = Readonly<Record<string, (input: never) => unknown>>;

/** The whole of a pool's thread: one task after the other, and nothing else. */
export const serveTasks = (tasks: ThreadTasks): void => {
  parentPort?.on('message', ({ task, input }: { task: string; input: never }) => {
    try {
      const output = tasks[task]?.(input);
      parentPort?.postMessage({ output }, bytesIn(output));
    } catch (error) {
      parentPort?.postMessage({ error: error instanceof Error ? error.message : 'unknown error' });
    }
  });
  parentPort?.postMessage('ready');
};

/** Bytes are handed over instead of copied: waiting for megabytes costs nothing. */
const bytesIn = (output: unknown): ArrayBuffer[] =>
  typeof output === 'object' && output !== null
    ? Object.values(output).flatMap((value: unknown) =>
        value instanceof Uint8Array && value.buffer instanceof ArrayBuffer ? [value.buffer] : [],
      )
    : [];
