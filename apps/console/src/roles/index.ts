import { screen, type ResourceRoutes } from '../shared/resource-routes.js';

export const roleRoutes: ResourceRoutes = {
  name: 'roles',
  routes: [{ path: '/', element: screen(() => import('./roles-page.js'), 'RolesPage') }],
};
