import { Injectable } from '@nestjs/common';
import { Command, type Change, type CommandContext, type CommandTraits } from '#libs/commands';
import { lineSchema } from '#libs/http';
import { newId } from '#libs/kernel';
import { z } from 'zod';

const addTeamSchema = z.strictObject({ name: lineSchema(100) });
type Input = z.infer<typeof addTeamSchema>;

/** Adds a team; only the installation does, when it is set up. */
@Injectable()
export class AddTeam extends Command<Input, { id: string }, 'Team'> {
  static readonly traits = {
    name: 'add-team',
    permission: { action: 'register', subject: 'Team' },
    changesRights: false,
    creates: true,
    actors: 'system',
  } as const satisfies CommandTraits<'Team'>;

  readonly traits = AddTeam.traits;
  readonly input = addTeamSchema;

  protected subjectId(): null {
    return null;
  }

  protected load(): Promise<{ id: string }> {
    return Promise.resolve({ id: newId() });
  }

  protected async run(
    { tx }: CommandContext,
    { name }: Input,
    { id }: { id: string },
  ): Promise<Change<{ id: string }>> {
    await tx.team.create({ data: { id, name } });
    return { output: { id }, subject: { id, name }, facts: {} };
  }
}
