import type { ResourceName } from './client-methods.js';

/** The resources whose every method is driven by a test. One a line; what the client has and this list lacks is not done yet. */
export const DRIVEN_RESOURCES: readonly ResourceName[] = [
  'attackDetection',
  'authenticationManagement',
  'cache',
  'clientPolicies',
  'clientScopes',
  'clients',
  'identityProviders',
  'organizations',
  'serverInfo',
  'userStorageProvider',
  'whoAmI',
  'workflows',
];
