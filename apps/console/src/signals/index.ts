import { screen, type ResourceRoutes } from '../shared/resource-routes.js';

export const streamRoutes: ResourceRoutes = {
  name: 'signal-streams',
  routes: [
    { path: '/', element: screen(() => import('./stream-list.js'), 'StreamList') },
    { path: '/register', element: screen(() => import('./stream-register.js'), 'StreamRegister') },
    { path: '/:id', element: screen(() => import('./stream-show.js'), 'StreamShow') },
  ],
};
