import { Button } from '@mui/material';
import { Link } from 'react-router-dom';
import { useCan } from '../sign-in/session-store.js';

/** Leads a developer to asking for a tool that an agent may not use; nothing for others. */
export const RequestAccessButton = ({
  agent,
  tool,
  isSmall = false,
}: {
  agent: { id: string; name: string; teamId?: string };
  tool: { id: string; server: string; name: string };
  isSmall?: boolean;
}) => {
  const can = useCan();
  // A call names no team: then the form and the API say whether it is the reader's.
  const canRequest =
    agent.teamId === undefined
      ? can('request', 'AccessRequest')
      : can('request', 'AccessRequest', { agentTeamId: agent.teamId });
  if (!canRequest) return null;
  const search = new URLSearchParams({ agentId: agent.id, toolId: tool.id });
  return (
    <Button
      component={Link}
      to={`/access-requests/new?${search}`}
      aria-label={`Request access to ${tool.server}/${tool.name} for ${agent.name}`}
      {...(isSmall ? { variant: 'text', size: 'small', sx: { py: 0, whiteSpace: 'nowrap' } } : {})}
    >
      Request access…
    </Button>
  );
};
