import type { AuthenticatorDescriptor, Outcome, Step } from '../../engine/index.js';
import { checkNotLockedMeanwhile, type LoginPorts } from '../login-form/login-form.js';
import { realmOf, userOf } from '../ports.js';
import { refuseGrant } from './direct-grant-outcomes.js';

/** Checks the one-time code of the token request (parameter `otp`, or `totp`) against the user's first authenticator app. */
export const directGrantValidateOtp: AuthenticatorDescriptor<LoginPorts> = {
  id: 'direct-grant-validate-otp',
  title: 'OTP',
  help: 'Checks the one-time code that the token request carries (parameter otp or totp).',
  kind: 'step',
  needsUser: true,
  abilities: { channel: 'direct', atOnce: ['success', 'refuse'], proves: 'credential' },
  requirements: ['REQUIRED', 'ALTERNATIVE', 'DISABLED'],
  credentialType: 'otp',
  create(ports) {
    return {
      async start(step: Step): Promise<Outcome> {
        const user = await userOf(ports, step.realmId, step.userId);
        if (!user) return refuseGrant('unknown_user');
        const code = step.parameters['otp'] ?? step.parameters['totp'];
        const realm = await realmOf(ports, step.realmId);
        const right = code !== undefined && (await ports.userService.verifyOtp(realm, user, code));
        if (!right) return refuseGrant('invalid_credentials', { userId: user.id });
        const locked = await checkNotLockedMeanwhile(ports, realm, user);
        return locked?.failed
          ? refuseGrant(locked.failed, { userId: user.id, counts: false })
          : { kind: 'success', userId: user.id, credentialType: 'otp' };
      },

      configuredFor: (stored) => stored.includes('otp'),
    };
  },
};
