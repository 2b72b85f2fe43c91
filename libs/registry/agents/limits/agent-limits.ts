import { Injectable } from '@nestjs/common';
import { CommandRuntime } from '#libs/engine/commands';
import { DomainError, systemActor } from '#libs/platform/kernel';
import { agentsOverTheirLimits } from '../agents.sql.js';
import { EnforceAgentLimits } from './enforce-agent-limits.js';

const AGENTS_PER_ROUND = 500;

/** Finds the agents that reached a limit of theirs, and suspends each: for the worker's schedule. */
@Injectable()
export class AgentLimits {
  constructor(
    private readonly runtime: CommandRuntime,
    private readonly enforce: EnforceAgentLimits,
  ) {}

  /**
   * Suspends those due now; done twice at once, each is suspended once.
   * @returns how many it suspended; with 500 there may be more
   * @throws what one failed with, after the others were seen to
   */
  async enforceAll(): Promise<number> {
    const { db, clock } = this.runtime;
    const ids = await agentsOverTheirLimits(db, clock.now(), AGENTS_PER_ROUND);
    let suspended = 0;
    let failure: unknown;
    for (const id of ids) {
      try {
        await this.enforce.execute(systemActor('worker'), { id });
        suspended += 1;
      } catch (error) {
        if (!isOutdated(error)) failure ??= error;
      }
    }
    if (failure !== undefined) throw failure;
    return suspended;
  }
}

// Somebody else was faster: there is nothing left to do.
const isOutdated = (error: unknown): boolean =>
  error instanceof DomainError && error.code === 'conflict';
