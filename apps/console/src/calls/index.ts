import { screen, type ResourceRoutes } from '../shared/resource-routes.js';

export const callRoutes: ResourceRoutes = {
  name: 'calls',
  routes: [
    { path: '/', element: screen(() => import('./call-list.js'), 'CallList') },
    { path: '/:id', element: screen(() => import('./call-show.js'), 'CallShow') },
  ],
};
