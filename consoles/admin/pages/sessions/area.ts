import type { Area } from '../../area.js';

/** Who is signed in, who was, and what ends it for all. */
export const sessions: Area = {
  entries: [
    {
      label: { en: 'Sessions', de: 'Sitzungen', es: 'Sesiones' },
      path: 'sessions',
      group: 'manage',
      roles: ['view-users', 'manage-users', 'view-realm', 'manage-realm'],
    },
  ],
  routes: [
    {
      path: 'sessions',
      lazy: async () => ({ Component: (await import('./sessions-page.js')).SessionsPage }),
      children: [
        { index: true, lazy: async () => ({ Component: (await import('./live-sessions.js')).LiveSessions }) },
        { path: 'users', lazy: async () => ({ Component: (await import('./user-search.js')).UserSearch }) },
        {
          path: 'clients',
          lazy: async () => ({ Component: (await import('./client-statistics.js')).ClientStatistics }),
        },
        { path: 'ended', lazy: async () => ({ Component: (await import('./ended-sessions.js')).EndedSessions }) },
        { path: 'revocation', lazy: async () => ({ Component: (await import('./revocation.js')).Revocation }) },
      ],
    },
  ],
};
