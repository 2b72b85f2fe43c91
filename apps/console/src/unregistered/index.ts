import { screen, type ResourceRoutes } from '../shared/resource-routes.js';

export const unregisteredRoutes: ResourceRoutes = {
  name: 'unregistered-callers',
  routes: [
    { path: '/', element: screen(() => import('./caller-list.js'), 'CallerList') },
    { path: '/:id', element: screen(() => import('./caller-show.js'), 'CallerShow') },
  ],
};
