import { parseRole, withRole } from './role-sets.js';
import type { TokenMapper } from './token-mapper.js';

/** Adds one role to those a token speaks of: `role` names a realm role, `client.role` a role of a client. */
export const hardcodedRoleMapper: TokenMapper = {
  id: 'oidc-hardcoded-role-mapper',
  onByDefault: true,
  shapeRoles: (roles, config) => (config['role'] ? withRole(roles, parseRole(config['role'])) : roles),
  apply: () => undefined,
};
