import { screen, type ResourceRoutes } from '../shared/resource-routes.js';

export const policyRoutes: ResourceRoutes = {
  name: 'policies',
  routes: [
    { path: '/', element: screen(() => import('./policy-list.js'), 'PolicyList') },
    { path: '/propose', element: screen(() => import('./policy-propose.js'), 'PolicyProposeNew') },
    {
      path: '/propose-rule',
      element: screen(() => import('./policy-propose.js'), 'PolicyProposeRule'),
    },
    { path: '/:id', element: screen(() => import('./policy-show.js'), 'PolicyShow') },
    {
      path: '/:id/propose',
      element: screen(() => import('./policy-propose.js'), 'PolicyProposeChange'),
    },
  ],
};
