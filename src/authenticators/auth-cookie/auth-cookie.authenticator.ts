import type { AuthenticatorDescriptor, Outcome, Step } from '../../engine/index.js';

/** Single sign-on: a browser that is signed in passes, unless a new proof was asked for. Never shows a page. */
export const authCookie: AuthenticatorDescriptor<unknown> = {
  id: 'auth-cookie',
  title: 'Cookie',
  help: 'Lets a browser that is signed in already pass without asking again (single sign-on).',
  kind: 'step',
  needsUser: false,
  abilities: { atOnce: ['success', 'attempted'], findsUser: true, proves: 'session' },
  startOnlyReads: true,
  requirements: ['REQUIRED', 'ALTERNATIVE', 'DISABLED'],
  create: () => ({
    async start(step: Step): Promise<Outcome> {
      const session = step.browserSession;
      if (!session || session.mustReauthenticate) return { kind: 'attempted' };
      return { kind: 'success', userId: session.userId, facts: [{ type: 'single-sign-on', value: session.sessionId }] };
    },
  }),
};
