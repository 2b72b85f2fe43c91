import { screen, type ResourceRoutes } from '../shared/resource-routes.js';

export const unregisteredRoutes: ResourceRoutes = {
  name: 'unregistered-agents',
  routes: [
    {
      path: '/',
      element: screen(() => import('./unregistered-agent-list.js'), 'UnregisteredAgentList'),
    },
    {
      path: '/:id',
      element: screen(() => import('./unregistered-agent-show.js'), 'UnregisteredAgentShow'),
    },
  ],
};
