import { screen, type ResourceRoutes } from '../shared/resource-routes.js';

export const agentRoutes: ResourceRoutes = {
  name: 'agents',
  routes: [
    { path: '/', element: screen(() => import('./agent-list.js'), 'AgentList') },
    { path: '/register', element: screen(() => import('./agent-register.js'), 'AgentRegister') },
    { path: '/:id', element: screen(() => import('./agent-show.js'), 'AgentShow') },
    { path: '/:id/change', element: screen(() => import('./agent-change.js'), 'AgentChange') },
    { path: '/:id/set-up', element: screen(() => import('./agent-set-up.js'), 'AgentSetUp') },
  ],
};
