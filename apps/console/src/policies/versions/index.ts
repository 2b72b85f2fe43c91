import { screen, type ResourceRoutes } from '../../shared/resource-routes.js';

export const policyVersionRoutes: ResourceRoutes = {
  name: 'policy-versions',
  routes: [
    { path: '/', element: screen(() => import('./version-list.js'), 'VersionList') },
    { path: '/:id', element: screen(() => import('./version-show.js'), 'VersionShow') },
  ],
};
