import type { Area } from '../../area.js';

export const limits: Area = {
  entries: [
    {
      label: { en: 'Session limits', de: 'Sitzungsgrenzen', es: 'Límites de sesiones' },
      path: 'limits',
      group: 'manage',
      roles: ['view-realm', 'manage-realm'],
    },
  ],
  routes: [
    { path: 'limits', lazy: async () => ({ Component: (await import('./limits-page.js')).LimitsPage }) },
    {
      path: 'limits/new',
      lazy: async () => ({ Component: (await import('./limit-sessions-page.js')).LimitSessionsPage }),
    },
  ],
};
