import { writeClaim } from './claim-value.js';
import type { TokenMapper } from './token-mapper.js';

export const sessionNoteMapper: TokenMapper = {
  id: 'oidc-usersessionmodel-note-mapper',
  apply: (draft, config, { notes }) => {
    const name = config['user.session.note'] ?? '';
    const value = Object.hasOwn(notes, name) ? notes[name] : undefined;
    if (value !== undefined) writeClaim(draft, config, [value]);
  },
};
