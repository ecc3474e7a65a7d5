import { Navigate } from 'react-router';
import { createElement } from 'react';
import type { Area } from '../../area.js';

/** What holds for a whole realm. */
export const realmSettings: Area = {
  entries: [
    {
      label: { en: 'Realm settings', de: 'Realm-Einstellungen', es: 'Ajustes del realm' },
      path: 'realm-settings',
      group: 'configure',
      roles: ['view-realm', 'manage-realm'],
    },
  ],
  routes: [
    {
      path: 'realm-settings',
      lazy: async () => ({ Component: (await import('./realm-settings-page.js')).RealmSettingsPage }),
      children: [
        { index: true, element: createElement(Navigate, { to: 'general', replace: true }) },
        { path: 'general', lazy: async () => ({ Component: (await import('./settings-tabs.js')).GeneralTab }) },
        { path: 'login', lazy: async () => ({ Component: (await import('./settings-tabs.js')).LoginTab }) },
        { path: 'sessions', lazy: async () => ({ Component: (await import('./settings-tabs.js')).SessionsTab }) },
        { path: 'tokens', lazy: async () => ({ Component: (await import('./settings-tabs.js')).TokensTab }) },
        { path: 'bruteForce', lazy: async () => ({ Component: (await import('./settings-tabs.js')).BruteForceTab }) },
        { path: 'keys', lazy: async () => ({ Component: (await import('./keys/keys-tab.js')).KeysTab }) },
        {
          path: 'localization',
          lazy: async () => ({ Component: (await import('./localization-tab.js')).LocalizationTab }),
        },
        { path: 'events', lazy: async () => ({ Component: (await import('./events-tab.js')).EventsTab }) },
        { path: 'email', lazy: async () => ({ Component: (await import('./email-tab.js')).EmailTab }) },
      ],
    },
  ],
};
