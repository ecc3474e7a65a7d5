import type { TokenMapper } from './token-mapper.js';

export const acrMapper: TokenMapper = {
  id: 'oidc-acr-mapper',
  apply: (draft, _config, { acr }) => {
    draft.set(['acr'], acr);
  },
};
