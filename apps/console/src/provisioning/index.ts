import { screen, type ResourceRoutes } from '../shared/resource-routes.js';

export const scimRoutes: ResourceRoutes = {
  name: 'scim-connections',
  routes: [
    { path: '/', element: screen(() => import('./connection-list.js'), 'ConnectionList') },
    {
      path: '/register',
      element: screen(() => import('./connection-register.js'), 'ConnectionRegister'),
    },
    { path: '/:id', element: screen(() => import('./connection-show.js'), 'ConnectionShow') },
    {
      path: '/:id/set-up',
      element: screen(() => import('./connection-set-up.js'), 'ConnectionSetUp'),
    },
  ],
};
