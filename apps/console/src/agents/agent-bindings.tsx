import { Box, Button } from '@mui/material';
import { Link } from 'react-router-dom';
import type { AgentDetail } from '../api/types.js';
import { agentFacts } from '../session/ability.js';
import { useMay } from '../session/session-store.js';
import { CopyableId } from '../shared/copyable.js';
import { PlainTable } from '../shared/plain-table.js';
import { Empty, NotYours } from '../shared/states.js';
import { CopyableTime } from '../shared/time.js';

/** How the company's issuers vouch for the agent. */
export const AgentBindings = ({ agent }: { agent: AgentDetail }) => {
  const mayBind = useMay()('bind', 'Agent', agentFacts(agent));
  return (
    <>
      {agent.bindings.length === 0 ? (
        <Empty title="Nothing vouches for this agent yet">
          Bind it to a subject of a trusted issuer; without one no token can be its.
        </Empty>
      ) : (
        <PlainTable
          label="Bindings"
          rows={agent.bindings}
          rowKey={({ id }) => id}
          columns={[
            { name: 'Issuer', render: ({ issuer }) => issuer.name },
            { name: 'Address', render: ({ issuer }) => <CopyableId id={issuer.url} /> },
            { name: 'Subject, exactly', render: ({ subject }) => <CopyableId id={subject} /> },
            { name: 'Bound', render: ({ createdAt }) => <CopyableTime at={createdAt} /> },
          ]}
        />
      )}
      <Box sx={{ mt: 1 }}>
        {mayBind ? (
          agent.state !== 'retired' && (
            <Button component={Link} to={`/agents/${agent.id}/set-up?step=bind`}>
              Bind to another subject…
            </Button>
          )
        ) : (
          <NotYours action="bind" subject="Agent" what="bind agents" />
        )}
      </Box>
    </>
  );
};
