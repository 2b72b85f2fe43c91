import { screen, type ResourceRoutes } from '../shared/resource-routes.js';

export const stopRoutes: ResourceRoutes = {
  name: 'stops',
  routes: [{ path: '/', element: screen(() => import('./stop-list.js'), 'StopList') }],
};
