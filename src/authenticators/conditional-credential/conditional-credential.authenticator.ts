import type { AuthenticatorDescriptor, Step } from '../../engine/index.js';
import { defineConfig, isOn, listOf } from '../config-field.js';

interface CredentialConfig {
  readonly credentials: readonly string[];
  readonly included: boolean;
}

/** Holds when the credentials used so far in this login overlap the list (`included`), or when none does. `none` stands for no credential. */
export const conditionalCredential: AuthenticatorDescriptor<unknown, CredentialConfig> = {
  id: 'conditional-credential',
  title: 'Condition - credential',
  help: 'Runs the sub-flow depending on the kinds of credential that were used before in this login.',
  kind: 'condition',
  needsUser: false,
  requirements: ['REQUIRED', 'DISABLED'],
  config: defineConfig<CredentialConfig>(
    [
      {
        name: 'credentials',
        label: 'Credentials',
        helpText: 'Kinds of credential to look for; none means that none was used.',
        type: 'MultivaluedList',
        options: [
          'webauthn',
          'recovery-authn-codes',
          'otp',
          'password',
          'webauthn-passwordless',
          'kerberos',
          'cert',
          'none',
        ],
        required: true,
      },
      {
        name: 'included',
        label: 'Included',
        helpText: 'Hold when one of them was used; off: hold when none was.',
        type: 'boolean',
      },
    ],
    (values) => ({ credentials: listOf(values['credentials']), included: isOn(values['included']) }),
  ),
  create: () => ({
    holds(step: Step<CredentialConfig>): Promise<boolean> {
      const used = step.credentialTypes.length > 0 ? step.credentialTypes : ['none'];
      const { credentials, included } = step.config ?? { credentials: [], included: false };
      return Promise.resolve(credentials.some((type) => used.includes(type)) === included);
    },
  }),
};
