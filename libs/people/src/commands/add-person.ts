import { Injectable } from '@nestjs/common';
import { Command, type Change, type CommandContext, type CommandTraits } from '#libs/commands';
import { idSchema, lineSchema } from '#libs/http';
import { newId, ROLES } from '#libs/kernel';
import { z } from 'zod';

const addPersonSchema = z.strictObject({
  /** Who vouches for them at sign-in, and as whom: compared exactly. */
  issuer: z.url().max(500),
  subject: z.string().min(1).max(255),
  email: z.email().max(254),
  name: lineSchema(200),
  roles: z.array(z.enum(ROLES)).max(ROLES.length),
  teamIds: z.array(idSchema).max(50),
});
type Input = z.infer<typeof addPersonSchema>;

/** Adds a person with their roles and teams; only the installation does, when it is set up. */
@Injectable()
export class AddPerson extends Command<Input, { id: string }, 'Person'> {
  static readonly traits = {
    name: 'add-person',
    permission: { action: 'register', subject: 'Person' },
    changesRights: false,
    creates: true,
    actors: 'system',
  } as const satisfies CommandTraits<'Person'>;

  readonly traits = AddPerson.traits;
  readonly input = addPersonSchema;

  protected subjectId(): null {
    return null;
  }

  protected load(): Promise<{ id: string }> {
    return Promise.resolve({ id: newId() });
  }

  protected async run(
    { tx, now }: CommandContext,
    { roles, teamIds, ...person }: Input,
    { id }: { id: string },
  ): Promise<Change<{ id: string }>> {
    await tx.person.create({ data: { ...person, id, createdAt: now } });
    await tx.personRole.createMany({ data: roles.map((role) => ({ personId: id, role })) });
    await tx.personTeam.createMany({ data: teamIds.map((teamId) => ({ personId: id, teamId })) });
    return {
      output: { id },
      subject: { id, name: person.name },
      facts: { roles, teamIds },
      changes: { email: person.email, issuer: person.issuer, subject: person.subject },
    };
  }
}
