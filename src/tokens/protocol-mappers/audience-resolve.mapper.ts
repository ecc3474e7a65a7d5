import type { TokenMapper } from './token-mapper.js';

/** Every other client of which the token carries a role may read the token. */
export const audienceResolveMapper: TokenMapper = {
  id: 'oidc-audience-resolve-mapper',
  onByDefault: true,
  apply: (draft, _config, { roles, client }) => {
    for (const [clientId, names] of Object.entries(roles.clients)) {
      if (names.length > 0 && clientId !== client.clientId) draft.addAudience(clientId);
    }
  },
};
