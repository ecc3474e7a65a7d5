import type { Area } from '../../area.js';

/** The realms of the server. */
export const realms: Area = {
  entries: [{ label: { en: 'Realms', de: 'Realms', es: 'Realms' }, path: 'realms', group: 'configure', roles: [] }],
  routes: [
    { path: 'realms', lazy: async () => ({ Component: (await import('./realms-page.js')).RealmsPage }) },
    {
      path: 'realms/create',
      lazy: async () => ({ Component: (await import('./create-realm-page.js')).CreateRealmPage }),
    },
    {
      path: 'realms/import',
      lazy: async () => ({ Component: (await import('./import-realm-page.js')).ImportRealmPage }),
    },
  ],
};
