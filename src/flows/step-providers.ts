import type { AuthenticatorRegistry, FlowKind, Requirement } from '../engine/index.js';

/** A provider that may be placed in a flow, as far as editing and listing need to know it. */
export interface StepProvider {
  readonly id: string;
  readonly title: string;
  readonly help: string;
  /** Requirements it offers, in the reference's order. */
  readonly requirements: readonly Requirement[];
  readonly configurable: boolean;
}

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
export function findProvider(registry: AuthenticatorRegistry, kind: FlowKind, id: string): StepProvider | undefined {
  const descriptor = kindOfProvider(id) === kind ? registry.find(id)?.descriptor : undefined;
  if (descriptor === undefined) return undefined;
  const { title, help, requirements, config } = descriptor;
  return { id, title, help, requirements, configurable: config !== undefined };
}
