import type { TokenMapper } from './token-mapper.js';

/** The session id under its older name, for adapters of before `sid`. */
export const sessionStateMapper: TokenMapper = {
  id: 'oidc-session-state-mapper',
  onByDefault: true,
  apply: (draft, _config, { sessionId }) => {
    if (sessionId !== undefined) draft.set(['session_state'], sessionId);
  },
};
