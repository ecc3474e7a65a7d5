import type { RouteObject } from 'react-router';
import type { MessageKey } from './messages/use-text.js';

/** A page of the account console. */
export interface Section {
  /** Its name in the navigation. */
  readonly label: MessageKey;
  /** Path below the console; empty for the first page. */
  readonly path: string;
  readonly route: RouteObject;
}

/** Every page, in the order of the navigation. Pages are loaded when they are visited. */
export const SECTIONS: readonly Section[] = [
  {
    label: 'personalInfo',
    path: '',
    route: {
      index: true,
      lazy: async () => ({ Component: (await import('./pages/personal-info/personal-info-page.js')).PersonalInfoPage }),
    },
  },
  {
    label: 'signingIn',
    path: 'signing-in',
    route: {
      path: 'signing-in',
      lazy: async () => ({ Component: (await import('./pages/signing-in/signing-in-page.js')).SigningInPage }),
    },
  },
  {
    label: 'sessions',
    path: 'sessions',
    route: {
      path: 'sessions',
      lazy: async () => ({ Component: (await import('./pages/sessions/sessions-page.js')).SessionsPage }),
    },
  },
  {
    label: 'applications',
    path: 'applications',
    route: {
      path: 'applications',
      lazy: async () => ({ Component: (await import('./pages/applications/applications-page.js')).ApplicationsPage }),
    },
  },
];
