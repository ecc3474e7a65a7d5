import { hashDefinition } from '../engine/index.js';
import type { FlowDefinition } from '../engine/index.js';
import type { Clock } from '../shared/clock.js';
import type { BindCheck } from './bind-check.js';
import type { BoundFlows } from './bound-flows.js';
import type { EditOrigins } from './edit-origin.js';
import { definitionOf } from './flow-catalog.js';
import { contentOf } from './flow-content.js';
import { flowErrors } from './flow-errors.js';
import type { FlowCatalog, FlowStore, StoredFlow } from './stored-flow.js';
import { touchedFlows } from './touched-flows.js';

/**
 * Turns edited flows into versions. Every edit makes a new head; the version that runs follows it, except where the flow is bound
 * and its head could not be: then the last version that could keeps running, so that the calls of one change (add, require,
 * configure) never break a login in between.
 */
export class FlowPublishing {
  constructor(
    private readonly store: FlowStore,
    private readonly bound: BoundFlows,
    private readonly check: BindCheck,
    private readonly origins: EditOrigins,
    private readonly clock: Clock,
  ) {}

  /**
   * Publishes the top-level flows that differ between two catalogs of a realm. Call it where the edit is written.
   * @throws PreconditionFailedError `flow_changed_meanwhile` when the edit rests on another version than the one it changes
   */
  async publishChanges(realmId: string, before: FlowCatalog, after: FlowCatalog): Promise<void> {
    for (const flow of touchedFlows(before, after)) {
      const head = headOf(after, flow);
      const old = definitionOf(before, flow.id);
      const oldHash = old && hashDefinition(old);
      if (oldHash === head.hash) continue;
      const { ifMatch } = this.origins.current;
      if (oldHash !== undefined && ifMatch !== undefined && ifMatch !== oldHash)
        throw flowErrors.flowChanged(flow.alias);
      await this.saveVersion(flow, head);
      await this.remember(flow, before, oldHash, after, head.hash);
      // Nothing can be bound yet to a flow that this edit made.
      if (old === undefined || (await this.mayRun(realmId, flow, head.definition))) await this.run(flow, head.hash);
      else if (flow.runningHash === undefined) await this.pin(flow, old);
    }
  }

  /** Whether everything that is bound to the flow could be bound to it as it is now. */
  private async mayRun(realmId: string, flow: StoredFlow, definition: FlowDefinition): Promise<boolean> {
    for (const use of await this.bound.usesOf(realmId, flow.id)) {
      const clientId = use.kind === 'client' ? use.clientId : undefined;
      if (await this.check.problem({ realmId, field: use.field, clientId }, flow, definition)) return false;
    }
    return true;
  }

  /** Makes the head of a flow run: it has just been bound, and passed the check for it. */
  async publishHead(catalog: FlowCatalog, flow: StoredFlow): Promise<void> {
    const head = headOf(catalog, flow);
    await this.saveVersion(flow, head);
    await this.run(flow, head.hash);
  }

  /** Writes the revision; before the first one also what the flow was, so that there is a way back. */
  private async remember(
    { id: flowId, realmId }: StoredFlow,
    before: FlowCatalog,
    oldHash: string | undefined,
    after: FlowCatalog,
    hash: string,
  ): Promise<void> {
    const frame = { realmId, flowId, at: this.clock.now() };
    const { editor } = this.origins.current;
    await this.store.appendRevision(
      {
        ...frame,
        hash,
        ...(editor && { editorId: editor.id, editorName: editor.username }),
        content: contentOf(after, flowId),
      },
      oldHash === undefined ? undefined : () => ({ ...frame, hash: oldHash, content: contentOf(before, flowId) }),
    );
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
