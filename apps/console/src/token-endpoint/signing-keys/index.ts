import { screen, type ResourceRoutes } from '../../shared/resource-routes.js';

export const signingKeyRoutes: ResourceRoutes = {
  name: 'signing-keys',
  routes: [
    { path: '/', element: screen(() => import('./signing-keys-page.js'), 'SigningKeysPage') },
  ],
};
