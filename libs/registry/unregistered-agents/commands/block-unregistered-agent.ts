import { DomainError, personIdOf } from '#libs/platform/kernel';
import {
  unregisteredAgentName,
  changeOfUnregisteredAgent,
} from '../unregistered-agents.repository.js';
import { changeUnregisteredAgentSchema } from '../unregistered-agents.schemas.js';

// One removes what the other sets.
const blocking = (name: string, blocked: boolean) =>
  changeOfUnregisteredAgent({
    name,
    action: 'block',
    changesRights: 'registry',
    input: changeUnregisteredAgentSchema,
    async run({ tx, now, actor }, { id, reason }, agent) {
      if ((agent.blockedAt !== null) === blocked) throw alreadySo(blocked);
      const blockedById = personIdOf(actor);
      await tx.unregisteredAgent.update({
        where: { id },
        data: blocked
          ? { blockedById, blockedAt: now, blockedReason: reason }
          : { blockedById: null, blockedAt: null, blockedReason: null },
        select: { id: true },
      });
      return {
        output: { id },
        subject: { id, name: unregisteredAgentName(agent) },
        facts: { issuerId: agent.issuerId, blocked },
        reason,
      };
    },
  });

/** Rejects an agent for good, also if somebody binds its subject later. */
export class BlockUnregisteredAgent extends blocking('block-unregistered-agent', true) {}

/** Takes a block away: the agent is unregistered again, and no more than that. */
export class UnblockUnregisteredAgent extends blocking('unblock-unregistered-agent', false) {}

const alreadySo = (blocked: boolean): DomainError =>
  new DomainError(
    'conflict',
    blocked ? 'This agent is blocked already.' : 'This agent is not blocked.',
  );
