import { screen, type ResourceRoutes } from '../shared/resource-routes.js';

export const issuerRoutes: ResourceRoutes = {
  name: 'issuers',
  routes: [
    { path: '/', element: screen(() => import('./issuer-list.js'), 'IssuerList') },
    { path: '/trust', element: screen(() => import('./issuer-trust.js'), 'IssuerTrust') },
    { path: '/:id', element: screen(() => import('./issuer-show.js'), 'IssuerShow') },
    { path: '/:id/change', element: screen(() => import('./issuer-change.js'), 'IssuerChange') },
    { path: '/:id/sign-in', element: screen(() => import('./sign-in-set-up.js'), 'SignInSetUp') },
  ],
};
