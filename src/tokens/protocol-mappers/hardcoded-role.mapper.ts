import type { TokenMapper } from './token-mapper.js';

/** Adds one role: `role` names a realm role, `client.role` a role of a client. */
export const hardcodedRoleMapper: TokenMapper = {
  id: 'oidc-hardcoded-role-mapper',
  onByDefault: true,
  apply: (draft, config) => {
    const role = config['role'] ?? '';
    const dot = role.lastIndexOf('.');
    if (role === '') return;
    if (dot < 0) draft.addAll(['realm_access', 'roles'], [role]);
    else draft.addAll(['resource_access', role.slice(0, dot), 'roles'], [role.slice(dot + 1)]);
  },
};
