import type { Area } from '../../area.js';

const READERS = ['view-realm', 'manage-realm'];

export const authentication: Area = {
  entries: [
    {
      label: { en: 'Authentication', de: 'Anmeldung', es: 'Autenticación' },
      path: 'authentication',
      group: 'configure',
      roles: READERS,
    },
  ],
  routes: [
    { path: 'authentication', lazy: async () => ({ Component: (await import('./flows-page.js')).FlowsPage }) },
    {
      path: 'authentication/required-actions',
      lazy: async () => ({ Component: (await import('./required-actions-page.js')).RequiredActionsPage }),
    },
    {
      path: 'authentication/policies',
      lazy: async () => ({ Component: (await import('./policies/policies-page.js')).PoliciesPage }),
    },
    {
      path: 'authentication/flows/:alias/:view?',
      lazy: async () => ({ Component: (await import('./flow-page.js')).FlowPage }),
    },
  ],
};
