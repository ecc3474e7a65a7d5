import type { TokenMapper } from './token-mapper.js';

export const subMapper: TokenMapper = {
  id: 'oidc-sub-mapper',
  onByDefault: true,
  apply: (draft, _config, { subject }) => {
    draft.setSubject(subject);
  },
};
