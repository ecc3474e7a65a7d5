import type { TokenMapper } from './token-mapper.js';
import { attributeValues } from './user-values.js';

/** Member of the claim (OpenID Connect Core section 5.1.1) by the key that names the user's attribute. */
const MEMBERS = {
  street: 'street_address',
  locality: 'locality',
  region: 'region',
  postal_code: 'postal_code',
  country: 'country',
  formatted: 'formatted',
} as const;

export const addressMapper: TokenMapper = {
  id: 'oidc-address-mapper',
  apply: (draft, config, { user }) => {
    const entries = Object.entries(MEMBERS).flatMap(([key, member]) => {
      const [value] = attributeValues(user, config[`user.attribute.${key}`] ?? key);
      return value === undefined ? [] : [[member, value] as const];
    });
    draft.set(['address'], Object.fromEntries(entries));
  },
};
