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
import { deactivatePerson } from '../people.lifecycle.js';
import { assertManagedHere, lockPerson, type LoadedPerson } from '../people.repository.js';
import { personReasonSchema } from '../people.schemas.js';
import { assertStillHeld, indispensableNow, lockRoleHolders } from '../role-holders.js';

const inputSchema = personReasonSchema.extend({ id: idSchema });
type Input = z.infer<typeof inputSchema>;

/** Deactivates a person whom no provisioning client manages: a full revocation (invariant S3). */
@Injectable()
export class DisablePerson extends Command<Input, { id: string }, 'Person', LoadedPerson> {
  static readonly traits = {
    name: 'disable-person',
    permission: { action: 'change', subject: 'Person' },
    // Their agents may be suspended besides.
    changesRights: true,
    creates: false,
    actors: 'people',
  } as const satisfies CommandTraits<'Person'>;

  readonly traits = DisablePerson.traits;
  readonly input = inputSchema;

  protected subjectId({ id }: Input): string {
    return id;
  }

  protected async load({ tx }: CommandContext, { id }: Input): Promise<LoadedPerson | null> {
    await lockRoleHolders(tx);
    return lockPerson(tx, id);
  }

  protected async run(
    ctx: CommandContext,
    { id, reason }: Input,
    person: LoadedPerson,
  ): Promise<Change<{ id: string }>> {
    assertManagedHere(person, 'To take away their access at once, sign them out everywhere.');
    if (person.disabledAt !== null) {
      throw new DomainError('conflict', 'This person is inactive already.');
    }
    const held = await indispensableNow(ctx.tx);
    const { wasActive: _, ...facts } = await deactivatePerson(ctx, id);
    await assertStillHeld(ctx.tx, held);
    return { output: { id }, subject: person, facts, reason };
  }
}
