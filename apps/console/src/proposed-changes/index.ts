import { screen, type ResourceRoutes } from '../shared/resource-routes.js';

export const proposedChangeRoutes: ResourceRoutes = {
  name: 'proposed-changes',
  routes: [
    {
      path: '/',
      element: screen(() => import('./proposed-change-list.js'), 'ProposedChangeList'),
    },
    {
      path: '/:id',
      element: screen(() => import('./proposed-change-show.js'), 'ProposedChangeShow'),
    },
  ],
};
