import { Box, Tab, Tabs } from '@mui/material';
import { useSearchParams } from 'react-router-dom';
import type { AgentDetail } from '../api/types.js';
import { useCan } from '../sign-in/session-store.js';
import { Badge } from '../shared/badge.js';
import { Facts } from '../shared/facts.js';
import { CopyableId } from '../shared/copyable.js';
import { PersonLink, TeamLink } from '../shared/links.js';
import { Page } from '../shared/page.js';
import { Quoted } from '../shared/quoted.js';
import { RecordPage } from '../shared/record-page.js';
import { CopyableTime } from '../shared/time.js';
import { formatCount } from '../shared/format.js';
import { AgentActions } from './agent-actions.js';
import { AgentBanners } from './agent-banners.js';
import { AgentBindings } from './agent-bindings.js';
import { AgentCalls } from './agent-calls.js';
import { AgentHistory } from './agent-history.js';
import { AgentRightsTable } from './agent-rights-table.js';
import { Expiry } from './expiry.js';

export const AgentShow = () => (
  <RecordPage<AgentDetail> resource="agents" subject="Agent" one="agent">
    {(agent) => (
      <Page
        title={agent.name}
        aside={<Badge name={`agent:${agent.state}`} />}
        actions={<AgentActions agent={agent} />}
      >
        <AgentBanners agent={agent} />
        <AgentFacts agent={agent} />
        <AgentTabs agent={agent} />
      </Page>
    )}
  </RecordPage>
);

const AgentFacts = ({ agent }: { agent: AgentDetail }) => (
  <Facts
    columns={3}
    items={[
      { name: 'Owner', value: <Owner agent={agent} /> },
      { name: 'Risk tier', value: <Badge name={`tier:${agent.riskTier}`} /> },
      { name: 'Expires', value: <Expiry agent={agent} /> },
      { name: 'Team', value: <TeamLink team={agent.team} /> },
      { name: 'Tags', value: agent.tags.join(', ') || 'none' },
      {
        name: 'Unused limit',
        value:
          agent.inactiveAfterDays === null
            ? 'none'
            : `suspended after ${formatCount(agent.inactiveAfterDays, 'day')} without a call`,
      },
      {
        name: 'Last call',
        value: agent.lastCallAt === null ? 'never' : <CopyableTime at={agent.lastCallAt} />,
      },
      { name: 'Registered', value: <CopyableTime at={agent.createdAt} /> },
      {
        name: 'Tokens revoked',
        value:
          agent.tokensRevokedBefore === null ? (
            'never'
          ) : (
            <CopyableTime at={agent.tokensRevokedBefore} />
          ),
      },
      { name: 'Purpose', value: <Quoted text={agent.purpose} /> },
      {
        name: 'Activated',
        value: agent.activatedAt === null ? 'never' : <CopyableTime at={agent.activatedAt} />,
      },
      { name: 'Id', value: <CopyableId id={agent.id} /> },
    ]}
  />
);

const Owner = ({ agent }: { agent: AgentDetail }) => (
  <>
    {agent.orphanedAt !== null && (
      <>
        <Badge name="agent:orphaned" />, was{' '}
      </>
    )}
    <PersonLink person={agent.owner} />
  </>
);

const TABS = ['rights', 'calls', 'bindings', 'history'] as const;
type TabName = (typeof TABS)[number];

const TAB_LABELS: Readonly<Record<TabName, string>> = {
  rights: 'What it may do',
  calls: 'Recent calls',
  bindings: 'Bindings',
  history: 'History',
};

const AgentTabs = ({ agent }: { agent: AgentDetail }) => {
  const can = useCan();
  const [search, setSearch] = useSearchParams();
  const tabs = TABS.filter((tab) => tab !== 'history' || can('read', 'LedgerEntry'));
  const tab = tabs.find((one) => one === search.get('tab')) ?? 'rights';
  return (
    <Box>
      <Tabs
        value={tab}
        onChange={(_, next: TabName) => setSearch({ tab: next }, { replace: true })}
        aria-label={`About ${agent.name}`}
        sx={{ borderBottom: 1, borderColor: 'divider' }}
      >
        {tabs.map((one) => (
          <Tab
            key={one}
            value={one}
            label={one === 'bindings' ? `Bindings (${agent.bindings.length})` : TAB_LABELS[one]}
            id={`tab-${one}`}
            {...(one === tab ? { 'aria-controls': `panel-${one}` } : {})}
          />
        ))}
      </Tabs>
      <Box
        role="tabpanel"
        id={`panel-${tab}`}
        aria-labelledby={`tab-${tab}`}
        sx={{
          p: 1.5,
          bgcolor: 'background.paper',
          border: 1,
          borderTop: 0,
          borderColor: 'divider',
          borderRadius: '0 0 6px 6px',
        }}
      >
        {tab === 'rights' && <AgentRightsTable agent={agent} />}
        {tab === 'calls' && <AgentCalls agent={agent} />}
        {tab === 'bindings' && <AgentBindings agent={agent} />}
        {tab === 'history' && <AgentHistory agent={agent} />}
      </Box>
    </Box>
  );
};
