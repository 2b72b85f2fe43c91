import { Box } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Overview } from '../api/types.js';
import { useCan } from '../sign-in/session-store.js';
import { listPath, TextLink } from '../shared/links.js';
import { useLive } from '../shared/live.js';
import { Page, Section } from '../shared/page.js';
import { Failed, RequirePermission, Loading } from '../shared/states.js';
import { useApi } from '../shared/use-api.js';
import { Attention } from './attention.js';
import { AgentCounts } from './agent-counts.js';
import { CallsChart } from './calls-chart.js';
import { ChangesToday } from './changes-today.js';
import { VerificationFailed, LedgerSummary } from './ledger-summary.js';
import { LatestDeniedOrInvalid } from './latest-denied-or-invalid.js';
import { RequestsWithoutAgent } from './requests-without-agent.js';
import { Waiting } from './waiting.js';

const REFRESH_MS = 4_000;

/** Is the fleet healthy and under control right now? */
export const OverviewPage = () => (
  <RequirePermission subject="Overview" what="see the overview">
    <Live />
  </RequirePermission>
);

const Live = () => {
  const { overview } = useApi();
  const live = useLive(REFRESH_MS);
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['overview'],
    queryFn: ({ signal }) => overview(signal),
    refetchInterval: live,
  });
  return (
    <Page title="Overview">
      {isPending && <Loading what="the overview" />}
      {error !== null && <Failed error={error} onRetry={() => void refetch()} />}
      {data !== undefined && <Numbers overview={data} />}
    </Page>
  );
};

const Numbers = ({ overview }: { overview: Overview }) => {
  const can = useCan();
  // Null where the reader may not see what is behind it.
  const { ledger, requestsWithoutAgentLast24h: requestsWithoutAgent } = overview;
  const verified = ledger?.lastVerification ?? null;
  return (
    <Box
      sx={{
        display: 'grid',
        gap: 1.5,
        alignItems: 'start',
        gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'minmax(0, 1fr) 320px' },
      }}
    >
      {verified?.ok === false && <VerificationFailed verified={verified} />}
      <Column>
        <Section
          title="Calls in the last 24 hours"
          aside={can('read', 'Call') && <TextLink to="/calls">All calls</TextLink>}
        >
          <CallsChart overview={overview} />
        </Section>
        <Section
          title="Newest denied and invalid calls"
          aside={
            can('read', 'Call') && (
              <>
                <TextLink to={listPath('calls', { decision: 'deny' })}>All denied</TextLink>{' '}
                <TextLink to={listPath('calls', { decision: 'invalid' })}>All invalid</TextLink>
              </>
            )
          }
        >
          <LatestDeniedOrInvalid calls={overview.latestDeniedOrInvalid} />
        </Section>
        <ChangesToday changes={overview.changesToday} verified={verified} />
      </Column>
      <Column>
        <Attention />
        <Waiting overview={overview} />
        <AgentCounts overview={overview} />
        {ledger !== null && <LedgerSummary ledger={ledger} />}
        {requestsWithoutAgent !== null && <RequestsWithoutAgent counts={requestsWithoutAgent} />}
      </Column>
    </Box>
  );
};

const Column = ({ children }: { children: ReactNode }) => (
  <Box sx={{ display: 'grid', gap: 1.5, gridTemplateColumns: 'minmax(0, 1fr)' }}>{children}</Box>
);
