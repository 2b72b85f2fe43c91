export { startEmbeddedPostgres, findRunning } from './embedded-postgres.js';
