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
  viewUserProfile: ['view-realm', 'manage-realm', 'query-users', 'view-users', 'manage-users'],
  listClients: ['query-clients', 'view-clients', 'manage-clients'],
  viewClients: ['view-clients', 'manage-clients'],
  createClients: ['create-client', 'manage-clients'],
  manageClients: ['manage-clients'],
  viewAuthorization: ['view-authorization', 'manage-authorization'],
  manageAuthorization: ['manage-authorization'],
  queryUsers: ['query-users', 'view-users', 'manage-users'],
  viewUsers: ['view-users', 'manage-users'],
  manageUsers: ['manage-users'],
  listGroups: ['view-users', 'manage-users', 'query-groups'],
  impersonate: ['impersonation'],
  viewIdentityProviders: ['view-identity-providers', 'manage-identity-providers'],
  manageIdentityProviders: ['manage-identity-providers'],
  queryOrganizations: ['query-organizations', 'view-organizations', 'manage-organizations'],
  manageOrganizations: ['manage-organizations'],
} as const satisfies Readonly<Record<string, readonly AdminRole[]>>;

export type AdminRight = keyof typeof ADMIN_RIGHTS;

/** Lesser roles that a role makes up for, beyond what its stored composites bring. */
const OUTRANKED: Readonly<Partial<Record<AdminRole, readonly AdminRole[]>>> = {
  'manage-authorization': ['view-authorization'],
  'manage-clients': ['create-client', 'query-clients', 'view-clients'],
  'manage-events': ['view-events'],
  'manage-identity-providers': ['view-identity-providers'],
  'manage-organizations': ['query-organizations', 'view-organizations'],
  'manage-realm': ['view-realm'],
  'manage-users': ['query-groups', 'query-users', 'view-users'],
};

/** Whether somebody with these roles has the role too, or a stronger one of its family. */
export const covers = (roles: ReadonlySet<string>, role: string): boolean =>
  roles.has(role) ||
  Object.entries(OUTRANKED).some(([strong, weak]) => roles.has(strong) && weak.some((w) => w === role));

/** Whether roles satisfy a right. */
export const satisfies = (roles: ReadonlySet<string>, right: AdminRight): boolean =>
  ADMIN_RIGHTS[right].some((role) => roles.has(role));
