import { Box, Button } from '@mui/material';
import { Link } from 'react-router-dom';
import type { AgentDetail, Binding } from '../api/types.js';
import { agentFacts } from '../sign-in/ability.js';
import { useCan } from '../sign-in/session-store.js';
import { CopyableId } from '../shared/copyable.js';
import { PlainTable } from '../shared/plain-table.js';
import { ReasonButton } from '../shared/reason-button.js';
import { Empty, ForbiddenHint } from '../shared/states.js';
import { CopyableTime } from '../shared/time.js';
import { useApi } from '../shared/use-api.js';
import { KIND_LABELS } from './binding-labels.js';
import { TokenHelp } from './token-help.js';

/** The bindings of the agent, and how it gets a token. */
export const AgentBindings = ({ agent }: { agent: AgentDetail }) => {
  const canBind = useCan()('bind', 'Agent', agentFacts(agent)) && agent.state !== 'retired';
  return (
    <>
      {agent.bindings.length === 0 ? (
        <Empty title="This agent has no binding">
          {agent.state === 'retired'
            ? 'Its bindings were removed when it was retired.'
            : 'Bind it to a trusted issuer or to a key of its own; without a binding no token can be its.'}
        </Empty>
      ) : (
        <PlainTable
          label="Bindings"
          rows={agent.bindings}
          rowKey={({ id }) => id}
          columns={[
            { name: 'Kind', render: ({ kind }) => KIND_LABELS[kind] },
            { name: 'Issuer', render: (binding) => <BindingIssuer binding={binding} /> },
            { name: 'Exactly', render: ({ subject }) => <CopyableId id={subject} /> },
            { name: 'Conditions', render: (binding) => <Conditions binding={binding} /> },
            { name: 'Bound', render: ({ createdAt }) => <CopyableTime at={createdAt} /> },
            ...(canBind
              ? [
                  {
                    name: 'Take away',
                    render: (binding: Binding) => <Unbind agent={agent} binding={binding} />,
                  },
                ]
              : []),
          ]}
        />
      )}
      <Box sx={{ my: 1 }}>
        {canBind ? (
          <Button component={Link} to={`/agents/${agent.id}/set-up?step=bind`}>
            Add a binding…
          </Button>
        ) : (
          agent.state !== 'retired' && (
            <ForbiddenHint action="bind" subject="Agent" what="bind agents" />
          )
        )}
      </Box>
      {agent.bindings.length > 0 && <TokenHelp agent={agent} />}
    </>
  );
};

const BindingIssuer = ({ binding: { issuer } }: { binding: Binding }) =>
  issuer === null ? (
    <>this Gatehouse, for its key</>
  ) : (
    <>
      {issuer.name} <CopyableId id={issuer.url} />
    </>
  );

const Conditions = ({ binding: { conditions, kind } }: { binding: Binding }) => {
  if (kind === 'key') return <>its thumbprint (RFC 7638)</>;
  if (conditions.length === 0) return <>none</>;
  return (
    <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none', lineHeight: '24px' }}>
      {conditions.map(({ claim, equals }) => (
        <li key={claim}>
          <code>{claim}</code> is <CopyableId id={equals} />
        </li>
      ))}
    </Box>
  );
};

const Unbind = ({ agent, binding }: { agent: AgentDetail; binding: Binding }) => {
  const { unbindAgent } = useApi();
  const isLast = agent.bindings.length === 1;
  return (
    <ReasonButton
      label="Unbind…"
      action="bind"
      subject="Agent"
      instance={agentFacts(agent)}
      title={`Unbind ${binding.subject}?`}
      verb="Unbind"
      verbing="Unbinding"
      isDangerous
      act={(reason) => unbindAgent(agent.id, binding.id, reason)}
      done={`${agent.name} is not bound to it any more.`}
    >
      Tokens that name {agent.name} by this binding are rejected from now on.
      {isLast && ' It is the last one: the agent will have no binding and cannot call at all.'}
    </ReasonButton>
  );
};
