/** Threads for what people and upstreams wrote, so that the event loop does not pay for it (invariant P13). */
export { ThreadPool } from './thread-pool.js';
export { TaskTooLongError } from './errors.js';
export { serveTasks } from './serve-tasks.js';
