export { startEmbeddedPostgres, findRunning, type EmbeddedPostgres } from './embedded-postgres.js';
