import { newId } from '../shared/secrets.js';
import type { BoundFlows } from './bound-flows.js';
import { flowByAlias, flowById, flowsInOrder } from './flow-catalog.js';
import { copyFlow } from './flow-copy.js';
import type { FlowEditing } from './flow-editing.js';
import { createFlow, deleteFlow, updateFlow } from './flow-edits.js';
import type { FlowInput } from './flow-edits.js';
import { flowErrors } from './flow-errors.js';
import { describeUse } from './flow-uses.js';
import type { FlowCatalog, FlowStore, StoredFlow } from './stored-flow.js';

/** Alias of the one top-level flow that the reference never lists. */
const HIDDEN_FLOW = 'saml ecp';

/** A flow in its catalog: whoever shows it also names what it points at. */
export interface FlowInCatalog {
  readonly flow: StoredFlow;
  readonly catalog: FlowCatalog;
}

/** Whole flows: list, read, create, rename, copy, delete. What is in them is ExecutionService's. */
export class FlowService {
  constructor(
    private readonly store: FlowStore,
    private readonly bound: BoundFlows,
    private readonly editing: FlowEditing,
  ) {}

  /** The top-level flows of a realm in the order in which they came to it, without the one that the reference hides. */
  async list(realmId: string): Promise<{ readonly flows: readonly StoredFlow[]; readonly catalog: FlowCatalog }> {
    const catalog = await this.store.catalog(realmId);
    return { catalog, flows: flowsInOrder(catalog).filter((flow) => flow.topLevel && flow.alias !== HIDDEN_FLOW) };
  }

  /** @throws NotFoundError `flow_id_unknown`; an alias is not an id */
  async get(realmId: string, id: string): Promise<FlowInCatalog> {
    const catalog = await this.store.catalog(realmId);
    const flow = flowById(catalog, id);
    if (flow === undefined) throw flowErrors.flowIdUnknown();
    return { flow, catalog };
  }

  /** The flow of an alias, for the list of its executions. @throws NotFoundError `flow_unknown` */
  async getByAlias(realmId: string, alias: string): Promise<FlowInCatalog> {
    const catalog = await this.store.catalog(realmId);
    const flow = flowByAlias(catalog, alias);
    if (flow === undefined) throw flowErrors.flowUnknown();
    return { flow, catalog };
  }

  /**
   * Makes an empty flow.
   *
   * @returns its id
   * @throws ConflictError `flow_alias_empty`, `flow_alias_taken`, `flow_kind_missing`
   * @throws InvalidInputError `character_refused`, `flow_kind_unknown`
   */
  create(realmId: string, input: FlowInput): Promise<string> {
    return this.editing.edit(realmId, (catalog) => createFlow(catalog, realmId, input, newId));
  }

  /**
   * Renames or redescribes a flow, built-in or not; what is bound to it stays bound.
   *
   * @throws NotFoundError `flow_id_unknown`
   * @throws ConflictError `flow_alias_empty`, `flow_alias_taken`, `flow_kind_missing`
   * @throws InvalidInputError `character_refused`, `flow_kind_unknown`, `flow_top_level_fixed`
   */
  update(realmId: string, id: string, input: FlowInput): Promise<void> {
    return this.editing.edit(realmId, (catalog) => updateFlow(catalog, id, input));
  }

  /**
   * Copies a flow with everything in it.
   *
   * @returns id of the copy
   * @throws ConflictError `flow_alias_empty`, `flow_alias_taken`, `config_alias_taken`
   * @throws NotFoundError `flow_unknown`
   */
  copy(realmId: string, alias: string, newName: string | undefined): Promise<string> {
    return this.editing.edit(realmId, (catalog) => copyFlow(catalog, alias, newName, newId));
  }

  /**
   * Deletes a flow with its executions, configs and sub-flows.
   *
   * @throws NotFoundError `flow_unknown`
   * @throws InvalidInputError `builtin_flow_delete`
   * @throws ConflictError `flow_in_use` with everything bound to it, `subflow_in_use` with the flows it is part of
   */
  delete(realmId: string, id: string): Promise<void> {
    return this.editing.edit(realmId, async (catalog) => {
      const edited = deleteFlow(catalog, id);
      const uses = await this.bound.usesOf(realmId, id);
      if (uses.length > 0) throw flowErrors.flowInUse(flowById(catalog, id)?.alias ?? id, uses.map(describeUse));
      return edited;
    });
  }
}
