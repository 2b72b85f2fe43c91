export {
  startEmbeddedPostgres,
  findRunning,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  type PostgresAddress,
} from './embedded-postgres.js';
