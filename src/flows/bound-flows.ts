import type { ClientStore } from '../realm/client.js';
import type { RealmStore } from '../realm/realm.js';
import { isOverrideKey, usesByClient, usesByRealm, type FlowUse } from './flow-uses.js';
import type { PendingBinding, PendingBindingStore } from './pending-binding.js';

/** Finds everything that is bound to a flow: it may not be deleted, and an edit of it takes effect only when it could be bound. */
export class BoundFlows {
  constructor(
    private readonly realms: Pick<RealmStore, 'byId'>,
    private readonly clients: Pick<ClientStore, 'usingFlow' | 'byId'>,
    private readonly pending: Pick<PendingBindingStore, 'ofRealm'>,
  ) {}

  /** What names the flow now, and what may name it again. */
  async usesOf(realmId: string, flowId: string): Promise<readonly FlowUse[]> {
    const realm = await this.realms.byId(realmId);
    const overriding = await this.clients.usingFlow(realmId, flowId);
    const returning: FlowUse[] = [];
    for (const pending of await this.pending.ofRealm(realmId)) {
      const use = pending.flowBefore === flowId ? await this.placeOf(pending) : undefined;
      if (use) returning.push({ ...use, mayReturn: true });
    }
    return [
      ...usesByRealm(realm, flowId),
      ...overriding.flatMap((client) => usesByClient(client, flowId)),
      ...returning,
    ];
  }

  /** Undefined for an override of a client that is gone. */
  private async placeOf({ realmId, field, clientId }: PendingBinding): Promise<FlowUse | undefined> {
    if (!isOverrideKey(field)) return { kind: 'realm', field };
    const client = clientId === undefined ? undefined : await this.clients.byId(realmId, clientId);
    return client && { kind: 'client', field, clientId: client.clientId };
  }
}
