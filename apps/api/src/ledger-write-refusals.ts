import { Injectable } from '@nestjs/common';
import { CommandRuntime, recordRefusal, REFUSED_REQUEST } from '#libs/engine/commands';
import { WriteRefusals, type WriteRefusal } from '#libs/platform/http';

/** Writes that roles do not allow are attempts, and attempts of known people are in the ledger. */
@Injectable()
export class LedgerWriteRefusals extends WriteRefusals {
  constructor(private readonly runtime: CommandRuntime) {
    super();
  }

  record({ actor, permission, subjectId, error }: WriteRefusal): Promise<void> {
    const { subject } = permission;
    return recordRefusal(this.runtime, { name: REFUSED_REQUEST, subject, subjectId, actor, error });
  }
}
