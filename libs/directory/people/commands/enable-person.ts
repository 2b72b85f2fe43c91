import { Injectable } from '@nestjs/common';
import {
  Command,
  type Change,
  type CommandContext,
  type CommandTraits,
} from '#libs/engine/commands';
import { idSchema } from '#libs/platform/http';
import { DomainError } from '#libs/platform/kernel';
import type { z } from 'zod';
import { reactivatePerson } from '../people.lifecycle.js';
import { assertManagedHere, lockPerson, type LoadedPerson } from '../people.repository.js';
import { personReasonSchema } from '../people.schemas.js';

const inputSchema = personReasonSchema.extend({ id: idSchema });
type Input = z.infer<typeof inputSchema>;

/** Lets a deactivated person sign in again; what was cut when they left stays cut. */
@Injectable()
export class EnablePerson extends Command<Input, { id: string }, 'Person', LoadedPerson> {
  static readonly traits = {
    name: 'enable-person',
    permission: { action: 'change', subject: 'Person' },
    changesRights: 'people',
    creates: false,
    actors: 'people',
  } as const satisfies CommandTraits<'Person'>;

  readonly traits = EnablePerson.traits;
  readonly input = inputSchema;

  protected subjectId({ id }: Input): string {
    return id;
  }

  protected load({ tx }: CommandContext, { id }: Input): Promise<LoadedPerson | null> {
    return lockPerson(tx, id);
  }

  protected async run(
    ctx: CommandContext,
    { id, reason }: Input,
    person: LoadedPerson,
  ): Promise<Change<{ id: string }>> {
    assertManagedHere(person, '');
    if (!(await reactivatePerson(ctx, id))) {
      throw new DomainError('conflict', 'This person is active already.');
    }
    const roles = await ctx.tx.personRole.findMany({ where: { personId: id } });
    return {
      output: { id },
      subject: person,
      facts: { roles: roles.map(({ role }) => role) },
      reason,
    };
  }
}
