import { hasRole, parseRole, withoutRole, withRole } from './role-sets.js';
import type { TokenMapper } from './token-mapper.js';

/** Calls a role by another name, or moves it to another client or to the realm; for users who have it. */
export const roleNameMapper: TokenMapper = {
  id: 'oidc-role-name-mapper',
  onByDefault: true,
  shapeRoles(roles, config) {
    const [role, name] = [config['role'], config['new.role.name']];
    if (!role || !name) return roles;
    const before = parseRole(role);
    return hasRole(roles, before) ? withRole(withoutRole(roles, before), parseRole(name)) : roles;
  },
  apply: () => undefined,
};
