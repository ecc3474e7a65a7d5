import type { AuthenticatorDescriptor, Outcome, Step } from '../../engine/index.js';
import { checkPassword, type LoginPorts } from '../login-form/login-form.js';
import { realmOf, userOf } from '../ports.js';
import { refuseGrant } from './direct-grant-outcomes.js';

/**
 * Checks the password of the token request. It is no option that the user's own credential order puts before others: the request
 * carries one set of parameters, and the flow says in which order they are looked at.
 */
export const directGrantValidatePassword: AuthenticatorDescriptor<LoginPorts> = {
  id: 'direct-grant-validate-password',
  title: 'Password',
  help: 'Checks the password that the token request carries (parameter password).',
  kind: 'step',
  needsUser: true,
  abilities: { channel: 'direct', atOnce: ['success', 'refuse'], proves: 'credential' },
  provesType: 'password',
  requirements: ['REQUIRED', 'ALTERNATIVE', 'DISABLED'],
  create(ports) {
    return {
      async start(step: Step): Promise<Outcome> {
        const user = await userOf(ports, step.realmId, step.userId);
        if (!user) return refuseGrant('unknown_user');
        const problem = await checkPassword(
          ports,
          await realmOf(ports, step.realmId),
          user,
          step.parameters['password'],
        );
        if (!problem?.failed) return { kind: 'success', userId: user.id, credentialType: 'password' };
        // To a caller a missing password is a wrong one, and counts like it.
        const wrong = problem.failed === 'missing_credentials' || problem.failed === 'invalid_credentials';
        // Of a disabled account nothing is said before the password was right, and nothing is counted.
        const code = !wrong ? problem.failed : user.enabled ? 'invalid_credentials' : 'user_permanently_disabled';
        return refuseGrant(code, { userId: user.id, counts: code === 'invalid_credentials' });
      },
    };
  },
};
