import { raiseAlert } from '#libs/engine/alerts';
import { releasedBySecurity, stopsForSecurity } from '#libs/platform/access';
import { DomainError, personIdOf } from '#libs/platform/kernel';
import {
  unregisteredAgentName,
  changeOfUnregisteredAgent,
} from '../unregistered-agents.repository.js';
import { changeUnregisteredAgentSchema } from '../unregistered-agents.schemas.js';

/**
 * Rejects an agent for good, also if somebody binds its subject later. What security blocks, also what others had
 * blocked before, security alone unblocks.
 */
export class BlockUnregisteredAgent extends changeOfUnregisteredAgent({
  name: 'block-unregistered-agent',
  action: 'block',
  changesRights: 'registry',
  emergency: { stays: 'it takes rights away' },
  input: changeUnregisteredAgentSchema,
  async run({ tx, now, actor }, { id, reason }, agent) {
    const forSecurity = stopsForSecurity(actor);
    const isTakenOver = agent.blockedAt !== null;
    if (isTakenOver && (agent.stoppedBySecurity || !forSecurity))
      throw new DomainError('conflict', 'This agent is blocked already.');
    const blocked = { blockedById: personIdOf(actor), blockedAt: now, blockedReason: reason };
    await tx.unregisteredAgent.update({
      where: { id },
      data: { ...blocked, stoppedBySecurity: forSecurity },
      select: { id: true },
    });
    return {
      output: { id },
      subject: { id, name: unregisteredAgentName(agent) },
      facts: { issuerId: agent.issuerId, blocked: true, forSecurity, isTakenOver },
      reason,
    };
  },
}) {}

/** Takes a block away: the agent is unregistered again, and no more than that. */
export class UnblockUnregisteredAgent extends changeOfUnregisteredAgent({
  name: 'unblock-unregistered-agent',
  action: 'release',
  changesRights: 'registry',
  emergency: { rejected: 'no emergency waits for it' },
  input: changeUnregisteredAgentSchema,
  rejection(_, { stoppedBySecurity }) {
    return stoppedBySecurity ? releasedBySecurity() : undefined;
  },
  async run({ tx, now, actor }, { id, reason }, agent) {
    if (agent.blockedAt === null) throw new DomainError('conflict', 'This agent is not blocked.');
    const name = unregisteredAgentName(agent);
    await tx.unregisteredAgent.update({
      where: { id },
      data: { blockedById: null, blockedAt: null, blockedReason: null, stoppedBySecurity: false },
      select: { id: true },
    });
    if (agent.stoppedBySecurity) {
      await raiseAlert(tx, now, {
        kind: 'security_stop_released',
        subject: { kind: 'unregistered_agent', id },
        message: `${actor.name} unblocked the unregistered agent ${name}, which security had blocked: ${reason}`,
        by: actor,
      });
    }
    return {
      output: { id },
      subject: { id, name },
      facts: {
        issuerId: agent.issuerId,
        blocked: false,
        wasStoppedBySecurity: agent.stoppedBySecurity,
      },
      reason,
    };
  },
}) {}
