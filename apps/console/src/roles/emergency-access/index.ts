import { screen, type ResourceRoutes } from '../../shared/resource-routes.js';

export const emergencyRoutes: ResourceRoutes = {
  name: 'emergency-access',
  routes: [{ path: '/', element: screen(() => import('./emergency-page.js'), 'EmergencyPage') }],
};
