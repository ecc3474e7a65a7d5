import { ADMIN_ROLES, type AdminRole } from '../realm/admin-realm.js';

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
  viewRealmName: ADMIN_ROLES.filter((role) => role !== 'impersonation'),
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
