import type { CommandClass } from '#libs/engine/commands';
import { RecordVerification } from './commands/record-verification.js';

/** Everything done to the ledger as a whole. */
export const auditCommands = [RecordVerification] as const satisfies readonly CommandClass[];
