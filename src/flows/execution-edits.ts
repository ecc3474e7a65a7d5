import type { AuthenticatorRegistry } from '../engine/index.js';
import { replaceRow } from './edited.js';
import type { Edited } from './edited.js';
import { isEmptyAlias } from './flow-alias.js';
import { executionById, executionsOf, flowById, flowsWithin } from './flow-catalog.js';
import { renameFlow, withoutFlow, withoutUnusedConfigs } from './flow-edits.js';
import { flowErrors } from './flow-errors.js';
import { insertAt, requirePriority, swapWithNeighbour } from './priorities.js';
import { requireRequirement } from './requirement.js';
import { findProvider } from './step-providers.js';
import type { FlowCatalog, StoredExecution, StoredFlow } from './stored-flow.js';

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

/** Where an execution is to stand. */
export interface ExecutionPlace {
  /** Id of the flow or sub-flow. */
  readonly parentFlow?: string | undefined;
  /** Place among the others there, from 0; the end unless told. */
  readonly index?: number | undefined;
}

/** Puts an execution elsewhere in its flow, in another sub-flow, or in another flow: ours, the reference knows neighbours only. */
export function placeExecution(
  catalog: FlowCatalog,
  registry: AuthenticatorRegistry,
  id: string,
  { parentFlow, index = Number.MAX_SAFE_INTEGER }: ExecutionPlace,
): Edited {
  const { execution, parent } = requirePlaced(catalog, id);
  const target = parentFlow === undefined ? parent : flowById(catalog, parentFlow);
  if (target === undefined) throw flowErrors.executionParentUnknown();
  if (parent.builtIn || target.builtIn) throw flowErrors.builtInMoveExecution();
  if (!Number.isSafeInteger(index) || index < 0) throw flowErrors.placeInvalid();
  if (execution.flowId !== undefined && flowsWithin(catalog, execution.flowId).has(target.id))
    throw flowErrors.placeInsideItself();
  if (execution.flowId === undefined && !findProvider(registry, target.providerId, execution.authenticator ?? ''))
    throw flowErrors.providerUnknown(execution.authenticator ?? '');

  const others = executionsOf(catalog, target.id).filter((other) => other.id !== id);
  const placed = insertAt(others, { ...execution, parentFlowId: target.id }, index);
  return { catalog: { ...catalog, executions: placed.reduce(replaceRow, catalog.executions) }, result: undefined };
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
