import { changeOfDelegation, withdrawDelegation } from '../delegations.repository.js';
import { delegationReasonSchema } from '../delegations.schemas.js';

// Both end it at once, on every replica: they differ in who may.
const endOf = (name: string, action: 'withdraw' | 'revoke') =>
  changeOfDelegation({
    name,
    action,
    changesRights: 'people',
    emergency: { stays: 'it takes rights away' },
    input: delegationReasonSchema,
    async run({ tx, now }, { id, reason }, delegation) {
      await withdrawDelegation(tx, delegation, now);
      const { personId, agentId } = delegation;
      return { output: { id }, subject: delegation, facts: { personId, agentId }, reason };
    },
  });

/** A person withdraws a delegation that they granted. */
export class WithdrawDelegation extends endOf('withdraw-delegation', 'withdraw') {}

/** IT or security revokes a delegation that somebody else granted. */
export class RevokeDelegation extends endOf('revoke-delegation', 'revoke') {}
