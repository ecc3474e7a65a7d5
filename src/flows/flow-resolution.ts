import type { Client } from '../realm/client.js';
import type { BindingField, Realm } from '../realm/realm.js';
import type { OverrideKey } from './flow-uses.js';
import type { FlowStore } from './stored-flow.js';

const REALM_FIELD: Readonly<Record<OverrideKey, BindingField>> = {
  browser: 'browserFlow',
  direct_grant: 'directGrantFlow',
};

/** An override that names a flow which is gone (it came in by import). */
export interface DanglingOverride {
  readonly realmId: string;
  readonly clientId: string;
  readonly key: OverrideKey;
  readonly flowId: string;
}

/** Which flow a login of a client takes (engine reference, section 5): the client's own while it exists, otherwise the realm's. */
export class FlowResolution {
  /** @param onDangling told of every login that had to fall back, for the log */
  constructor(
    private readonly store: Pick<FlowStore, 'flow'>,
    private readonly onDangling: (override: DanglingOverride) => void,
  ) {}

  /** @returns the id of a flow; undefined when neither client nor realm names one */
  async resolve(
    realm: Pick<Realm, 'id' | 'bindings'>,
    client: Pick<Client, 'clientId' | 'flowOverrides'>,
    key: OverrideKey,
  ): Promise<string | undefined> {
    const override = client.flowOverrides[key];
    if (override !== undefined) {
      if (await this.store.flow(realm.id, override)) return override;
      this.onDangling({ realmId: realm.id, clientId: client.clientId, key, flowId: override });
    }
    return realm.bindings[REALM_FIELD[key]];
  }
}
