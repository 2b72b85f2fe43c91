import { screen, type ResourceRoutes } from '../shared/resource-routes.js';

export const issuerRoutes: ResourceRoutes = {
  name: 'issuers',
  routes: [{ path: '/', element: screen(() => import('./issuer-list.js'), 'IssuerList') }],
};
