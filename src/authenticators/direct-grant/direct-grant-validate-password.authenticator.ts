import type { AuthenticatorDescriptor, Outcome, Step } from '../../engine/index.js';
import { checkPassword, type LoginPorts } from '../login-form/login-form.js';
import { realmOf, userOf } from '../ports.js';
import { refuseGrant } from './direct-grant-outcomes.js';

/** Checks the password of the token request. */
export const directGrantValidatePassword: AuthenticatorDescriptor<LoginPorts> = {
  id: 'direct-grant-validate-password',
  title: 'Password',
  help: 'Checks the password that the token request carries (parameter password).',
  kind: 'step',
  needsUser: true,
  requirements: ['REQUIRED', 'ALTERNATIVE', 'DISABLED'],
  credentialType: 'password',
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
        const code = problem.failed === 'missing_credentials' ? 'invalid_credentials' : problem.failed;
        return refuseGrant(code, { userId: user.id, counts: code === 'invalid_credentials' });
      },
    };
  },
};
