import type { TokenMapper } from './token-mapper.js';

export const fullNameMapper: TokenMapper = {
  id: 'oidc-full-name-mapper',
  apply: (draft, _config, { user }) => {
    const name = [user.firstName, user.lastName].filter((part) => part !== undefined && part !== '').join(' ');
    if (name !== '') draft.set(['name'], name);
  },
};
