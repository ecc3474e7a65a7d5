import type { ResourceName } from './client-methods.js';

/** The resources whose every method is driven by a test. One a line; what the client has and this list lacks is not done yet. */
export const DRIVEN_RESOURCES: readonly ResourceName[] = [
  'attackDetection',
  'authenticationManagement',
  'cache',
  'clientPolicies',
  'clients',
  'clientScopes',
  'components',
  'groups',
  'identityProviders',
  'organizations',
  'realms',
  'roles',
  'serverInfo',
  'users',
  'userStorageProvider',
  'whoAmI',
  'workflows',
];
