import type { AuthenticatorDescriptor, ChallengeView, FormInput, Outcome, Step } from '../../engine/index.js';
import { defineConfig } from '../config-field.js';
import type { AuthenticatorPorts } from '../ports.js';

type Ports = Pick<AuthenticatorPorts, 'userService'>;

const CHOICES = ['Remove none', 'Remove one', 'Remove all'] as const;

interface Config {
  readonly removes: (typeof CHOICES)[number];
}

const DONE: Outcome = { kind: 'success', requiredActions: ['CONFIGURE_TOTP'] };

/** Removes one-time-code devices as its config says, and asks to set up a new one once the flow is over. */
export const resetOtp: AuthenticatorDescriptor<Ports, Config> = {
  id: 'reset-otp',
  title: 'Reset OTP',
  help: 'Removes one-time password devices and asks to set up a new one.',
  kind: 'step',
  needsUser: true,
  abilities: { atOnce: ['success', 'challenge', 'error'], onSubmit: ['success', 'challenge', 'error'] },
  schedules: ['CONFIGURE_TOTP'],
  requirements: ['REQUIRED', 'ALTERNATIVE', 'DISABLED'],
  config: defineConfig(
    [
      {
        name: 'action_on_otp_reset_flag',
        label: 'Action on OTP reset.',
        type: 'List',
        defaultValue: 'Remove none',
        options: CHOICES,
      },
    ],
    ({ action_on_otp_reset_flag: text }): Config => ({
      removes: CHOICES.find((choice) => choice === text) ?? 'Remove none',
    }),
  ),
  create(ports) {
    async function choice(realmId: string, userId: string): Promise<ChallengeView> {
      const devices = await ports.userService.otpCredentials(realmId, userId);
      return {
        page: 'reset-otp',
        data: {
          credentials: devices.map(({ id, userLabel }) => ({ id, label: userLabel ?? '' })),
          selectedCredentialId: devices[0]?.id ?? '',
        },
      };
    }

    return {
      async start({ realmId, userId, config }: Step<Config>): Promise<Outcome> {
        if (userId === undefined) return { kind: 'error', code: 'unknown_user' };
        const devices = await ports.userService.otpCredentials(realmId, userId);
        switch (config?.removes) {
          case 'Remove all':
            for (const { id } of devices) await ports.userService.removeOtp(realmId, userId, id);
            return DONE;
          case 'Remove one':
            return devices.length > 0 ? { kind: 'challenge', view: await choice(realmId, userId) } : DONE;
          default:
            return DONE;
        }
      },

      async submit({ realmId, userId }: Step<Config>, input: FormInput): Promise<Outcome> {
        if (userId === undefined) return { kind: 'error', code: 'unknown_user' };
        const chosen = input['selectedCredentialId'] ?? '';
        const devices = await ports.userService.otpCredentials(realmId, userId);
        if (!devices.some(({ id }) => id === chosen)) return { kind: 'challenge', view: await choice(realmId, userId) };
        await ports.userService.removeOtp(realmId, userId, chosen);
        return DONE;
      },

      async preview({ realmId, userId, config }: Step<Config>): Promise<Outcome> {
        if (userId === undefined) return { kind: 'error', code: 'unknown_user' };
        const devices = await ports.userService.otpCredentials(realmId, userId);
        const asks = config?.removes === 'Remove one' && devices.length > 0;
        return asks ? { kind: 'challenge', view: await choice(realmId, userId) } : DONE;
      },

      configuredFor: (stored) => stored.includes('otp'),
    };
  },
};
