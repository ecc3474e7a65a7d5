import type { Area } from '../../area.js';

/** What happened in a realm. */
export const events: Area = {
  entries: [
    {
      label: { en: 'Events', de: 'Ereignisse', es: 'Eventos' },
      path: 'events',
      group: 'manage',
      roles: ['view-events', 'manage-events'],
    },
  ],
  routes: [
    {
      path: 'events',
      lazy: async () => ({ Component: (await import('./events-page.js')).EventsPage }),
      children: [
        { index: true, lazy: async () => ({ Component: (await import('./user-events.js')).UserEvents }) },
        { path: 'admin', lazy: async () => ({ Component: (await import('./admin-events.js')).AdminEvents }) },
      ],
    },
  ],
};
