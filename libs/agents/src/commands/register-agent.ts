import { Injectable } from '@nestjs/common';
import { Command, type Change, type CommandContext, type CommandTraits } from '#libs/commands';
import { DomainError, newId, type Problem } from '#libs/kernel';
import type { Tx } from '#libs/db';
import type { z } from 'zod';
import { registerAgentSchema } from '../agents.schemas.js';

type Input = z.infer<typeof registerAgentSchema>;
type NewAgent = { id: string; teamId: string; ownerId: string };

/** Registers an agent as a draft: known by name, able to do nothing yet. */
@Injectable()
export class RegisterAgent extends Command<Input, { id: string }, 'Agent'> {
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

  protected load(_: CommandContext, { teamId, ownerId }: Input): Promise<NewAgent> {
    return Promise.resolve({ id: newId(), teamId, ownerId });
  }

  protected async run(
    { tx, now }: CommandContext,
    input: Input,
    { id }: NewAgent,
  ): Promise<Change<{ id: string }>> {
    await assertOwnerAndTeam(tx, input);
    await assertNameIsFree(tx, input.name);
    await tx.agent.create({
      data: { ...input, id, state: 'draft', createdAt: now, updatedAt: now },
    });
    const { ownerId, teamId, riskTier, tags } = input;
    return {
      output: { id },
      subject: { id, name: input.name },
      facts: { ownerId, teamId, riskTier, tags, state: 'draft' },
      changes: { purpose: input.purpose },
    };
  }
}

const assertOwnerAndTeam = async (tx: Tx, { ownerId, teamId }: Input): Promise<void> => {
  const [owner, team] = await Promise.all([
    tx.person.count({ where: { id: ownerId, disabledAt: null } }),
    tx.team.count({ where: { id: teamId } }),
  ]);
  const problems: Problem[] = [];
  if (owner === 0) problems.push({ path: 'ownerId', message: 'there is no such active person' });
  if (team === 0) problems.push({ path: 'teamId', message: 'there is no such team' });
  if (problems.length === 0) return;
  const message = 'An agent needs an owner who is an active person, and a team that exists.';
  throw new DomainError('invalid_input', message, { problems });
};

const assertNameIsFree = async (tx: Tx, name: string): Promise<void> => {
  if ((await tx.agent.count({ where: { name } })) === 0) return;
  const message = `An agent is or was named ${name}, and names are never reused. Choose another.`;
  throw new DomainError('conflict', message, {
    problems: [{ path: 'name', message: 'is taken' }],
  });
};
