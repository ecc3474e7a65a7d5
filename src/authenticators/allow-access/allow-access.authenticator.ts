import type { AuthenticatorDescriptor, Outcome } from '../../engine/index.js';

/** Always passes. Placed beside conditional sub-flows so that the level succeeds when all of them are skipped. */
export const allowAccess: AuthenticatorDescriptor<unknown> = {
  id: 'allow-access-authenticator',
  title: 'Allow access',
  help: 'Always passes. Useful beside conditional sub-flows, which do not make a flow succeed when all of them are skipped.',
  kind: 'step',
  needsUser: false,
  abilities: { atOnce: ['success'] },
  startOnlyReads: true,
  requirements: ['REQUIRED', 'ALTERNATIVE', 'DISABLED'],
  create: () => ({ start: (): Promise<Outcome> => Promise.resolve({ kind: 'success' }) }),
};
