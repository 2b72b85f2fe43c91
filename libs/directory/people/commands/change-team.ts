import { Injectable } from '@nestjs/common';
import {
  Command,
  type Change,
  type CommandContext,
  type CommandTraits,
} from '#libs/engine/commands';
import { idSchema } from '#libs/platform/http';
import type { z } from 'zod';
import {
  assertOrphanRule,
  assertTeamNameIsFree,
  lockTeam,
  type LoadedTeam,
} from '../teams.repository.js';
import { changeTeamSchema } from '../teams.schemas.js';

const inputSchema = changeTeamSchema.extend({ id: idSchema });
type Input = z.infer<typeof inputSchema>;

/** Renames a team, or changes what becomes of its agents when their owner leaves. */
@Injectable()
export class ChangeTeam extends Command<Input, { id: string }, 'Team', LoadedTeam> {
  static readonly traits = {
    name: 'change-team',
    permission: { action: 'change', subject: 'Team' },
    // Policies may name teams.
    changesRights: 'registry',
    creates: false,
    actors: 'people',
  } as const satisfies CommandTraits<'Team'>;

  readonly traits = ChangeTeam.traits;
  readonly input = inputSchema;

  protected subjectId({ id }: Input): string {
    return id;
  }

  protected load({ tx }: CommandContext, { id }: Input): Promise<LoadedTeam | null> {
    return lockTeam(tx, id);
  }

  protected async run(
    { tx }: CommandContext,
    input: Input,
    team: LoadedTeam,
  ): Promise<Change<{ id: string }>> {
    const { id, name = team.name, orphanRule = team.orphanRule } = input;
    const { orphanOwnerId = team.orphanOwnerId } = input;
    await assertTeamNameIsFree(tx, name, id);
    await assertOrphanRule(tx, { orphanRule, orphanOwnerId });
    await tx.team.update({
      where: { id },
      data: { name, orphanRule, orphanOwnerId },
      select: { id: true },
    });
    return {
      output: { id },
      subject: { id, name },
      facts: { orphanRule, orphanOwnerId },
      keepsRights: name === team.name,
      changes: { from: team.name, to: name },
    };
  }
}
