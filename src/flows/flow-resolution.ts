import type { Client } from '../realm/client.js';
import type { BindingField, Realm } from '../realm/realm.js';
import type { OverrideKey } from './flow-uses.js';
import type { FlowStore } from './stored-flow.js';

const REALM_FIELD: Readonly<Record<OverrideKey, BindingField>> = {
  browser: 'browserFlow',
  direct_grant: 'directGrantFlow',
};

/** The flow of a login. `dangling` is an override that names a flow which is gone: worth a warning. */
export interface ResolvedFlow {
  /** Undefined: neither the client nor the realm names a flow. */
  readonly flowId: string | undefined;
  readonly dangling?: string;
}

/**
 * Which flow a login of a client takes (engine reference, section 5): the client's own while it exists, otherwise the realm's.
 */
export async function resolveFlow(
  store: Pick<FlowStore, 'flow'>,
  realm: Pick<Realm, 'id' | 'bindings'>,
  client: Pick<Client, 'flowOverrides'>,
  key: OverrideKey,
): Promise<ResolvedFlow> {
  const override = client.flowOverrides[key];
  const flowId = realm.bindings[REALM_FIELD[key]];
  if (override === undefined) return { flowId };
  const exists = (await store.flow(realm.id, override)) !== undefined;
  return exists ? { flowId: override } : { flowId, dangling: override };
}
