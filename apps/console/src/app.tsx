import { QueryClient } from '@tanstack/react-query';
import { lazy } from 'react';
import { Admin, CustomRoutes, Resource } from 'react-admin';
import { Route } from 'react-router-dom';
import { accessRequestRoutes } from './access-requests/index.js';
import { agentRoutes } from './agents/index.js';
import { alertRoutes } from './alerts/index.js';
import { ApiError } from './api/errors.js';
import { dataProvider } from './api/data-provider.js';
import { callRoutes } from './calls/index.js';
import { delegationRoutes } from './delegations/index.js';
import { emergencyRoutes } from './roles/emergency-access/index.js';
import { groupRoutes } from './people/groups/index.js';
import { issuerRoutes } from './issuers/index.js';
import { roleRoutes } from './roles/index.js';
import { scimRoutes } from './provisioning/index.js';
import { streamRoutes } from './signals/index.js';
import { signingKeyRoutes } from './token-endpoint/signing-keys/index.js';
import { teamRoutes } from './people/teams/index.js';
import { Layout } from './layout/layout.js';
import { NotFound } from './layout/not-found.js';
import { ledgerRoutes } from './audit/index.js';
import { peopleRoutes } from './people/index.js';
import { policyVersionRoutes } from './policies/versions/index.js';
import { policyRoutes } from './policies/index.js';
import { proposedChangeRoutes } from './proposed-changes/index.js';
import { authProvider } from './sign-in/auth-provider.js';
import { SignInPage } from './sign-in/sign-in-page.js';
import { FrontPage } from './sign-in/setup/front-page.js';
import { killSwitchRoutes } from './kill-switches/index.js';
import { darkTheme, lightTheme } from './theme.js';
import { toolServerRoutes } from './catalog/tool-servers/index.js';
import { toolRoutes } from './catalog/tools/index.js';
import { unregisteredRoutes } from './unregistered-agents/index.js';
import type { ResourceRoutes } from './shared/resource-routes.js';

const Overview = lazy(() =>
  import('./overview/overview-page.js').then(({ OverviewPage }) => ({ default: OverviewPage })),
);
const OwnerPage = lazy(() =>
  import('./sign-in/setup/owner-page.js').then(({ OwnerPage }) => ({ default: OwnerPage })),
);

const RESOURCES: readonly ResourceRoutes[] = [
  alertRoutes,
  proposedChangeRoutes,
  killSwitchRoutes,
  agentRoutes,
  unregisteredRoutes,
  accessRequestRoutes,
  delegationRoutes,
  toolServerRoutes,
  toolRoutes,
  policyRoutes,
  policyVersionRoutes,
  callRoutes,
  ledgerRoutes,
  peopleRoutes,
  groupRoutes,
  teamRoutes,
  roleRoutes,
  emergencyRoutes,
  issuerRoutes,
  scimRoutes,
  streamRoutes,
  signingKeyRoutes,
];

const MAX_RETRIES = 1;

// A rejection stays a rejection however often it is asked; only what never answered is tried again.
const isWorthRetrying = (failures: number, error: unknown): boolean =>
  failures < MAX_RETRIES && !(error instanceof ApiError && error.status > 0 && error.status < 500);

const queryClient = new QueryClient({ defaultOptions: { queries: { retry: isWorthRetrying } } });

/** The console: sign-in first, then one place per question. */
export const App = () => (
  <Admin
    title="Gatehouse"
    dataProvider={dataProvider}
    authProvider={authProvider}
    queryClient={queryClient}
    theme={lightTheme}
    darkTheme={darkTheme}
    layout={Layout}
    loginPage={SignInPage}
    catchAll={NotFound}
    requireAuth
    disableTelemetry
  >
    {RESOURCES.map(({ name, routes }) => (
      <Resource key={name} name={name}>
        {routes.map(({ path, element }) => (
          <Route key={path} path={path} element={element} />
        ))}
        <Route path="*" element={<NotFound />} />
      </Resource>
    ))}
    <CustomRoutes>
      <Route path="/" element={<FrontPage overview={<Overview />} />} />
      <Route path="/setup" element={<OwnerPage />} />
    </CustomRoutes>
  </Admin>
);
