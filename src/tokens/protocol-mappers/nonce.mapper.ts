import type { TokenMapper } from './token-mapper.js';

/** The nonce in access tokens too, as before Keycloak 24. */
export const nonceMapper: TokenMapper = {
  id: 'oidc-nonce-backwards-compatible-mapper',
  onByDefault: true,
  apply: (draft, _config, { nonce }) => {
    if (nonce !== undefined) draft.setNonce(nonce);
  },
};
