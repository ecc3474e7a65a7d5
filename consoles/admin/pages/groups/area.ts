import type { Area } from '../../area.js';

/** Groups of users. */
export const groups: Area = {
  entries: [
    {
      label: { en: 'Groups', de: 'Gruppen', es: 'Grupos' },
      path: 'groups',
      group: 'manage',
      roles: ['query-groups', 'view-users', 'manage-users'],
    },
  ],
  routes: [
    { path: 'groups', lazy: async () => ({ Component: (await import('./groups-page.js')).GroupsPage }) },
    { path: 'groups/:group', lazy: async () => ({ Component: (await import('./group-page.js')).GroupPage }) },
  ],
};
