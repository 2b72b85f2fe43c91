import { Box } from '@mui/material';
import type { UnregisteredAgent } from '../api/types.js';
import { useCan, useStopsForSecurity } from '../sign-in/session-store.js';
import { Quoted } from '../shared/quoted.js';
import { ReasonButton } from '../shared/reason-button.js';
import { ReleasedBySecurity } from '../shared/released-by-security.js';
import { useApi } from '../shared/use-api.js';

/** Blocks an agent, so that nobody registers it by mistake; or takes that back. */
export const BlockButton = ({ agent, what }: { agent: UnregisteredAgent; what?: string }) => {
  const can = useCan();
  const canTakeOver = useStopsForSecurity() && !agent.stoppedBySecurity;
  const { blockUnregisteredAgent, unblockUnregisteredAgent } = useApi();
  const common = {
    subject: 'UnregisteredAgent',
    ...(what === undefined ? {} : { what }),
  } as const;
  if (agent.stoppedBySecurity && !can('release', 'UnregisteredAgent', agent))
    return <ReleasedBySecurity />;
  if (agent.blocked !== null) {
    return (
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.75 }}>
        {canTakeOver && (
          <ReasonButton
            {...common}
            action="block"
            label="Block for security…"
            title="Keep this agent blocked for security?"
            verb="Block for security"
            verbing="Blocking"
            isDangerous
            act={(reason) => blockUnregisteredAgent(agent.id, reason)}
            done="Blocked by security."
          >
            It is blocked already, and IT can unblock it. From now on only a colleague with the role
            security, past its cooling-off period, can.
          </ReasonButton>
        )}
        <ReasonButton
          {...common}
          action="release"
          instance={agent}
          label="Unblock…"
          title="Unblock this agent?"
          verb="Unblock"
          verbing="Unblocking"
          act={(reason) => unblockUnregisteredAgent(agent.id, reason)}
          done="Unblocked: it is still rejected until somebody registers it."
        >
          It was blocked because: <Quoted text={agent.blocked.reason} max={300} /> It stays rejected
          until somebody registers it.
        </ReasonButton>
      </Box>
    );
  }
  return (
    <ReasonButton
      {...common}
      action="block"
      label="Block…"
      title="Block this agent?"
      verb="Block the agent"
      verbing="Blocking"
      isDangerous
      act={(reason) => blockUnregisteredAgent(agent.id, reason)}
      done="Blocked: nobody can bind its subject until it is unblocked."
    >
      <Quoted text={agent.subject} max={200} /> is rejected already, as nobody registered it.
      Blocked, it also cannot be registered or bound to an agent until somebody unblocks it.
    </ReasonButton>
  );
};
