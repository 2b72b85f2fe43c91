import { Button } from '@mui/material';
import { Link } from 'react-router-dom';
import { proposeRulePath } from './propose-paths.js';

/** Leads to the editor with a rule that allows this tool to this agent, to be narrowed. */
export const ProposeRuleButton = ({
  agent,
  tool,
  policyId,
  isSmall = false,
}: {
  agent: string;
  tool: { server: string; name: string };
  /** The policy that decides the pair today; absent, the reader or the only policy says. */
  policyId?: string | undefined;
  isSmall?: boolean;
}) => {
  const name = `${tool.server}/${tool.name}`;
  return (
    <Button
      component={Link}
      to={proposeRulePath({ agent, tool: name }, policyId)}
      aria-label={`Propose a rule for ${agent} and ${name}`}
      {...(isSmall ? { variant: 'text', size: 'small', sx: { py: 0, whiteSpace: 'nowrap' } } : {})}
    >
      Propose a rule…
    </Button>
  );
};
