import type { Client, ClientStore } from '../realm/client.js';
import type { BindingField, Realm, RealmStore } from '../realm/realm.js';

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
export type FlowUse =
  | { readonly kind: 'realm'; readonly field: BindingField }
  | { readonly kind: 'client'; readonly field: OverrideKey; readonly clientId: string };

/** Where the client names the flow. */
const usesByClient = (client: Client, flowId: string): readonly FlowUse[] =>
  OVERRIDE_KEYS.filter((key) => client.flowOverrides[key] === flowId).map((field) => ({
    kind: 'client',
    field,
    clientId: client.clientId,
  }));

/** Where the realm names the flow. */
const usesByRealm = (realm: Realm | undefined, flowId: string): readonly FlowUse[] =>
  BINDING_FIELDS.filter((field) => realm?.bindings[field] === flowId).map((field) => ({ kind: 'realm', field }));

/** Everything bound to a flow: it may not be deleted, and an edit of it takes effect only when it could be bound. */
export async function usesOfFlow(
  realms: Pick<RealmStore, 'byId'>,
  clients: Pick<ClientStore, 'usingFlow'>,
  realmId: string,
  flowId: string,
): Promise<readonly FlowUse[]> {
  const realm = await realms.byId(realmId);
  const overriding = await clients.usingFlow(realmId, flowId);
  return [...usesByRealm(realm, flowId), ...overriding.flatMap((client) => usesByClient(client, flowId))];
}

/** The use in words, for a message. */
export const describeUse = (use: FlowUse): string =>
  use.kind === 'realm' ? `${use.field} of the realm` : `${use.field} of client "${use.clientId}"`;
