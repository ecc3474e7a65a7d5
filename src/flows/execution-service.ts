import type { AuthenticatorRegistry } from '../engine/index.js';
import { newId } from '../shared/secrets.js';
import { changeExecution, moveExecution, placeExecution, removeExecution } from './execution-edits.js';
import type { ExecutionChange, ExecutionPlace } from './execution-edits.js';
import { addStep, addSubflow } from './execution-placing.js';
import type { StepInput, SubflowInput } from './execution-placing.js';
import { configById, executionById, flowByAlias, flowById } from './flow-catalog.js';
import type { FlowEditing } from './flow-editing.js';
import { flowErrors } from './flow-errors.js';
import type { FlowStore, StoredConfig, StoredExecution } from './stored-flow.js';

/** An execution read by its id. */
export interface SingleExecution {
  readonly execution: StoredExecution;
  readonly config?: StoredConfig;
}

/** What is in flows: steps and sub-flows, their requirement and order. */
export class ExecutionService {
  constructor(
    private readonly store: FlowStore,
    private readonly editing: FlowEditing,
    private readonly registry: AuthenticatorRegistry,
  ) {}

  /** @throws NotFoundError `execution_unknown` */
  async get(realmId: string, id: string): Promise<SingleExecution> {
    const catalog = await this.store.catalog(realmId);
    const execution = executionById(catalog, id);
    if (execution === undefined) throw flowErrors.executionUnknown();
    const config = configById(catalog, execution.configId);
    return { execution, ...(config && { config }) };
  }

  /**
   * Adds a step to the flow of that alias, a sub-flow's included.
   *
   * @returns id of the execution
   * @throws InvalidInputError `parent_flow_unknown`, `builtin_add_execution`, `provider_unknown`, `priority_invalid`
   */
  addStep(realmId: string, flowAlias: string, input: StepInput): Promise<string> {
    return this.editing.edit(realmId, (catalog) => {
      const parent = flowByAlias(catalog, flowAlias);
      if (parent === undefined) throw flowErrors.parentUnknown();
      return addStep(catalog, this.registry, parent, input, newId);
    });
  }

  /**
   * Adds a step to the flow of that id (`POST executions`, where the caller also says the requirement).
   *
   * @returns id of the execution
   * @throws InvalidInputError `parent_flow_missing`, `execution_parent_unknown`, `builtin_add_execution`, `provider_unknown`,
   * `requirement_unknown`, `priority_invalid`
   */
  addStepById(realmId: string, parentFlowId: string | undefined, input: StepInput): Promise<string> {
    return this.editing.edit(realmId, (catalog) => {
      if (parentFlowId === undefined) throw flowErrors.parentMissing();
      const parent = flowById(catalog, parentFlowId);
      if (parent === undefined) throw flowErrors.executionParentUnknown();
      return addStep(catalog, this.registry, parent, input, newId);
    });
  }

  /**
   * Makes a flow inside the flow of that alias.
   *
   * @returns id of the new flow (not of the execution that places it)
   * @throws InvalidInputError `subflow_parent_unknown`, `builtin_add_subflow`, `subflow_kind_missing`, `flow_kind_unknown`,
   * `priority_invalid`
   * @throws ConflictError `flow_alias_empty`, `flow_alias_taken`
   */
  addSubflow(realmId: string, flowAlias: string, input: SubflowInput): Promise<string> {
    return this.editing.edit(realmId, (catalog) => {
      const parent = flowByAlias(catalog, flowAlias);
      if (parent === undefined) throw flowErrors.subflowParentUnknown();
      return addSubflow(catalog, parent, input, newId);
    });
  }

  /**
   * Takes one row of the list of executions back: requirement and priority, or else the name of a sub-flow. The flow in the path
   * must exist; that it holds the execution is not asked, as at the reference.
   *
   * @throws NotFoundError `flow_of_execution_unknown`, `execution_unknown`
   * @throws InvalidInputError `requirement_unknown`, `priority_invalid`
   * @throws ConflictError `flow_alias_empty`, `flow_alias_taken`
   */
  change(realmId: string, flowAlias: string, change: ExecutionChange): Promise<void> {
    return this.editing.edit(realmId, (catalog) => {
      if (!flowByAlias(catalog, flowAlias)) throw flowErrors.flowOfExecutionUnknown();
      return changeExecution(catalog, change);
    });
  }

  /**
   * Moves an execution one place up (`raise`: it runs earlier) or down; at the end of the list nothing happens.
   *
   * @throws NotFoundError `execution_unknown`
   * @throws InvalidInputError `builtin_move_execution`
   */
  move(realmId: string, id: string, direction: 'raise' | 'lower'): Promise<void> {
    return this.editing.edit(realmId, (catalog) => moveExecution(catalog, id, direction));
  }

  /**
   * Puts an execution at a place of the same or of another flow, in one edit.
   *
   * @throws NotFoundError `execution_unknown`
   * @throws InvalidInputError `execution_parent_unknown`, `builtin_move_execution`, `place_invalid`, `place_inside_itself`,
   * `provider_unknown` where the flow takes no such step
   */
  place(realmId: string, id: string, place: ExecutionPlace): Promise<void> {
    return this.editing.edit(realmId, (catalog) => placeExecution(catalog, this.registry, id, place));
  }

  /**
   * Removes an execution with its config, or with the whole sub-flow it places.
   *
   * @throws NotFoundError `execution_unknown`
   * @throws InvalidInputError `builtin_remove_execution`
   */
  remove(realmId: string, id: string): Promise<void> {
    return this.editing.edit(realmId, (catalog) => removeExecution(catalog, id));
  }
}
