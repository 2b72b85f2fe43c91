import { screen, type ResourceRoutes } from '../shared/resource-routes.js';

export const ledgerRoutes: ResourceRoutes = {
  name: 'ledger-entries',
  routes: [
    { path: '/', element: screen(() => import('./entry-list.js'), 'EntryList') },
    { path: '/:id', element: screen(() => import('./entry-show.js'), 'EntryShow') },
  ],
};
