import { hashDefinition } from '../engine/index.js';
import type { AuthenticatorRegistry, FlowDefinition } from '../engine/index.js';
import type { ClientStore } from '../realm/client.js';
import type { RealmStore } from '../realm/realm.js';
import type { Clock } from '../shared/clock.js';
import { checkBinding } from './bind-check.js';
import { definitionOf } from './flow-catalog.js';
import { usesOfFlow } from './flow-uses.js';
import type { FlowCatalog, FlowStore, StoredFlow } from './stored-flow.js';

/**
 * Turns edited flows into versions. Every edit makes a new head; the version that runs follows it, except where the flow is bound
 * and its head could not be: then the last version that could keeps running, so that the calls of one change (add, require,
 * configure) never break a login in between.
 */
export class FlowPublishing {
  constructor(
    private readonly store: FlowStore,
    private readonly realms: Pick<RealmStore, 'byId'>,
    private readonly clients: Pick<ClientStore, 'usingFlow'>,
    private readonly registry: AuthenticatorRegistry,
    private readonly clock: Clock,
  ) {}

  /** Publishes the top-level flows that differ between two catalogs of a realm. Call it where the edit is written. */
  async publishChanges(realmId: string, before: FlowCatalog, after: FlowCatalog): Promise<void> {
    for (const flow of after.flows) {
      if (!flow.topLevel) continue;
      const head = headOf(after, flow);
      const old = definitionOf(before, flow.id);
      if (old !== undefined && hashDefinition(old) === head.hash) continue;
      await this.saveVersion(flow, head);
      const uses = await usesOfFlow(this.realms, this.clients, realmId, flow.id);
      const follows = uses.every(({ field }) => !checkBinding(field, flow, head.definition, this.registry));
      if (follows) await this.run(flow, head.hash);
      else if (flow.runningHash === undefined && old !== undefined) await this.pin(flow, old);
    }
  }

  /** Makes the head of a flow run: it has just been bound, and passed the check for it. */
  async publishHead(catalog: FlowCatalog, flow: StoredFlow): Promise<void> {
    const head = headOf(catalog, flow);
    await this.saveVersion(flow, head);
    await this.run(flow, head.hash);
  }

  /** A flow that came without a running version (an import) and is edited before anybody logged in keeps what it came with. */
  private async pin(flow: StoredFlow, definition: FlowDefinition): Promise<void> {
    const version = { definition, hash: hashDefinition(definition) };
    await this.saveVersion(flow, version);
    await this.run(flow, version.hash);
  }

  private async run(flow: StoredFlow, runningHash: string): Promise<void> {
    if (flow.runningHash !== runningHash) await this.store.updateFlow({ ...flow, runningHash });
  }

  private async saveVersion({ realmId, id }: StoredFlow, { hash, definition }: Head): Promise<void> {
    await this.store.saveVersion({ hash, realmId, flowId: id, definition, createdAt: this.clock.now() });
  }
}

interface Head {
  readonly definition: FlowDefinition;
  readonly hash: string;
}

function headOf(catalog: FlowCatalog, flow: StoredFlow): Head {
  const definition = definitionOf(catalog, flow.id);
  if (definition === undefined) throw new Error(`Flow ${flow.id} is not in its own catalog`);
  return { definition, hash: hashDefinition(definition) };
}
