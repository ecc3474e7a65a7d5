import type { TokenMapper } from './token-mapper.js';

export const audienceMapper: TokenMapper = {
  id: 'oidc-audience-mapper',
  apply: (draft, config) => {
    const audience = config['included.client.audience'] || config['included.custom.audience'];
    if (audience) draft.addAudience(audience);
  },
};
