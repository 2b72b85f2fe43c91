import { Injectable } from '@nestjs/common';
import {
  Command,
  type Change,
  type CommandContext,
  type CommandTraits,
} from '#libs/engine/commands';
import { idSchema } from '#libs/platform/http';
import type { z } from 'zod';
import { revokeTokensAndSessions } from '../people.revocation.js';
import { lockPerson, type LoadedPerson } from '../people.repository.js';
import { personReasonSchema } from '../people.schemas.js';

const inputSchema = personReasonSchema.extend({ id: idSchema });
type Input = z.infer<typeof inputSchema>;

/** Signs a person out everywhere: sessions, tokens about them and delegations; they may sign in anew. */
@Injectable()
export class RevokePersonAccess extends Command<Input, { id: string }, 'Person', LoadedPerson> {
  static readonly traits = {
    name: 'revoke-person-access',
    permission: { action: 'revoke', subject: 'Person' },
    changesRights: 'people',
    creates: false,
    actors: 'people',
  } as const satisfies CommandTraits<'Person'>;

  readonly traits = RevokePersonAccess.traits;
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
    const facts = { ...(await revokeTokensAndSessions(ctx, id)) };
    return { output: { id }, subject: person, facts, reason };
  }
}
