import type { Area } from '../../area.js';

/** People of a realm. */
export const users: Area = {
  entries: [
    {
      label: { en: 'Users', de: 'Benutzer', es: 'Usuarios' },
      path: 'users',
      group: 'manage',
      roles: ['view-users', 'manage-users', 'query-users'],
    },
  ],
  routes: [
    { path: 'users', lazy: async () => ({ Component: (await import('./users-page.js')).UsersPage }) },
    { path: 'users/new', lazy: async () => ({ Component: (await import('./create-user-page.js')).CreateUserPage }) },
    {
      path: 'users/:user',
      lazy: async () => ({ Component: (await import('./user-page.js')).UserPage }),
      children: [
        { index: true, lazy: async () => ({ Component: (await import('./details-tab.js')).DetailsTab }) },
        {
          path: 'credentials',
          lazy: async () => ({ Component: (await import('./credentials-tab.js')).CredentialsTab }),
        },
        { path: 'roles', lazy: async () => ({ Component: (await import('./roles-tab.js')).RolesTab }) },
        { path: 'groups', lazy: async () => ({ Component: (await import('./groups-tab.js')).GroupsTab }) },
        { path: 'consents', lazy: async () => ({ Component: (await import('./consents-tab.js')).ConsentsTab }) },
        { path: 'sessions', lazy: async () => ({ Component: (await import('./sessions-tab.js')).SessionsTab }) },
      ],
    },
  ],
};
