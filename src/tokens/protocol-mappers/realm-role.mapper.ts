import { claimPath } from './claim-value.js';
import type { TokenMapper } from './token-mapper.js';

export const realmRoleMapper: TokenMapper = {
  id: 'oidc-usermodel-realm-role-mapper',
  apply: (draft, config, { roles }) => {
    const prefix = config['usermodel.realmRoleMapping.rolePrefix'] ?? '';
    if (roles.realm.length > 0)
      draft.addAll(
        claimPath(config),
        roles.realm.map((role) => prefix + role),
      );
  },
};
