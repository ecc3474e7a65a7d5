import { flowByAlias, flowById } from './flow-catalog.js';
import { differences, withContent, type ContentChange } from './flow-content.js';
import type { FlowEditing } from './flow-editing.js';
import { flowErrors } from './flow-errors.js';
import type { FlowCatalog, FlowRevision, FlowStore, StoredFlow } from './stored-flow.js';

/** What a flow was: its revisions, newest first, what differs between two, and the way back to one. */
export class FlowHistory {
  constructor(
    private readonly store: FlowStore,
    private readonly editing: FlowEditing,
  ) {}

  /** @throws NotFoundError `flow_unknown` */
  async list(
    realmId: string,
    alias: string,
    page: { readonly first: number; readonly max: number },
  ): Promise<{ readonly flow: StoredFlow; readonly revisions: readonly FlowRevision[] }> {
    const flow = await this.topLevel(realmId, alias);
    return { flow, revisions: await this.store.revisions(realmId, flow.id, page) };
  }

  /** @throws NotFoundError `flow_unknown`, `revision_unknown` */
  async get(realmId: string, alias: string, number: number): Promise<FlowRevision> {
    const { id } = await this.topLevel(realmId, alias);
    return this.revision(realmId, id, number);
  }

  /** What became of the flow from one revision to another. @throws as `get` */
  async diff(realmId: string, alias: string, from: number, to: number): Promise<readonly ContentChange[]> {
    const [before, after] = [await this.get(realmId, alias, from), await this.get(realmId, alias, to)];
    return differences(before.flowId, before.content, after.content);
  }

  /**
   * Makes the flow what it was, as a new revision; what is bound to it follows under the same check as any edit.
   * @throws as `get`, ConflictError `flow_alias_taken` when a flow of that time has a name that another has now
   */
  async restore(realmId: string, alias: string, number: number): Promise<void> {
    const { id } = await this.topLevel(realmId, alias);
    const { content } = await this.revision(realmId, id, number);
    await this.editing.edit(realmId, (catalog) => {
      if (!flowById(catalog, id)) throw flowErrors.flowUnknown();
      const restored = withContent(catalog, id, content);
      checkAliases(restored);
      return { catalog: restored, result: undefined };
    });
  }

  private async topLevel(realmId: string, alias: string): Promise<StoredFlow> {
    const flow = flowByAlias(await this.store.catalog(realmId), alias);
    if (!flow?.topLevel) throw flowErrors.flowUnknown();
    return flow;
  }

  private async revision(realmId: string, flowId: string, number: number): Promise<FlowRevision> {
    const found = await this.store.revision(realmId, flowId, number);
    if (!found) throw flowErrors.revisionUnknown();
    return found;
  }
}

/** Aliases name flows, so each may be there once. */
function checkAliases({ flows }: FlowCatalog): void {
  const taken = new Set<string>();
  for (const { alias } of flows) {
    if (taken.has(alias)) throw flowErrors.aliasTakenAtUpdate();
    taken.add(alias);
  }
}
