import { Inject, Injectable } from '@nestjs/common';
import { can } from '#libs/platform/access';
import { CONFIG, type Config } from '#libs/platform/config';
import { DomainError, type Actor } from '#libs/platform/kernel';
import { verifyLedger, type VerificationReport } from '#libs/engine/ledger';
import type { z } from 'zod';
import type { ledgerVerificationSchema } from './audit.schemas.js';
import { RecordVerification } from './commands/record-verification.js';

type Verification = z.infer<typeof ledgerVerificationSchema>;

/** Verifies the whole ledger for somebody, one verification at a time. */
@Injectable()
export class LedgerVerifier {
  private running = false;

  constructor(
    private readonly record: RecordVerification,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Answers what was found, which by then is in the ledger too. */
  async verify(actor: Actor): Promise<Verification> {
    // Asked here as well as in the command, so that nobody makes the database work for a rejection.
    if (!can(actor, 'verify', 'LedgerEntry', { id: 'all' }))
      throw new DomainError('forbidden', 'You may not verify the ledger: ask security or GRC.');
    if (this.running)
      throw new DomainError('conflict', 'A verification is running already: wait for it to end.');
    this.running = true;
    try {
      const at = new Date().toISOString();
      const report = await verifyLedger(this.config.databaseUrl);
      await this.record.execute(actor, inputOf(report));
      return toView(report, at);
    } finally {
      this.running = false;
    }
  }
}

const inputOf = (report: VerificationReport) => ({
  ok: report.ok,
  chains: report.chains,
  entries: report.entries,
  payloads: report.payloads,
  problemCount: report.problemCount,
  durationMs: report.durationMs,
  firstProblemKind: report.firstProblem?.kind ?? null,
  firstProblemEntryId: report.firstProblem?.id ?? null,
});

const toView = (report: VerificationReport, at: string): Verification => ({
  ok: report.ok,
  at,
  durationMs: report.durationMs,
  chains: report.chains,
  entries: report.entries,
  payloads: report.payloads,
  firstProblem:
    report.firstProblem === null
      ? null
      : {
          kind: report.firstProblem.kind,
          entryId: report.firstProblem.id,
          chain: report.firstProblem.chain,
          seq: report.firstProblem.seq === null ? null : String(report.firstProblem.seq),
          message: report.firstProblem.detail,
        },
  problemCount: report.problemCount,
  cannotProve: report.cannotProve,
});
