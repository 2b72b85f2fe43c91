import { Injectable } from '@nestjs/common';
import { CommandRuntime, recordRejection, REJECTED_REQUEST } from '#libs/engine/commands';
import { WriteRejections, type WriteRejection } from '#libs/platform/http';

/** Writes that roles do not allow are attempts, and attempts of known people are in the ledger. */
@Injectable()
export class LedgerWriteRejections extends WriteRejections {
  constructor(private readonly runtime: CommandRuntime) {
    super();
  }

  record({ actor, permission, subjectId, error }: WriteRejection): Promise<void> {
    const { subject } = permission;
    return recordRejection(this.runtime, {
      name: REJECTED_REQUEST,
      subject,
      subjectId,
      actor,
      error,
    });
  }
}
