import { Injectable } from '@nestjs/common';
import { CommandRuntime } from '#libs/engine/commands';
import { systemActor } from '#libs/platform/kernel';
import { ReportUnverifiedRecords } from './report-unverified-records.js';
import { unreportedRecords } from './unreported-records.js';

/** Looks for records that gateways leave out because they do not verify: for the worker's schedule. */
@Injectable()
export class RecordChecks {
  constructor(
    private readonly runtime: CommandRuntime,
    private readonly report: ReportUnverifiedRecords,
  ) {}

  /** Raises an alert about each, once; a round that finds nothing new leaves no entry. */
  async run(): Promise<void> {
    const { db, signer } = this.runtime;
    const found = await unreportedRecords(db, signer);
    if (found.length > 0) await this.report.execute(systemActor('worker'), {});
  }
}
