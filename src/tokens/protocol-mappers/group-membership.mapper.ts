import { claimPath } from './claim-value.js';
import type { TokenMapper } from './token-mapper.js';

export const groupMembershipMapper: TokenMapper = {
  id: 'oidc-group-membership-mapper',
  needs: 'groups',
  apply: (draft, config, { groups }) => {
    const full = config['full.path'] !== 'false';
    if (groups.length > 0)
      draft.set(
        claimPath(config),
        groups.map((group) => (full ? group.path : group.name)),
      );
  },
};
