import { Box } from '@mui/material';
import { useState, type ReactNode } from 'react';
import type { AgentDetail } from '../api/types.js';
import { ReferenceSelect, PickOne } from '../shared/pick-one.js';
import { Quoted } from '../shared/quoted.js';
import { ReasonDialog } from '../shared/reason-dialog.js';
import { useApi } from '../shared/use-api.js';
import { useNotifySuccess } from '../shared/use-notify-success.js';

export type AgentAct =
  'suspend' | 'suspendForSecurity' | 'activate' | 'revokeTokens' | 'retire' | 'reassign';

interface DialogProps {
  agent: AgentDetail;
  onClose: () => void;
}

/** Asks for a reason and does one thing to an agent. */
export const AgentDialog = ({ act, ...props }: DialogProps & { act: AgentAct }) =>
  act === 'reassign' ? <ReassignDialog {...props} /> : <PlainDialog act={act} {...props} />;

interface Words {
  title: string;
  verb: string;
  verbing: string;
  isDangerous: boolean;
  warning?: string;
  body: ReactNode;
  done: string;
}

const wordsOf = (act: Exclude<AgentAct, 'reassign'>, agent: AgentDetail): Words => {
  const { name } = agent;
  const all: Record<typeof act, Words> = {
    suspend: {
      title: `Suspend ${name}?`,
      verb: 'Suspend the agent',
      verbing: 'Suspending',
      isDangerous: true,
      body: `Every call of ${name} is rejected from now on, whatever the policies say, until somebody activates it again.`,
      done: `${name} is suspended: its next call is rejected.`,
    },
    suspendForSecurity: {
      title: `Keep ${name} suspended for security?`,
      verb: 'Suspend for security',
      verbing: 'Suspending',
      isDangerous: true,
      body: `${name} is suspended already, and IT can activate it again. From now on only a colleague with the role security, past its cooling-off period, can.`,
      done: `${name} is suspended by security.`,
    },
    activate: {
      title: `Activate ${name}?`,
      verb: 'Activate the agent',
      verbing: 'Activating',
      isDangerous: false,
      body: (
        <>
          {name} may again do what the policies allow.
          {agent.stateReason !== null && (
            <>
              {' '}
              It was suspended because: <Quoted text={agent.stateReason} />
            </>
          )}
        </>
      ),
      done: `${name} is active: it may do what the policies allow.`,
    },
    revokeTokens: {
      title: `Revoke the tokens of ${name}?`,
      verb: 'Revoke its tokens',
      verbing: 'Revoking',
      isDangerous: true,
      body: `Every token of ${name} that was issued before now is revoked, and its calls in progress are terminated. It stays ${agent.state}: new tokens are valid.`,
      done: `The tokens of ${name} are revoked: it must get a new one.`,
    },
    retire: {
      title: `Retire ${name} for good?`,
      verb: 'Retire for good',
      verbing: 'Retiring',
      isDangerous: true,
      warning:
        'This is final: it takes effect at once, on every replica, and nobody can take it back.',
      body: `${name} can never call again. Its bindings are removed, and its name and id are never used for another agent. Its calls and history stay. To stop it for a while, suspend it instead.`,
      done: `${name} is retired.`,
    },
  };
  return all[act];
};

const PlainDialog = ({
  act,
  agent,
  onClose,
}: DialogProps & { act: Exclude<AgentAct, 'reassign'> }) => {
  const { suspendAgent, activateAgent, revokeAgentTokens, retireAgent } = useApi();
  const notifySuccess = useNotifySuccess();
  const { title, verb, verbing, isDangerous, warning, body, done } = wordsOf(act, agent);
  const verbs = {
    suspend: suspendAgent,
    suspendForSecurity: suspendAgent,
    activate: activateAgent,
    revokeTokens: revokeAgentTokens,
    retire: retireAgent,
  };
  return (
    <ReasonDialog
      title={title}
      verb={verb}
      verbing={verbing}
      isDangerous={isDangerous}
      {...(warning === undefined ? {} : { warning })}
      act={(reason) => verbs[act](agent.id, reason)}
      onDone={() => {
        notifySuccess(done);
        onClose();
      }}
      onClose={onClose}
    >
      {body}
    </ReasonDialog>
  );
};

const ReassignDialog = ({ agent, onClose }: DialogProps) => {
  const { reassignAgent } = useApi();
  const notifySuccess = useNotifySuccess();
  // Whom the team's rule named is the one to agree to, unless somebody else is chosen.
  const [ownerId, setOwnerId] = useState(agent.inheritedAt === null ? '' : agent.owner.id);
  const [teamId, setTeamId] = useState(agent.team.id);
  return (
    <ReasonDialog
      title={`Reassign ${agent.name}?`}
      verb="Reassign the agent"
      verbing="Reassigning"
      isIncomplete={ownerId === '' || teamId === ''}
      act={(reason) => reassignAgent(agent.id, { ownerId, teamId, reason })}
      onDone={({ owner, team }) => {
        notifySuccess(`${agent.name} is ${owner.name}’s now, in the team ${team.name}.`);
        onClose();
      }}
      onClose={onClose}
    >
      {agent.inheritedAt !== null ? (
        <>
          Its team’s rule made {agent.owner.name} the owner. Leave the name to have security confirm
          them, or choose somebody else.
        </>
      ) : agent.orphanedAt === null ? (
        <>
          Now {agent.owner.name}’s, in the team {agent.team.name}.
        </>
      ) : (
        <>Its owner {agent.owner.name} is gone. Say who answers for it from now on.</>
      )}{' '}
      Developers of the new team may see and suspend it.
      <Box sx={{ display: 'grid', gap: 1.5, mt: 1.5 }}>
        <PickOne
          source="ownerId"
          label="New owner"
          resource="people"
          value={ownerId}
          onChange={setOwnerId}
        />
        <ReferenceSelect
          source="teamId"
          label="Team"
          resource="teams"
          value={teamId}
          onChange={setTeamId}
        />
      </Box>
    </ReasonDialog>
  );
};
