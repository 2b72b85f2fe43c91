export { startEmbeddedPostgres, findRunning } from './embedded-postgres.js';
export { holderOf } from './home-lock.js';
