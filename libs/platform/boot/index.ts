/** What every process does first with its database. */
export { prepareDatabase } from './prepare-database.js';
/** Makes this process's connections independent of its user's environment. */
export { clearInheritedConnections } from './inherited-connections.js';
/** How a production process starts, stops and fails. */
export { runProcess } from './run-process.js';
/** What readiness asks a database. */
export { boundedProbe } from './bounded-probe.js';
