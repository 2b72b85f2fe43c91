import { Box } from '@mui/material';
import type { Overview } from '../api/types.js';
import { useCan } from '../sign-in/session-store.js';
import { Badge } from '../shared/badge.js';
import { listPath, TextLink } from '../shared/links.js';
import { Section } from '../shared/page.js';
import { CountList } from './count-list.js';

const STATES = ['active', 'suspended', 'draft', 'retired'] as const;
const TIERS = ['high', 'medium', 'low'] as const;

/** Agents by state and by risk tier. */
export const AgentCounts = ({ overview }: { overview: Overview }) => {
  const canOpen = useCan()('read', 'Agent');
  const to = (filter: Record<string, string>) => (canOpen ? listPath('agents', filter) : undefined);
  return (
    <Section title="Agents" aside={canOpen && <TextLink to="/agents">All agents</TextLink>}>
      <Box sx={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 3 }}>
        <CountList
          counts={STATES.map((state) => ({
            key: state,
            label: <Badge name={`agent:${state}`} />,
            count: overview.agentsByState[state] ?? 0,
            to: to({ state }),
          }))}
        />
        <CountList
          counts={TIERS.map((riskTier) => ({
            key: riskTier,
            label: <Badge name={`tier:${riskTier}`} />,
            count: overview.agentsByRiskTier[riskTier] ?? 0,
            to: to({ riskTier }),
          }))}
        />
      </Box>
    </Section>
  );
};
