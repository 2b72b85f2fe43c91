import { Module } from '@nestjs/common';
import type { CommandClass } from '#libs/engine/commands';
import { DecisionChecks } from './decision-checks.js';
import { RecordDecisionCheck } from './record-decision-check.js';

/** What the worker records of its rounds. */
export const decisionCheckCommands = [
  RecordDecisionCheck,
] as const satisfies readonly CommandClass[];

/** For the worker: needs a global `Database`, `CommandRuntime` and `CONFIG`. */
@Module({ providers: [DecisionChecks, ...decisionCheckCommands], exports: [DecisionChecks] })
export class DecisionChecksModule {}
