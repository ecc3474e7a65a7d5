import type { AuthenticatorDescriptor, ChallengeView, FormInput, Message, Outcome, Step } from '../../engine/index.js';
import { checkNotLocked, checkNotLockedMeanwhile, type LoginPorts, type Problem } from '../login-form/login-form.js';
import { realmOf, userOf } from '../ports.js';

/** Asks for a one-time code of the user's authenticator app. */
export const authOtpForm: AuthenticatorDescriptor<LoginPorts> = {
  id: 'auth-otp-form',
  title: 'OTP Form',
  help: 'Asks for a one-time code from an authenticator app.',
  kind: 'step',
  needsUser: true,
  abilities: { atOnce: ['challenge', 'error'], onSubmit: ['success', 'challenge', 'error'], proves: 'credential' },
  startOnlyReads: true,
  requirements: ['REQUIRED', 'ALTERNATIVE', 'DISABLED'],
  credentialType: 'otp',
  setupAction: 'CONFIGURE_TOTP',
  selectable: true,
  create(ports) {
    async function view(realmId: string, userId: string, selected?: string, message?: Message): Promise<ChallengeView> {
      const credentials = await ports.userService.otpCredentials(realmId, userId);
      return {
        page: 'login-otp',
        data: {
          credentials: credentials.map(({ id, userLabel }) => ({ id, label: userLabel ?? '' })),
          selectedCredentialId: selected ?? credentials[0]?.id ?? '',
        },
        ...(message ? { message, field: 'otp' } : {}),
      };
    }

    return {
      async start(step: Step): Promise<Outcome> {
        if (step.userId === undefined) return { kind: 'error', code: 'unknown_user' };
        return { kind: 'challenge', view: await view(step.realmId, step.userId) };
      },

      async submit(step: Step, input: FormInput): Promise<Outcome> {
        const realm = await realmOf(ports, step.realmId);
        const user = await userOf(ports, step.realmId, step.userId);
        if (!user) return { kind: 'error', code: 'unknown_user' };
        const code = input['otp']?.trim();
        const selected = input['selectedCredentialId'];
        if (code === undefined) return { kind: 'challenge', view: await view(realm.id, user.id, selected) };
        const refusal = async ({ message, field: _about, ...failure }: Problem): Promise<Outcome> => ({
          kind: 'challenge',
          view: await view(realm.id, user.id, selected, message),
          ...failure,
        });
        const locked = await checkNotLocked(ports, realm, user);
        if (locked) return refusal(locked);
        if (!(await ports.userService.verifyOtp(realm, user, code, selected))) {
          return {
            kind: 'challenge',
            view: await view(realm.id, user.id, selected, { key: 'invalidTotpMessage' }),
            failed: 'invalid_credentials',
            details: { username: user.username },
          };
        }
        const lockedMeanwhile = await checkNotLockedMeanwhile(ports, realm, user);
        return lockedMeanwhile ? refusal(lockedMeanwhile) : { kind: 'success', userId: user.id, credentialType: 'otp' };
      },

      configuredFor: (stored) => stored.includes('otp'),
    };
  },
};
