import { Module } from '@nestjs/common';
import type { CommandClass } from '#libs/engine/commands';
import { RecordChecks } from './record-checks.js';
import { ReportUnverifiedRecords } from './report-unverified-records.js';

/** What the worker records of its rounds. */
export const recordCheckCommands = [
  ReportUnverifiedRecords,
] as const satisfies readonly CommandClass[];

/** For the worker: needs a global `CommandRuntime`. */
@Module({ providers: [RecordChecks, ...recordCheckCommands], exports: [RecordChecks] })
export class RecordChecksModule {}
