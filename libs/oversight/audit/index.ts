/** The ledger for the console: list, detail, verification. */
export { AuditModule } from './audit.module.js';
/** Everything done to the ledger as a whole. */
export { auditCommands } from './audit.commands.js';
/** What the routes about the ledger answer. */
export {
  ledgerEntryDetailSchema,
  ledgerEntryPageSchema,
  ledgerEntrySchema,
  ledgerVerificationSchema,
  listLedgerEntriesQuerySchema,
} from './audit.schemas.js';
