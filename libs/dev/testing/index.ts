/** A migrated PostgreSQL database per suite. */
export { createTestDatabase, type TestDatabase } from './create-test-database.js';
/** An IdP with real keys, which a test can break. */
export { startIdp, type TestIdp } from './test-idp.js';
