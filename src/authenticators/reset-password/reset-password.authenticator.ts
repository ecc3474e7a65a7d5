import type { AuthenticatorDescriptor, Outcome, Step } from '../../engine/index.js';
import type { AuthenticatorPorts } from '../ports.js';

/** Asks for a new password once the flow is over: always where it is REQUIRED, elsewhere only of users who have one. */
export const resetPassword: AuthenticatorDescriptor<Pick<AuthenticatorPorts, 'userService'>> = {
  id: 'reset-password',
  title: 'Reset Password',
  help: 'Asks for a new password after the reset.',
  kind: 'step',
  needsUser: true,
  abilities: { atOnce: ['success'] },
  startOnlyReads: true,
  requirements: ['REQUIRED', 'ALTERNATIVE', 'DISABLED'],
  create(ports) {
    const hasPassword = async (realmId: string, userId: string): Promise<boolean> =>
      (await ports.userService.credentialTypes(realmId, userId)).includes('password');

    return {
      async start(step: Step): Promise<Outcome> {
        const asks =
          step.execution.requirement === 'REQUIRED' ||
          (step.userId !== undefined && (await hasPassword(step.realmId, step.userId)));
        return { kind: 'success', ...(asks ? { requiredActions: ['UPDATE_PASSWORD'] } : {}) };
      },
    };
  },
};
