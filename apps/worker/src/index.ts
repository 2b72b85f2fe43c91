export { startWorker, type RunningWorker } from './start-worker.js';
export { WORKER_COMMANDS } from './worker.commands.js';
export type { WorkerDeps } from './worker-deps.js';
