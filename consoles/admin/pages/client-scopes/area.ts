import type { Area } from '../../area.js';

/** Client scopes: what tokens contain, for several clients at once. */
export const clientScopes: Area = {
  entries: [
    {
      label: { en: 'Client scopes', de: 'Client-Scopes', es: 'Scopes de cliente' },
      path: 'client-scopes',
      group: 'manage',
      roles: ['query-clients', 'view-clients', 'manage-clients'],
    },
  ],
  routes: [
    { path: 'client-scopes', lazy: async () => ({ Component: (await import('./scopes-page.js')).ScopesPage }) },
    { path: 'client-scopes/:scope', lazy: async () => ({ Component: (await import('./scope-page.js')).ScopePage }) },
  ],
};
