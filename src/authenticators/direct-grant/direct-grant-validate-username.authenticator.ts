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
  abilities: { channel: 'direct', atOnce: ['success', 'refuse'], findsUser: true },
  requirements: ['REQUIRED'],
  create(ports) {
    return {
      async start(step: Step): Promise<Outcome> {
        const name = step.parameters['username'];
        if (name === undefined)
          return refuseGrant('invalid_request', { status: 401, messageKey: 'missingUsernameParameter', counts: false });
        const realm = await realmOf(ports, step.realmId);
        const details = { username: name };
        // A program sends the name itself: unlike what a person types, it is taken to the letter.
        const user = name === name.trim() ? await ports.userService.findForLogin(realm, name) : undefined;
        if (!user) {
          await ports.userService.burnPassword(realm);
          const account = await ports.users.byUsername(realm.id, name);
          return account?.serviceAccountClientId === undefined
            ? refuseGrant('unknown_user', { details })
            : refuseGrant('service_account', { details: { ...details, reason: 'User is a service account' } });
        }
        const locked = await checkNotLocked(ports, realm, user);
        if (locked?.failed) return refuseGrant(locked.failed, { userId: user.id, details, counts: false });
        return { kind: 'success', userId: user.id, details };
      },
    };
  },
};
