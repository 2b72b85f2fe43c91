import { Injectable } from '@nestjs/common';
import { may } from '#libs/access';
import { Command, type Change, type CommandContext, type CommandTraits } from '#libs/commands';
import { idSchema } from '#libs/http';
import { DomainError, newId } from '#libs/kernel';
import type { z } from 'zod';
import { lockAgent, type LoadedAgent } from '../agents.repository.js';
import { assertNotRetired } from '../agents.rules.js';
import { bindAgentSchema } from '../agents.schemas.js';

const inputSchema = bindAgentSchema.extend({ id: idSchema });
type Input = z.infer<typeof inputSchema>;

/** Binds an agent to one subject of a trusted issuer, exactly (invariant I7). */
@Injectable()
export class BindAgent extends Command<Input, { id: string }, 'Agent', LoadedAgent> {
  static readonly traits = {
    name: 'bind-agent',
    permission: { action: 'bind', subject: 'Agent' },
    changesRights: true,
    creates: false,
    actors: 'people',
  } as const satisfies CommandTraits<'Agent'>;

  readonly traits = BindAgent.traits;
  readonly input = inputSchema;

  protected subjectId({ id }: Input): string {
    return id;
  }

  protected load({ tx }: CommandContext, { id }: Input): Promise<LoadedAgent | null> {
    return lockAgent(tx, id);
  }

  protected async run(
    ctx: CommandContext,
    { issuerId, subject }: Input,
    agent: LoadedAgent,
  ): Promise<Change<{ id: string }>> {
    assertNotRetired(agent.state);
    await assertIssuerIsTrusted(ctx, issuerId);
    await assertSubjectIsFree(ctx, issuerId, subject);
    const id = newId();
    await ctx.tx.binding.create({
      data: { id, agentId: agent.id, kind: 'subject', issuerId, subject, createdAt: ctx.now },
    });
    return {
      output: { id: agent.id },
      subject: agent,
      facts: { bindingId: id, kind: 'subject', issuerId },
      changes: { subject },
    };
  }
}

const assertIssuerIsTrusted = async ({ tx }: CommandContext, id: string): Promise<void> => {
  if ((await tx.issuer.count({ where: { id } })) > 0) return;
  const message = 'The issuer is not one of the trusted issuers. Choose one of them.';
  throw new DomainError('invalid_input', message, {
    problems: [{ path: 'issuerId', message: 'there is no such issuer' }],
  });
};

// A subject vouches for one agent only; which one is told only to those who may see that agent.
const assertSubjectIsFree = async (
  { tx, actor }: CommandContext,
  issuerId: string,
  subject: string,
): Promise<void> => {
  const taken = await tx.binding.findUnique({
    where: { issuerId_kind_subject: { issuerId, kind: 'subject', subject } },
    select: { agent: { select: { id: true, name: true, teamId: true, ownerId: true } } },
  });
  if (taken === null) return;
  const whose = may(actor, 'read', 'Agent', taken.agent)
    ? `the agent ${taken.agent.name}`
    : 'another agent';
  const message = `This subject is bound to ${whose} already. A subject can vouch for one agent only.`;
  throw new DomainError('conflict', message, {
    problems: [{ path: 'subject', message: 'is bound already' }],
  });
};
