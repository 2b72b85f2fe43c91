/** A migrated PostgreSQL database per suite. */
export {
  createTestDatabase,
  emptyTestDatabase,
  type TestDatabase,
} from './create-test-database.js';
/** A database as the role of one process. */
export { asProcess } from './template-database.js';
/** An IdP with real keys, which a test can break. */
export { startIdp, type TestIdp } from './test-idp.js';
/** The master key of every test. */
export { TEST_MASTER_KEY } from './test-master-key.js';
/** A builder of a test organisation. */
export {
  createTestOrganisation,
  type PersonActor,
  type TestOrganisation,
} from './test-organisation.js';
/** `it` with what a file's tests share. */
export { itWith } from './it-with.js';
export { cpuOfThisThread } from './cpu-of-this-thread.js';
export { lockIsAwaited } from './lock-is-awaited.js';
export { proposedChangeOf } from './proposed-change.js';
export { nobodyMayCall } from './nobody-may-call.js';
export { startOwnServer, type OwnServer } from './own-server.js';
export { statusOfUnfinished } from './unfinished-request.js';
