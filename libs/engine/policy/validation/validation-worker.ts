// oxlint-disable unicorn/require-post-message-target-origin -- a thread has no origin.
import { parentPort } from 'node:worker_threads';
import { VALIDATION_TASKS, type ValidationTask } from './validation-tasks.js';

// A thread of the validation pool: one task after the other, and nothing else.
parentPort?.on('message', ({ task, input }: { task: ValidationTask; input: never }) => {
  try {
    parentPort?.postMessage({ output: VALIDATION_TASKS[task](input) });
  } catch (error) {
    parentPort?.postMessage({ error: error instanceof Error ? error.message : 'unknown error' });
  }
});
parentPort?.postMessage('ready');
