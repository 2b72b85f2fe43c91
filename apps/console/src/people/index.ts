import { screen, type ResourceRoutes } from '../shared/resource-routes.js';

export const peopleRoutes: ResourceRoutes = {
  name: 'people',
  routes: [
    { path: '/', element: screen(() => import('./people-list.js'), 'PeopleList') },
    { path: '/add', element: screen(() => import('./person-add.js'), 'PersonAdd') },
    { path: '/:id', element: screen(() => import('./person-show.js'), 'PersonShow') },
    { path: '/:id/change', element: screen(() => import('./person-change.js'), 'PersonChange') },
  ],
};
