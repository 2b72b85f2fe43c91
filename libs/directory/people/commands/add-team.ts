import { Injectable } from '@nestjs/common';
import {
  Command,
  type Change,
  type CommandContext,
  type CommandTraits,
} from '#libs/engine/commands';
import { newId } from '#libs/platform/kernel';
import type { z } from 'zod';
import { registerTeamSchema } from '../teams.schemas.js';
import { assertOrphanRule, assertTeamNameIsFree } from '../teams.repository.js';

type Input = z.infer<typeof registerTeamSchema>;

/** Adds a team, with the rule for agents whose owner leaves. */
@Injectable()
export class AddTeam extends Command<Input, { id: string }, 'Team'> {
  static readonly traits = {
    name: 'add-team',
    permission: { action: 'register', subject: 'Team' },
    changesRights: false,
    creates: true,
    actors: 'people',
  } as const satisfies CommandTraits<'Team'>;

  readonly traits = AddTeam.traits;
  readonly input = registerTeamSchema;

  protected subjectId(): null {
    return null;
  }

  protected load(): Promise<{ id: string }> {
    return Promise.resolve({ id: newId() });
  }

  protected async run(
    { tx }: CommandContext,
    { name, orphanRule, orphanOwnerId }: Input,
    { id }: { id: string },
  ): Promise<Change<{ id: string }>> {
    await assertTeamNameIsFree(tx, name, id);
    await assertOrphanRule(tx, { orphanRule, orphanOwnerId });
    await tx.team.create({ data: { id, name, orphanRule, orphanOwnerId } });
    return { output: { id }, subject: { id, name }, facts: { orphanRule, orphanOwnerId } };
  }
}
