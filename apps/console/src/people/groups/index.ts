import { screen, type ResourceRoutes } from '../../shared/resource-routes.js';

export const groupRoutes: ResourceRoutes = {
  name: 'groups',
  routes: [
    { path: '/', element: screen(() => import('./group-list.js'), 'GroupList') },
    { path: '/:id', element: screen(() => import('./group-show.js'), 'GroupShow') },
  ],
};
