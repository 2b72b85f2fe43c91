import { Module } from '@nestjs/common';
import { auditCommands } from './audit.commands.js';
import { AuditController } from './audit.controller.js';
import { AuditQueries } from './audit.queries.js';
import { LedgerVerifier } from './audit.verifier.js';

/** The ledger's reading side: needs a global `Database`, `CommandRuntime` and `CONFIG`. */
@Module({
  controllers: [AuditController],
  providers: [AuditQueries, LedgerVerifier, ...auditCommands],
  exports: [...auditCommands],
})
export class AuditModule {}
