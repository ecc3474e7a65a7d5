import { writeClaim } from './claim-value.js';
import type { TokenMapper } from './token-mapper.js';

export const hardcodedClaimMapper: TokenMapper = {
  id: 'oidc-hardcoded-claim-mapper',
  apply: (draft, config) => {
    writeClaim(draft, config, config['claim.value'] === undefined ? [] : [config['claim.value']]);
  },
};
