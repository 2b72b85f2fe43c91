import type { Tx } from '#libs/platform/db';
import { AFTER, NOW, beside, changeAda, ownAboutAda, type TrustCase } from './presented.js';
import type { TrustWorld } from './trust-world.js';

const changeDelegation =
  (data: Parameters<Tx['delegation']['update']>[0]['data']) => (tx: Tx, w: TrustWorld) =>
    tx.delegation.update({ where: { id: w.delegationId }, data });

const byDelegation = beside(({ delegationId }) => delegationId);
const ownByDelegation = ownAboutAda(undefined, ({ delegationId }) => ({
  delegation_id: delegationId,
}));
const OVER = 'delegation_not_in_force';

/** A delegation. */
export const DELEGATION: readonly TrustCase[] = [
  { what: 'a delegation', presented: byDelegation, answer: 'coder for ada' },
  {
    what: 'a token of ours that was got by it',
    presented: ownByDelegation,
    answer: 'coder for ada',
  },
  {
    what: 'a delegation that never was',
    presented: beside(({ unusedId }) => unusedId),
    answer: OVER,
  },
  {
    what: 'a delegation that was withdrawn',
    presented: byDelegation,
    change: changeDelegation({ withdrawnAt: NOW }),
    answer: OVER,
  },
  {
    what: 'a delegation that has expired',
    presented: byDelegation,
    change: changeDelegation({ expiresAt: NOW }),
    answer: OVER,
  },
  {
    what: 'a delegation to another agent',
    presented: byDelegation,
    change: (tx, w) => changeDelegation({ agentId: w.helperId })(tx, w),
    answer: OVER,
  },
  {
    what: 'a delegation to another agent of a person who was disabled',
    presented: byDelegation,
    change: async (tx, w) => {
      await changeDelegation({ agentId: w.helperId })(tx, w);
      await changeAda({ disabledAt: NOW })(tx, w);
    },
    // Another agent's looks like one that never was.
    answer: OVER,
    later: 'person_not_active',
  },
  {
    what: 'a delegation of another person by now',
    presented: byDelegation,
    change: (tx, w) => changeDelegation({ personId: w.bobId })(tx, w),
    answer: 'coder for bob',
    later: OVER,
  },
  {
    what: 'a delegation of a person who was disabled',
    presented: byDelegation,
    change: changeAda({ disabledAt: NOW }),
    answer: 'person_not_active',
  },
  {
    what: 'a delegation once the person’s tokens were revoked',
    presented: byDelegation,
    change: changeAda({ tokensRevokedBefore: AFTER }),
    answer: 'coder for ada',
  },
  {
    what: 'a token of ours that was got by one that was withdrawn',
    presented: ownByDelegation,
    change: changeDelegation({ withdrawnAt: NOW }),
    answer: OVER,
  },
  {
    what: 'a token of ours that was got by one that is no id',
    presented: ownAboutAda(undefined, () => ({ delegation_id: 7 })),
    answer: OVER,
  },
  {
    what: 'a token of ours that was got by one to another agent',
    presented: ownAboutAda(undefined, (w) => ({ delegation_id: w.helpersDelegationId })),
    answer: OVER,
  },
];
