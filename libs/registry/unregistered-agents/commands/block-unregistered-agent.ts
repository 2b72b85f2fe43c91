import { DomainError } from '#libs/platform/kernel';
import { callerName, changeOfUnregisteredAgent } from '../unregistered-agents.repository.js';
import { changeUnregisteredAgentSchema } from '../unregistered-agents.schemas.js';

// One takes away what the other sets.
const blocking = (name: string, blocked: boolean) =>
  changeOfUnregisteredAgent({
    name,
    action: 'block',
    changesRights: 'registry',
    input: changeUnregisteredAgentSchema,
    async run({ tx, now, actor }, { id, reason }, caller) {
      if ((caller.blockedAt !== null) === blocked) throw alreadySo(blocked);
      const blockedById = actor.kind === 'person' ? actor.id : null;
      await tx.unregisteredAgent.update({
        where: { id },
        data: blocked
          ? { blockedById, blockedAt: now, blockedReason: reason }
          : { blockedById: null, blockedAt: null, blockedReason: null },
        select: { id: true },
      });
      return {
        output: { id },
        subject: { id, name: callerName(caller) },
        facts: { issuerId: caller.issuerId, blocked },
        reason,
      };
    },
  });

/** Rejects a caller for good, also if somebody binds its subject later. */
export class BlockUnregisteredAgent extends blocking('block-unregistered-agent', true) {}

/** Takes a block away: the caller is unregistered again, and no more than that. */
export class UnblockUnregisteredAgent extends blocking('unblock-unregistered-agent', false) {}

const alreadySo = (blocked: boolean): DomainError =>
  new DomainError(
    'conflict',
    blocked ? 'This caller is blocked already.' : 'This caller is not blocked.',
  );
