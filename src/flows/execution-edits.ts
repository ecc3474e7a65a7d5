import { REQUIREMENTS } from '../engine/index.js';
import type { AuthenticatorRegistry, Requirement } from '../engine/index.js';
import { replaceRow } from './edited.js';
import type { Edited, IdMaker } from './edited.js';
import { isEmptyAlias } from './flow-alias.js';
import { executionById, executionsOf, flowByAlias, flowById } from './flow-catalog.js';
import { flowKind, nextPosition, renameFlow, withoutFlow, withoutUnusedConfigs } from './flow-edits.js';
import { flowErrors } from './flow-errors.js';
import { priorityAfter, requirePriority, swapWithNeighbour } from './priorities.js';
import { findProvider } from './step-providers.js';
import type { FlowCatalog, StoredExecution, StoredFlow } from './stored-flow.js';

/** A step to be placed in a flow. */
export interface StepInput {
  readonly provider: string;
  readonly requirement?: string | undefined;
  readonly priority?: number | undefined;
}

/** A new flow to be placed in a flow. `provider` is the page of a form-flow and means nothing for the other kinds. */
export interface SubflowInput {
  readonly alias?: string | undefined;
  readonly type?: string | undefined;
  readonly provider?: string | undefined;
  readonly description?: string | undefined;
  readonly priority?: number | undefined;
}

/** One row of the list as a caller sends it back. */
export interface ExecutionChange {
  readonly id: string;
  readonly requirement?: string | undefined;
  readonly priority?: number | undefined;
  readonly authenticationFlow?: boolean | undefined;
  readonly flowId?: string | undefined;
  readonly displayName?: string | undefined;
  readonly description?: string | undefined;
}

/**
 * Places a step at the end of a flow, or where `priority` says. It gets the provider's only requirement, or DISABLED where there
 * is a choice, so that a half-built flow does not take effect. The answer is the id of the execution.
 */
export function addStep(
  catalog: FlowCatalog,
  registry: AuthenticatorRegistry,
  parent: StoredFlow,
  input: StepInput,
  newId: IdMaker,
): Edited<string> {
  if (parent.builtIn) throw flowErrors.builtInAddExecution();
  const provider = findProvider(registry, parent.providerId, input.provider);
  if (provider === undefined) throw flowErrors.providerUnknown(input.provider);
  const [only, ...others] = provider.requirements;
  const usual = only !== undefined && others.length === 0 ? only : 'DISABLED';

  return place(catalog, parent, input.priority, {
    id: newId(),
    requirement: input.requirement === undefined ? usual : requireRequirement(input.requirement),
    authenticator: provider.id,
  });
}

/** Makes a new flow and places it in another, disabled. The answer is the id of the *flow*, as the reference has it. */
export function addSubflow(
  catalog: FlowCatalog,
  parent: StoredFlow,
  input: SubflowInput,
  newId: IdMaker,
): Edited<string> {
  if (parent.builtIn) throw flowErrors.builtInAddSubflow();
  if (isEmptyAlias(input.alias)) throw flowErrors.aliasEmptyAtCreate();
  if (flowByAlias(catalog, input.alias)) throw flowErrors.aliasTakenByNew();
  if (input.type === undefined) throw flowErrors.subflowKindMissing();

  const flow: StoredFlow = {
    id: newId(),
    realmId: parent.realmId,
    alias: input.alias,
    description: input.description ?? '',
    providerId: flowKind(input.type, 'type'),
    topLevel: false,
    builtIn: false,
    position: nextPosition(catalog),
  };
  const { catalog: edited } = place({ ...catalog, flows: [...catalog.flows, flow] }, parent, input.priority, {
    id: newId(),
    requirement: 'DISABLED',
    flowId: flow.id,
    ...(flow.providerId === 'form-flow' && input.provider !== undefined && { authenticator: input.provider }),
  });
  return { catalog: edited, result: flow.id };
}

function place(
  catalog: FlowCatalog,
  parent: StoredFlow,
  priority: number | undefined,
  content: Omit<StoredExecution, 'realmId' | 'parentFlowId' | 'priority'>,
): Edited<string> {
  const execution: StoredExecution = {
    ...content,
    realmId: parent.realmId,
    parentFlowId: parent.id,
    priority: priority === undefined ? priorityAfter(executionsOf(catalog, parent.id)) : requirePriority(priority),
  };
  return { catalog: { ...catalog, executions: [...catalog.executions, execution] }, result: execution.id };
}

/**
 * Takes one row of the list back (Admin API reference 6.3). A changed requirement or priority is stored and ends the call; only
 * otherwise a sub-flow is renamed. An absent priority means 0. Built-in flows are not protected here: this is how an admin
 * switches their parts on and off.
 */
export function changeExecution(catalog: FlowCatalog, change: ExecutionChange): Edited {
  const execution = executionById(catalog, change.id);
  if (execution === undefined) throw flowErrors.executionUnknown();
  const requirement = requireRequirement(change.requirement);
  const priority = requirePriority(change.priority ?? 0);
  if (requirement !== execution.requirement || priority !== execution.priority) {
    const changed = { ...execution, requirement, priority };
    return { catalog: { ...catalog, executions: replaceRow(catalog.executions, changed) }, result: undefined };
  }
  if (change.authenticationFlow === undefined) return { catalog, result: undefined };

  const flow = change.flowId === execution.flowId ? flowById(catalog, change.flowId) : undefined;
  if (flow === undefined) throw flowErrors.executionUnknown();
  const alias = change.displayName ?? flow.alias;
  if (isEmptyAlias(alias)) throw flowErrors.aliasEmptyAtUpdate();
  const renamed = renameFlow(catalog, flow, alias, change.description);
  return { catalog: { ...catalog, flows: replaceRow(catalog.flows, renamed) }, result: undefined };
}

/** Moves an execution one place up (`raise`) or down in its flow; at the end of the list nothing happens. */
export function moveExecution(catalog: FlowCatalog, id: string, direction: 'raise' | 'lower'): Edited {
  const { execution, parent } = requirePlaced(catalog, id);
  if (parent.builtIn) throw flowErrors.builtInMoveExecution();
  const moved = swapWithNeighbour(executionsOf(catalog, parent.id), execution.id, direction);
  const executions = moved.reduce(replaceRow, catalog.executions);
  return { catalog: { ...catalog, executions }, result: undefined };
}

/** Takes an execution out of its flow, with its config, or with the whole sub-flow below it. */
export function removeExecution(catalog: FlowCatalog, id: string): Edited {
  const { execution, parent } = requirePlaced(catalog, id);
  if (parent.builtIn) throw flowErrors.builtInRemoveExecution();
  const executions = catalog.executions.filter((other) => other.id !== id);
  const without = withoutUnusedConfigs(catalog, { ...catalog, executions });
  const { flowId } = execution;
  const isShared = executions.some((other) => other.flowId === flowId);
  return { catalog: flowId === undefined || isShared ? without : withoutFlow(without, flowId), result: undefined };
}

function requirePlaced(catalog: FlowCatalog, id: string): { execution: StoredExecution; parent: StoredFlow } {
  const execution = executionById(catalog, id);
  const parent = flowById(catalog, execution?.parentFlowId);
  if (execution === undefined || parent === undefined) throw flowErrors.executionUnknown();
  return { execution, parent };
}

function requireRequirement(value: string | undefined): Requirement {
  const requirement = REQUIREMENTS.find((candidate) => candidate === value);
  if (requirement === undefined) throw flowErrors.requirementUnknown();
  return requirement;
}
