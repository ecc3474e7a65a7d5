import type { AuthenticatorDescriptor, Step } from '../../engine/index.js';
import { defineConfig, isOn } from '../config-field.js';
import type { AuthenticatorPorts } from '../ports.js';

interface ClientScopeConfig {
  readonly scope: string;
  readonly negate: boolean;
}

/** Holds when a client scope is part of the login: a default one of the client always, an optional one when it was asked for. */
export const conditionalClientScope: AuthenticatorDescriptor<
  Pick<AuthenticatorPorts, 'clients' | 'clientScopes'>,
  ClientScopeConfig
> = {
  id: 'conditional-client-scope',
  title: 'Condition - client scope',
  help: 'Runs the sub-flow only when a client scope takes part in the login (or, negated, when it does not).',
  kind: 'condition',
  needsUser: false,
  requirements: ['REQUIRED', 'DISABLED'],
  config: defineConfig<ClientScopeConfig>(
    [
      {
        name: 'client_scope',
        label: 'Client scope name',
        helpText: 'Name of the client scope.',
        type: 'String',
        required: true,
      },
      {
        name: 'negate',
        label: 'Negate output',
        helpText: 'Hold when the scope takes no part.',
        type: 'boolean',
        required: true,
      },
    ],
    (values) => ({ scope: values['client_scope'] ?? '', negate: isOn(values['negate']) }),
  ),
  create: (ports) => ({
    async holds(step: Step<ClientScopeConfig>): Promise<boolean> {
      const client = await ports.clients.byId(step.realmId, step.clientId);
      if (!client || !step.config) return false;
      const requested = (step.parameters['scope'] ?? '').split(' ');
      const named = async (ids: readonly string[]): Promise<readonly string[]> =>
        (await ports.clientScopes.byIds(step.realmId, ids)).map(({ name }) => name);
      const { scope, negate } = step.config;
      const takesPart =
        (await named(client.defaultClientScopes)).includes(scope) ||
        (requested.includes(scope) && (await named(client.optionalClientScopes)).includes(scope));
      return takesPart !== negate;
    },
  }),
};
