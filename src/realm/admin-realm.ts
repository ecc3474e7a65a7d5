/** The realm of the server's own administrators: its users may be allowed to manage every realm. */
export const ADMIN_REALM = 'master';

/** Client that holds the admin roles of a realm, inside that realm. The admin realm has none: see `masterClientId`. */
export const REALM_MANAGEMENT = 'realm-management';

/** Client that holds the admin roles of a realm, its own included, inside the admin realm. */
export const masterClientId = (realm: string): string => `${realm}-realm`;

/** What an administrator of a realm may be allowed to do: the roles of these clients (Admin API reference 3). */
export const ADMIN_ROLES = [
  'create-client',
  'impersonation',
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
] as const;
export type AdminRole = (typeof ADMIN_ROLES)[number];
