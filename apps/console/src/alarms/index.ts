import { screen, type ResourceRoutes } from '../shared/resource-routes.js';

export const alarmRoutes: ResourceRoutes = {
  name: 'alarms',
  routes: [{ path: '/', element: screen(() => import('./alarm-list.js'), 'AlarmList') }],
};
