import { Box } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNotify } from 'react-admin';
import { useNavigate } from 'react-router-dom';
import type { PolicyVersionDetail, Ref, ToolRef } from '../../api/types.js';
import { PickOne } from '../../shared/pick-one.js';
import { ReasonDialog } from '../../shared/reason-dialog.js';
import { useApi } from '../../shared/use-api.js';

/** Proposes to deny one tool to one agent, and leads to the proposal's review. */
export const DenyToolDialog = ({
  agent,
  tool,
  initialReason = '',
  onClose,
}: {
  /** Absent: the reader picks one. */
  agent?: Ref;
  tool: ToolRef;
  initialReason?: string;
  onClose: () => void;
}) => {
  const { proposeDenial } = useApi();
  const navigate = useNavigate();
  const notify = useNotify();
  const queryClient = useQueryClient();
  const [picked, setPicked] = useState('');
  const agentId = agent?.id ?? picked;
  const toolName = `${tool.server}/${tool.name}`;

  const done = (version: PolicyVersionDetail): void => {
    notify('Proposed. A second person must confirm it before it applies.', { type: 'success' });
    void queryClient.invalidateQueries();
    void navigate(`/policy-versions/${version.id}`);
  };

  return (
    <ReasonDialog
      title={
        agent === undefined
          ? `Deny ${toolName} for an agent?`
          : `Deny ${toolName} for ${agent.name}?`
      }
      initialReason={initialReason}
      verb="Propose to deny"
      verbing="Proposing"
      isDangerous
      warning="Nothing changes yet: a second person in security must confirm it."
      isIncomplete={agentId === ''}
      act={(reason) => proposeDenial({ agentId, toolId: tool.id, reason })}
      onDone={done}
      onClose={onClose}
    >
      A rule that denies every call of this tool by {agent?.name ?? 'the agent'} is proposed. The
      agent gets the reason as the answer of a denied call.
      {agent === undefined && (
        <Box sx={{ mt: 1.5 }}>
          <PickOne
            source="agentId"
            label="Agent"
            resource="agents"
            value={picked}
            onChange={setPicked}
          />
        </Box>
      )}
    </ReasonDialog>
  );
};
