import type { AuthenticatorDescriptor, Outcome } from '../../engine/index.js';
import { defineConfig } from '../config-field.js';

/** Sends the browser to an identity provider. Realms have none yet, so it always stands aside. */
export const identityProviderRedirector: AuthenticatorDescriptor<
  unknown,
  { readonly defaultProvider: string | undefined }
> = {
  id: 'identity-provider-redirector',
  title: 'Identity Provider Redirector',
  help: 'Sends the browser to an identity provider, the one named here or the one the application asks for. Stands aside while the realm has none.',
  kind: 'step',
  needsUser: false,
  abilities: { atOnce: ['attempted'] },
  startOnlyReads: true,
  requirements: ['REQUIRED', 'ALTERNATIVE', 'DISABLED'],
  config: defineConfig(
    [
      {
        name: 'defaultProvider',
        label: 'Default Identity Provider',
        helpText: 'Alias of the provider to use when the application names none.',
        type: 'String',
      },
    ],
    (values) => ({ defaultProvider: values['defaultProvider'] }),
  ),
  create: () => ({ start: (): Promise<Outcome> => Promise.resolve({ kind: 'attempted' }) }),
};
