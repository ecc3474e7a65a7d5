/** Roles that an administrator of a realm may have, and that a route may ask for. */
export type AdminRole =
  | 'create-client'
  | 'impersonation'
  | 'manage-authorization'
  | 'manage-clients'
  | 'manage-events'
  | 'manage-identity-providers'
  | 'manage-organizations'
  | 'manage-realm'
  | 'manage-users'
  | 'query-clients'
  | 'query-groups'
  | 'query-organizations'
  | 'query-realms'
  | 'query-users'
  | 'view-authorization'
  | 'view-clients'
  | 'view-events'
  | 'view-identity-providers'
  | 'view-organizations'
  | 'view-realm'
  | 'view-users';

/**
 * THE table of rights: what a route may ask for, and the roles any of which satisfies it (Admin API reference 3). A role that
 * contains another (`view-users` contains `query-users`) brings it as a stored composite and is not repeated here.
 */
export const ADMIN_RIGHTS = {
  viewRealm: ['view-realm', 'manage-realm'],
  manageRealm: ['manage-realm'],
  viewAuthenticationFlows: ['view-realm', 'manage-realm', 'query-clients'],
  viewRequiredActions: ['view-realm', 'manage-realm', 'query-users'],
  viewClientAuthenticators: ['view-realm', 'manage-realm', 'query-clients', 'view-clients', 'manage-clients'],
  viewEvents: ['view-events', 'manage-events'],
  manageEvents: ['manage-events'],
  /** Any role but impersonation: enough to know that the realm exists. */
  viewRealmName: [
    'create-client',
    'manage-authorization',
    'manage-clients',
    'manage-events',
    'manage-identity-providers',
    'manage-organizations',
    'manage-realm',
    'manage-users',
    'query-clients',
    'query-groups',
    'query-organizations',
    'query-realms',
    'query-users',
    'view-authorization',
    'view-clients',
    'view-events',
    'view-identity-providers',
    'view-organizations',
    'view-realm',
    'view-users',
  ],
  listClients: ['query-clients', 'view-clients', 'manage-clients'],
  viewClients: ['view-clients', 'manage-clients'],
  createClients: ['create-client', 'manage-clients'],
  manageClients: ['manage-clients'],
  queryUsers: ['query-users', 'view-users', 'manage-users'],
  viewUsers: ['view-users', 'manage-users'],
  manageUsers: ['manage-users'],
  listGroups: ['view-users', 'manage-users', 'query-groups'],
  impersonate: ['impersonation'],
} as const satisfies Readonly<Record<string, readonly AdminRole[]>>;

export type AdminRight = keyof typeof ADMIN_RIGHTS;

/** Whether roles satisfy a right. */
export const satisfies = (roles: ReadonlySet<string>, right: AdminRight): boolean =>
  ADMIN_RIGHTS[right].some((role) => roles.has(role));
