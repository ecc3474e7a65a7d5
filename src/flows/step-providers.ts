import type { AuthenticatorRegistry, FlowKind, RegisteredAuthenticator } from '../engine/index.js';

/** Providers that only stand in a `form-flow`. */
const FORM_ACTIONS: ReadonlySet<string> = new Set([
  'registration-password-action',
  'registration-recaptcha-action',
  'registration-recaptcha-enterprise',
  'registration-terms-and-conditions',
  'registration-user-creation',
]);

/** Providers that only stand in a `client-flow`. */
const CLIENT_AUTHENTICATORS: ReadonlySet<string> = new Set([
  'client-jwt',
  'client-secret',
  'client-secret-jwt',
  'client-x509',
  'federated-jwt',
]);

function kindOfProvider(id: string): FlowKind {
  if (FORM_ACTIONS.has(id)) return 'form-flow';
  return CLIENT_AUTHENTICATORS.has(id) ? 'client-flow' : 'basic-flow';
}

/** The provider of that id, if it may stand in a flow of that kind: each kind has providers of its own (Admin API reference 6.2). */
export const findProvider = (
  registry: AuthenticatorRegistry,
  kind: FlowKind,
  id: string,
): RegisteredAuthenticator['descriptor'] | undefined =>
  kindOfProvider(id) === kind ? registry.find(id)?.descriptor : undefined;
