import { Box } from '@mui/material';
import type { PersonDetail } from '../api/types.js';
import { useCan } from '../sign-in/session-store.js';
import { Badge } from '../shared/badge.js';
import { BADGES, type BadgeName } from '../shared/badges.js';
import { listPath, TextLink } from '../shared/links.js';
import { Section } from '../shared/page.js';
import { formatCount, visibleText } from '../shared/format.js';

const isBadge = (name: string): name is BadgeName => Object.hasOwn(BADGES, name);

/** The agents that they answer for, and how many may act for them. */
export const PersonAgents = ({ person }: { person: PersonDetail }) => {
  const can = useCan();
  return (
    <Section
      title="Agents"
      aside={
        can('read', 'Agent') && (
          <TextLink to={listPath('agents', { ownerId: person.id })}>In the agents’ list</TextLink>
        )
      }
    >
      <Box sx={{ display: 'grid', gap: 0.5 }}>
        {person.agents.length === 0 ? (
          <Box>They own no agent{can('read', 'Agent') ? '' : ' that you may see'}.</Box>
        ) : (
          person.agents.map(({ id, name, state }) => {
            const badge = `agent:${state}`;
            return (
              <Box key={id} sx={{ display: 'flex', gap: 1.5 }}>
                <TextLink to={`/agents/${id}`}>{visibleText(name)}</TextLink>
                {isBadge(badge) ? <Badge name={badge} /> : state}
              </Box>
            );
          })
        )}
        <Box sx={{ color: 'text.secondary' }}>
          {person.activeDelegations === 0
            ? 'No agent may act for them by an active delegation.'
            : `${formatCount(person.activeDelegations, 'active delegation')} let agents act for them.`}
        </Box>
      </Box>
    </Section>
  );
};
