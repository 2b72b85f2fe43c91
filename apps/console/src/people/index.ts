import { screen, type ResourceRoutes } from '../shared/resource-routes.js';

export const peopleRoutes: ResourceRoutes = {
  name: 'people',
  routes: [{ path: '/', element: screen(() => import('./people-list.js'), 'PeopleList') }],
};
