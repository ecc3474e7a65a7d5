import { claimPath } from './claim-value.js';
import type { TokenMapper } from './token-mapper.js';

export const clientRoleMapper: TokenMapper = {
  id: 'oidc-usermodel-client-role-mapper',
  apply: (draft, config, { roles }) => {
    const only = config['usermodel.clientRoleMapping.clientId'];
    const prefix = config['usermodel.clientRoleMapping.rolePrefix'] ?? '';
    for (const [clientId, names] of Object.entries(roles.clients)) {
      if (only !== undefined && only !== '' && only !== clientId) continue;
      if (names.length > 0)
        draft.addAll(
          claimPath(config, clientId),
          names.map((role) => prefix + role),
        );
    }
  },
};
