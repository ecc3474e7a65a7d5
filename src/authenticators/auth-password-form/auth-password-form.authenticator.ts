import type { AuthenticatorDescriptor, FormInput, Outcome, Step } from '../../engine/index.js';
import { CANCELLED, checkPassword, formView, type LoginPorts } from '../login-form/login-form.js';
import { realmOf, userOf } from '../ports.js';

/** Asks a known user for the password. */
export const authPasswordForm: AuthenticatorDescriptor<LoginPorts> = {
  id: 'auth-password-form',
  title: 'Password Form',
  help: 'Asks for the password of the user who was named before.',
  kind: 'step',
  needsUser: true,
  abilities: { atOnce: ['challenge'], onSubmit: ['success', 'challenge', 'refuse', 'error'], proves: 'credential' },
  startOnlyReads: true,
  requirements: ['REQUIRED', 'ALTERNATIVE', 'DISABLED'],
  credentialType: 'password',
  selectable: true,
  create(ports) {
    return {
      async start(step: Step): Promise<Outcome> {
        const user = await userOf(ports, step.realmId, step.userId);
        return {
          kind: 'challenge',
          view: formView('login-password', await realmOf(ports, step.realmId), { username: user?.username }),
        };
      },

      async submit(step: Step, input: FormInput): Promise<Outcome> {
        if (input['cancel'] !== undefined) return CANCELLED;
        const realm = await realmOf(ports, step.realmId);
        const user = await userOf(ports, step.realmId, step.userId);
        if (!user) return { kind: 'error', code: 'unknown_user' };
        const problem = await checkPassword(ports, realm, user, input['password']);
        if (problem) {
          const { message, field: _about, ...failure } = problem;
          return {
            kind: 'challenge',
            view: formView('login-password', realm, { username: user.username }, { message, field: 'password' }),
            ...failure,
          };
        }
        return { kind: 'success', userId: user.id, credentialType: 'password', details: { username: user.username } };
      },

      configuredFor: (stored) => stored.includes('password'),
    };
  },
};
