import type { AuthenticatorDescriptor, Outcome, Step } from '../../engine/index.js';
import { checkNotLocked, type LoginPorts } from '../login-form/login-form.js';
import { realmOf } from '../ports.js';
import { refuseGrant } from './direct-grant-outcomes.js';

/** Finds the user named by the request. Whether the account is enabled is told only after the password was right. */
export const directGrantValidateUsername: AuthenticatorDescriptor<LoginPorts> = {
  id: 'direct-grant-validate-username',
  title: 'Username Validation',
  help: 'Finds the user that the token request names (parameter username).',
  kind: 'step',
  needsUser: false,
  requirements: ['REQUIRED'],
  create(ports) {
    return {
      async start(step: Step): Promise<Outcome> {
        const name = step.parameters['username']?.trim() ?? '';
        if (name === '')
          return refuseGrant('invalid_request', { status: 401, messageKey: 'missingUsernameParameter', counts: false });
        const realm = await realmOf(ports, step.realmId);
        const details = { username: name };
        const user = await ports.userService.findForLogin(realm, name);
        if (!user) {
          await ports.userService.burnPassword(realm);
          return refuseGrant('unknown_user', { details });
        }
        const locked = await checkNotLocked(ports, realm, user);
        if (locked?.failed) return refuseGrant(locked.failed, { userId: user.id, details, counts: false });
        return { kind: 'success', userId: user.id, details };
      },
    };
  },
};
