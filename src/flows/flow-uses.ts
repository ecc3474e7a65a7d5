import type { Client } from '../realm/client.js';
import type { BindingField, Realm } from '../realm/realm.js';

/** Keys under which a client may name flows of its own. */
const OVERRIDE_KEYS = ['browser', 'direct_grant'] as const;
export type OverrideKey = (typeof OVERRIDE_KEYS)[number];

export const isOverrideKey = (key: string): key is OverrideKey => OVERRIDE_KEYS.some((known) => known === key);

/** A place that may name a flow. */
export interface BindingPlace {
  readonly realmId: string;
  readonly field: BindingField | OverrideKey;
  /** The client whose override it is, by its name; absent for the realm's own members. */
  readonly clientId?: string | undefined;
}

/** The seven members of a realm that name flows. */
export const BINDING_FIELDS = [
  'browserFlow',
  'registrationFlow',
  'directGrantFlow',
  'resetCredentialsFlow',
  'clientAuthenticationFlow',
  'dockerAuthenticationFlow',
  'firstBrokerLoginFlow',
] as const satisfies readonly BindingField[];

/** A place that names a flow: a member of the realm, or an override of a client. */
export type FlowUse = (
  | { readonly kind: 'realm'; readonly field: BindingField }
  | { readonly kind: 'client'; readonly field: OverrideKey; readonly clientId: string }
) & {
  /** The place names another flow on trial, and this one returns unless that is confirmed. */
  readonly mayReturn?: true;
};

/** Where the client names the flow. */
export const usesByClient = (client: Client, flowId: string): readonly FlowUse[] =>
  OVERRIDE_KEYS.filter((key) => client.flowOverrides[key] === flowId).map((field) => ({
    kind: 'client',
    field,
    clientId: client.clientId,
  }));

/** Where the realm names the flow. */
export const usesByRealm = (realm: Realm | undefined, flowId: string): readonly FlowUse[] =>
  BINDING_FIELDS.filter((field) => realm?.bindings[field] === flowId).map((field) => ({ kind: 'realm', field }));

/** The use in words, for a message. */
export const describeUse = (use: FlowUse): string =>
  (use.kind === 'realm' ? `${use.field} of the realm` : `${use.field} of client "${use.clientId}"`) +
  (use.mayReturn ? ' (unless the one on trial is confirmed)' : '');
