import { screen, type ResourceRoutes } from '../../shared/resource-routes.js';

export const toolServerRoutes: ResourceRoutes = {
  name: 'tool-servers',
  routes: [
    { path: '/', element: screen(() => import('./tool-server-list.js'), 'ToolServerList') },
    {
      path: '/register',
      element: screen(() => import('./tool-server-register.js'), 'ToolServerRegister'),
    },
    { path: '/:id', element: screen(() => import('./tool-server-show.js'), 'ToolServerShow') },
  ],
};
