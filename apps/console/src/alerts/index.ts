import { screen, type ResourceRoutes } from '../shared/resource-routes.js';

export const alertRoutes: ResourceRoutes = {
  name: 'alerts',
  routes: [{ path: '/', element: screen(() => import('./alert-list.js'), 'AlertList') }],
};
