import { createElement } from 'react';
import { Navigate } from 'react-router';
import type { Area } from '../../area.js';

/** Applications of the realm: who they are, what they may do, and how people sign in to them. */
export const clients: Area = {
  entries: [
    {
      label: { en: 'Clients', de: 'Clients', es: 'Clientes' },
      path: 'clients',
      group: 'manage',
      roles: ['query-clients', 'view-clients', 'manage-clients'],
    },
  ],
  routes: [
    { path: 'clients', lazy: async () => ({ Component: (await import('./clients-page.js')).ClientsPage }) },
    {
      path: 'clients/new',
      lazy: async () => ({ Component: (await import('./create-client-page.js')).CreateClientPage }),
    },
    {
      path: 'clients/:client',
      lazy: async () => ({ Component: (await import('./client-page.js')).ClientPage }),
      children: [
        { index: true, element: createElement(Navigate, { to: 'settings', replace: true }) },
        { path: 'settings', lazy: async () => ({ Component: (await import('./settings-tab.js')).SettingsTab }) },
        {
          path: 'credentials',
          lazy: async () => ({ Component: (await import('./credentials-tab.js')).CredentialsTab }),
        },
        { path: 'roles', lazy: async () => ({ Component: (await import('./roles-tab.js')).RolesTab }) },
        { path: 'scopes', lazy: async () => ({ Component: (await import('./scopes-tab.js')).ScopesTab }) },
        { path: 'mappers', lazy: async () => ({ Component: (await import('./mappers-tab.js')).MappersTab }) },
        {
          path: 'service-account',
          lazy: async () => ({ Component: (await import('./service-account-tab.js')).ServiceAccountTab }),
        },
        { path: 'sessions', lazy: async () => ({ Component: (await import('./sessions-tab.js')).SessionsTab }) },
        { path: 'offline', lazy: async () => ({ Component: (await import('./sessions-tab.js')).OfflineTab }) },
        { path: 'advanced', lazy: async () => ({ Component: (await import('./advanced-tab.js')).AdvancedTab }) },
      ],
    },
  ],
};
