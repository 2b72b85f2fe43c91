import { Injectable } from '@nestjs/common';
import {
  Command,
  type Change,
  type CommandContext,
  type CommandTraits,
} from '#libs/engine/commands';
import type { Tx } from '#libs/platform/db';
import { idSchema } from '#libs/platform/http';
import type { z } from 'zod';
import {
  assertManagedHere,
  assertTeams,
  lockPerson,
  type LoadedPerson,
} from '../people.repository.js';
import { changePersonSchema } from '../people.schemas.js';

const inputSchema = changePersonSchema.extend({ id: idSchema });
type Input = z.infer<typeof inputSchema>;

/** Changes how a person is shown, and their teams; nothing of it is what identity or rights rest on. */
@Injectable()
export class ChangePerson extends Command<Input, { id: string }, 'Person', LoadedPerson> {
  static readonly traits = {
    name: 'change-person',
    permission: { action: 'change', subject: 'Person' },
    // Teams decide what a developer sees in the console, which asks on every request.
    changesRights: false,
    creates: false,
    actors: 'people',
  } as const satisfies CommandTraits<'Person'>;

  readonly traits = ChangePerson.traits;
  readonly input = inputSchema;

  protected subjectId({ id }: Input): string {
    return id;
  }

  protected load({ tx }: CommandContext, { id }: Input): Promise<LoadedPerson | null> {
    return lockPerson(tx, id);
  }

  protected async run(
    { tx }: CommandContext,
    { id, name, email, teamIds }: Input,
    person: LoadedPerson,
  ): Promise<Change<{ id: string }>> {
    const shown = {
      ...(name === undefined ? {} : { name }),
      ...(email === undefined ? {} : { email }),
    };
    if (Object.keys(shown).length > 0) {
      assertManagedHere(person, 'Their teams can be changed here.');
      await tx.person.update({ where: { id }, data: shown, select: { id: true } });
    }
    if (teamIds !== undefined) await setTeams(tx, id, teamIds);
    return {
      output: { id },
      subject: { id, name: name ?? person.name },
      facts: teamIds === undefined ? {} : { teamIds },
      changes: shown,
    };
  }
}

const setTeams = async (tx: Tx, personId: string, teamIds: readonly string[]): Promise<void> => {
  await assertTeams(tx, teamIds);
  await tx.personTeam.deleteMany({ where: { personId } });
  await tx.personTeam.createMany({
    data: [...new Set(teamIds)].map((teamId) => ({ personId, teamId })),
  });
};
