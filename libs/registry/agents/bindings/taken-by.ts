import { can } from '#libs/platform/access';
import type { CommandContext } from '#libs/engine/commands';
import { DomainError } from '#libs/platform/kernel';

/** Why what is bound to one agent cannot be bound to another; names it only to who may see it. */
export const takenBy = async (
  { tx, actor }: CommandContext,
  agentId: string,
  what: 'subject' | 'client' | 'key',
  path: string,
): Promise<DomainError> => {
  const agent = await tx.agent.findUniqueOrThrow({
    where: { id: agentId },
    select: { id: true, name: true, teamId: true, ownerId: true },
  });
  const whose = can(actor, 'read', 'Agent', agent) ? `the agent ${agent.name}` : 'another agent';
  const message = `This ${what} is bound to ${whose} already. A ${what} can be bound to one agent only${REMEDY[what]}.`;
  return new DomainError('conflict', message, {
    problems: [{ path, message: 'is bound already' }],
  });
};

const REMEDY = {
  subject: ', unless conditions on the same claim tell its tokens apart',
  client: '',
  key: '',
};
