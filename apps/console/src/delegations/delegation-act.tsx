import type { Delegation } from '../api/types.js';
import { useSession } from '../sign-in/session-store.js';
import { ReasonButton } from '../shared/reason-button.js';
import { useApi } from '../shared/use-api.js';

/** Withdraw one's own, or revoke another's. */
export const DelegationAct = ({ delegation }: { delegation: Delegation }) => {
  const { withdrawDelegation, revokeDelegation } = useApi();
  const me = useSession()?.person.id;
  const { id, person, agent, state } = delegation;
  if (state !== 'active') return null;
  const common = { subject: 'Delegation', isDangerous: true } as const;
  const instance = { personId: person.id };
  if (person.id === me) {
    return (
      <ReasonButton
        {...common}
        instance={instance}
        action="withdraw"
        label="Withdraw…"
        title={`Stop ${agent.name} acting for you?`}
        verb="Withdraw"
        verbing="Withdrawing"
        act={(reason) => withdrawDelegation(id, reason)}
        done={`${agent.name} may not act for you any more.`}
      >
        {agent.name} cannot call tools in your name from now on. What it may do for itself stays as
        it is.
      </ReasonButton>
    );
  }
  return (
    <ReasonButton
      {...common}
      instance={instance}
      action="revoke"
      label="Revoke…"
      title={`Stop ${agent.name} acting for ${person.name}?`}
      verb="Revoke"
      verbing="Revoking"
      act={(reason) => revokeDelegation(id, reason)}
      done={`${agent.name} may not act for ${person.name} any more.`}
    >
      {person.name} granted it. {agent.name} cannot call tools in their name from now on.
    </ReasonButton>
  );
};
