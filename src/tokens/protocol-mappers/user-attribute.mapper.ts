import { writeClaim } from './claim-value.js';
import type { TokenMapper } from './token-mapper.js';
import { attributeValues } from './user-values.js';

export const userAttributeMapper: TokenMapper = {
  id: 'oidc-usermodel-attribute-mapper',
  apply: (draft, config, { user }) => {
    writeClaim(draft, config, attributeValues(user, config['user.attribute'] ?? ''));
  },
};
