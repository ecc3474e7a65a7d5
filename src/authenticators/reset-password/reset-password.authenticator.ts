import type { AuthenticatorDescriptor, Outcome, Step } from '../../engine/index.js';

/** Asks for a new password once the flow is over: always where it is REQUIRED, elsewhere only of users who have one. */
export const resetPassword: AuthenticatorDescriptor<unknown> = {
  id: 'reset-password',
  title: 'Reset Password',
  help: 'Asks for a new password after the reset.',
  kind: 'step',
  needsUser: true,
  abilities: { atOnce: ['success'] },
  startOnlyReads: true,
  requirements: ['REQUIRED', 'ALTERNATIVE', 'DISABLED'],
  create: () => ({
    async start({ execution, storedTypes }: Step): Promise<Outcome> {
      const asks = execution.requirement === 'REQUIRED' || (await storedTypes()).includes('password');
      return { kind: 'success', ...(asks ? { requiredActions: ['UPDATE_PASSWORD'] } : {}) };
    },
  }),
};
