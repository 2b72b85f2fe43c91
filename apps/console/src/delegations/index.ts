import { screen, type ResourceRoutes } from '../shared/resource-routes.js';

export const delegationRoutes: ResourceRoutes = {
  name: 'delegations',
  routes: [
    { path: '/', element: screen(() => import('./delegation-list.js'), 'DelegationList') },
    { path: '/new', element: screen(() => import('./delegation-grant.js'), 'DelegationGrant') },
  ],
};
