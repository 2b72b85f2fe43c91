import { screen, type ResourceRoutes } from '../../shared/resource-routes.js';

export const toolRoutes: ResourceRoutes = {
  name: 'tools',
  routes: [
    { path: '/', element: screen(() => import('./tool-list.js'), 'ToolList') },
    { path: '/:id', element: screen(() => import('./tool-show.js'), 'ToolShow') },
  ],
};
