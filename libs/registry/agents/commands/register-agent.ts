import { Injectable } from '@nestjs/common';
import {
  Command,
  type Change,
  type CommandContext,
  type CommandTraits,
} from '#libs/engine/commands';
import { newId } from '#libs/platform/kernel';
import { registerAgentIn, registrationFacts, type NewAgent } from '../agents.registration.js';
import { registerAgentSchema } from '../agents.schemas.js';

type Instance = { id: string; teamId: string; ownerId: string };

/** Registers an agent as a draft: known by name, able to do nothing yet. */
@Injectable()
export class RegisterAgent extends Command<NewAgent, { id: string }, 'Agent'> {
  static readonly traits = {
    name: 'register-agent',
    permission: { action: 'register', subject: 'Agent' },
    changesRights: false,
    creates: true,
    actors: 'people',
  } as const satisfies CommandTraits<'Agent'>;

  readonly traits = RegisterAgent.traits;
  readonly input = registerAgentSchema;

  protected subjectId(): null {
    return null;
  }

  protected load(_: CommandContext, { teamId, ownerId }: NewAgent): Promise<Instance> {
    return Promise.resolve({ id: newId(), teamId, ownerId });
  }

  protected async run(
    ctx: CommandContext,
    input: NewAgent,
    { id }: Instance,
  ): Promise<Change<{ id: string }>> {
    await registerAgentIn(ctx, input, id);
    return {
      output: { id },
      subject: { id, name: input.name },
      facts: registrationFacts(input),
      changes: { purpose: input.purpose },
    };
  }
}
