import { screen, type ResourceRoutes } from '../shared/resource-routes.js';

export const killSwitchRoutes: ResourceRoutes = {
  name: 'kill-switches',
  routes: [{ path: '/', element: screen(() => import('./kill-switch-list.js'), 'KillSwitchList') }],
};
