import type { TokenMapper } from './token-mapper.js';

export const allowedOriginsMapper: TokenMapper = {
  id: 'oidc-allowed-origins-mapper',
  onByDefault: true,
  apply: (draft, _config, { allowedOrigins }) => {
    if (allowedOrigins.length > 0) draft.set(['allowed-origins'], allowedOrigins);
  },
};
