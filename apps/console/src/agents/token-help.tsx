import { Box, Typography } from '@mui/material';
import { useGetList } from 'react-admin';
import type { AgentDetail, Issuer } from '../api/types.js';
import { useCan } from '../sign-in/session-store.js';
import { CopyLine } from '../shared/copy-line.js';
import { firstCall, recipeOf } from './token-recipes.js';

const ALL_OF_FEW = 100;

/** How the agent gets a token by each of its bindings, and calls a tool with it. */
export const TokenHelp = ({ agent }: { agent: AgentDetail }) => {
  const canRead = useCan()('read', 'Issuer');
  const { data: issuers = [] } = useGetList<Issuer>(
    'issuers',
    { pagination: { page: 1, perPage: ALL_OF_FEW } },
    { enabled: canRead, onError: () => undefined },
  );
  const { origin } = window.location;
  return (
    <Box component="section" aria-label="How it gets a token" sx={{ display: 'grid', gap: 1 }}>
      <Typography variant="h2">How it gets a token</Typography>
      {agent.bindings.map((binding) => {
        const issuer = issuers.find(({ id }) => id === binding.issuer?.id);
        const { title, text } = recipeOf({
          agentId: agent.id,
          binding,
          profile: issuer?.profile ?? null,
          audience: binding.issuer === null ? origin : (issuer?.audiences[0] ?? origin),
          origin,
        });
        return <CopyLine key={binding.id} label={title} value={text} />;
      })}
      <CopyLine label="Then it calls a tool with it:" value={firstCall(origin)} />
    </Box>
  );
};
