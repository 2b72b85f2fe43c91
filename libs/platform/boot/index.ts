/** What every process does first with its database. */
export { prepareDatabase } from './prepare-database.js';
/** How a production process starts, stops and fails. */
export { runProcess } from './run-process.js';
