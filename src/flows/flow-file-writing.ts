import type { BindingField } from '../realm/realm.js';
import type { Json, JsonObject } from '../shared/json.js';
import { configById, executionsOf, flowById } from './flow-catalog.js';
import type { FlowCatalog, StoredExecution, StoredFlow } from './stored-flow.js';

const PRIORITY_STEP = 10;

/**
 * A stored flow in the form of the files in `flows/`: without ids, each sub-flow and config in its place. Priorities are kept where
 * they rise, as files want it; else they are counted anew, in the order in which the executions run.
 */
export function toFlowFile(catalog: FlowCatalog, flow: StoredFlow, bindsTo?: BindingField): JsonObject {
  return {
    alias: flow.alias,
    description: flow.description,
    providerId: flow.providerId,
    order: flow.position,
    ...(bindsTo !== undefined && { bindsTo }),
    executions: executionsIn(catalog, flow.id),
  };
}

function executionsIn(catalog: FlowCatalog, flowId: string): readonly Json[] {
  const executions = executionsOf(catalog, flowId);
  const rises = executions.every(({ priority }, at) => at === 0 || (executions[at - 1]?.priority ?? 0) < priority);
  return executions.map((execution, at) =>
    toFileExecution(catalog, execution, rises ? execution.priority : (at + 1) * PRIORITY_STEP),
  );
}

function toFileExecution(catalog: FlowCatalog, execution: StoredExecution, priority: number): JsonObject {
  const place = { requirement: execution.requirement, priority };
  const subflow = flowById(catalog, execution.flowId);
  if (subflow) {
    const { alias, description, providerId } = subflow;
    const page = execution.authenticator === undefined ? {} : { formProvider: execution.authenticator };
    const head = { alias, ...(description !== '' && { description }), providerId, ...page };
    return { flow: head, ...place, executions: executionsIn(catalog, subflow.id) };
  }
  const config = configById(catalog, execution.configId);
  return {
    authenticator: execution.authenticator ?? '',
    ...place,
    ...(config && { config: { alias: config.alias, config: config.values } }),
  };
}
