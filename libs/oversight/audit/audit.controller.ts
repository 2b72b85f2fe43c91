import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ApiAnswer,
  CurrentActor,
  idParamsSchema,
  RequirePermission,
  type PersonActor,
} from '#libs/platform/http';
import type { z } from 'zod';
import { AuditQueries } from './audit.queries.js';
import {
  ledgerEntryDetailSchema,
  ledgerEntryPageSchema,
  ledgerVerificationSchema,
  listLedgerEntriesQuerySchema,
  verifyLedgerSchema,
} from './audit.schemas.js';
import { LedgerVerifier } from './audit.verifier.js';

/** The ledger for the console: read and verified, never written. */
@ApiTags('Ledger')
@Controller('api/v1')
export class AuditController {
  constructor(
    private readonly queries: AuditQueries,
    private readonly verifier: LedgerVerifier,
  ) {}

  @Get('ledger-entries')
  @RequirePermission('read', 'LedgerEntry')
  @ApiAnswer(200, ledgerEntryPageSchema)
  list(
    @Query({ schema: listLedgerEntriesQuerySchema })
    query: z.infer<typeof listLedgerEntriesQuerySchema>,
  ) {
    return this.queries.list(query);
  }

  @Get('ledger-entries/:id')
  @RequirePermission('read', 'LedgerEntry')
  @ApiAnswer(200, ledgerEntryDetailSchema)
  get(@Param({ schema: idParamsSchema }) { id }: z.infer<typeof idParamsSchema>) {
    return this.queries.get(id);
  }

  @Post('ledger-verifications')
  @RequirePermission('verify', 'LedgerEntry')
  @ApiAnswer(200, ledgerVerificationSchema)
  verify(
    @CurrentActor() actor: PersonActor,
    @Body({ schema: verifyLedgerSchema }) _body: z.infer<typeof verifyLedgerSchema>,
  ) {
    return this.verifier.verify(actor);
  }
}
