import { writeClaim } from './claim-value.js';
import type { TokenMapper } from './token-mapper.js';
import { propertyValues } from './user-values.js';

export const userPropertyMapper: TokenMapper = {
  id: 'oidc-usermodel-property-mapper',
  apply: (draft, config, { user }) => {
    writeClaim(draft, config, propertyValues(user, config['user.attribute'] ?? ''));
  },
};
