import { screen, type ResourceRoutes } from '../shared/resource-routes.js';

export const accessRequestRoutes: ResourceRoutes = {
  name: 'access-requests',
  routes: [
    { path: '/', element: screen(() => import('./request-list.js'), 'RequestList') },
    { path: '/new', element: screen(() => import('./request-new.js'), 'RequestNew') },
    { path: '/:id', element: screen(() => import('./request-show.js'), 'RequestShow') },
  ],
};
