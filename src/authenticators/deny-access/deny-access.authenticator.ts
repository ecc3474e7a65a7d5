import type { AuthenticatorDescriptor, Outcome, Step } from '../../engine/index.js';
import { defineConfig } from '../config-field.js';

interface DenyAccessConfig {
  /** Literal text or message key. */
  readonly message: string | undefined;
}

/** Always refuses, with a message an admin may choose. */
export const denyAccess: AuthenticatorDescriptor<unknown, DenyAccessConfig> = {
  id: 'deny-access-authenticator',
  title: 'Deny access',
  help: 'Ends the login here with a message. Usually placed in a conditional sub-flow.',
  kind: 'step',
  needsUser: false,
  abilities: { atOnce: ['refuse'] },
  startOnlyReads: true,
  requirements: ['REQUIRED', 'DISABLED'],
  config: defineConfig<DenyAccessConfig>(
    [
      {
        name: 'denyErrorMessage',
        label: 'Error message',
        helpText: 'What the person reads: a text, or the key of a message.',
        type: 'String',
      },
    ],
    (values) => ({ message: values['denyErrorMessage'] === '' ? undefined : values['denyErrorMessage'] }),
  ),
  create: () => ({
    start: (step: Step<DenyAccessConfig>): Promise<Outcome> =>
      Promise.resolve({
        kind: 'refuse',
        code: 'access_denied',
        status: 401,
        counts: false,
        message: { key: 'access-denied', ...(step.config?.message === undefined ? {} : { text: step.config.message }) },
      }),
    // Nothing can be set up that would make it pass: to `conditional-user-configured` nobody is set up for it.
    configuredFor: () => false,
  }),
};
