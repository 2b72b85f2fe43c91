import { screen, type ResourceRoutes } from '../../shared/resource-routes.js';

export const teamRoutes: ResourceRoutes = {
  name: 'teams',
  routes: [
    { path: '/', element: screen(() => import('./team-list.js'), 'TeamList') },
    { path: '/:id', element: screen(() => import('./team-show.js'), 'TeamShow') },
  ],
};
