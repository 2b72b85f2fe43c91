/** A migrated PostgreSQL database per suite. */
export { createTestDatabase, type TestDatabase } from './create-test-database.js';
