export { recordCheckCommands, RecordChecksModule } from './record-checks.module.js';
export { RecordChecks } from './record-checks.js';
export { AcceptRecords } from './accept-records.js';
