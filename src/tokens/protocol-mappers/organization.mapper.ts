import type { TokenMapper } from './token-mapper.js';

/** A user without organizations has no such claim; this server knows none. */
export const organizationMapper: TokenMapper = {
  id: 'oidc-organization-membership-mapper',
  apply: () => undefined,
};
