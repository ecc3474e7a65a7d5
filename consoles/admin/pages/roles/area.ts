import type { Area } from '../../area.js';

/** Roles of the realm. */
export const roles: Area = {
  entries: [
    {
      label: { en: 'Realm roles', de: 'Realm-Rollen', es: 'Roles del realm' },
      path: 'roles',
      group: 'manage',
      roles: ['view-realm', 'manage-realm'],
    },
  ],
  routes: [
    { path: 'roles', lazy: async () => ({ Component: (await import('./roles-page.js')).RolesPage }) },
    { path: 'roles/:role', lazy: async () => ({ Component: (await import('./role-page.js')).RolePage }) },
  ],
};
