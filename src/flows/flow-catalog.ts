import type { Execution, FlowDefinition, StepConfig } from '../engine/index.js';
import { FirstByKey, GroupedByKey } from './row-index.js';
import type { FlowCatalog, StoredConfig, StoredExecution, StoredFlow } from './stored-flow.js';

/** One line of the list of a flow's executions, as `GET flows/{alias}/executions` shows it. */
export interface ExecutionRow {
  readonly execution: StoredExecution;
  /** 0 for the executions of the flow itself, one more for each nesting. */
  readonly level: number;
  /** Place among its siblings, from 0. */
  readonly index: number;
  /** Kind of flow it stands in: it decides which providers it may name. */
  readonly parent: StoredFlow;
  /** The sub-flow, when it is one. */
  readonly subflow?: StoredFlow;
  readonly config?: StoredConfig;
}

const FLOWS_BY_ID = new FirstByKey<StoredFlow>(({ id }) => id);
const FLOWS_BY_ALIAS = new FirstByKey<StoredFlow>(({ alias }) => alias);
const CONFIGS_BY_ID = new FirstByKey<StoredConfig>(({ id }) => id);
const EXECUTIONS_BY_PARENT = new GroupedByKey<StoredExecution>(
  ({ parentFlowId }) => parentFlowId,
  (a, b) => a.priority - b.priority || (a.id < b.id ? -1 : 1),
);
const PLACEMENTS = new GroupedByKey<StoredExecution>(({ flowId }) => flowId);

/** A catalog with nothing in it. */
export const EMPTY_CATALOG: FlowCatalog = { flows: [], executions: [], configs: [] };

/** The flow of that id, sub-flows included. */
export const flowById = ({ flows }: FlowCatalog, id: string | undefined): StoredFlow | undefined =>
  id === undefined ? undefined : FLOWS_BY_ID.of(flows).get(id);

/** The flow of that alias, sub-flows included: aliases are unique among all of them. */
export const flowByAlias = ({ flows }: FlowCatalog, alias: string): StoredFlow | undefined =>
  FLOWS_BY_ALIAS.of(flows).get(alias);

export const executionById = ({ executions }: FlowCatalog, id: string): StoredExecution | undefined =>
  executions.find((execution) => execution.id === id);

export const configById = ({ configs }: FlowCatalog, id: string | undefined): StoredConfig | undefined =>
  id === undefined ? undefined : CONFIGS_BY_ID.of(configs).get(id);

/** Flows in the order in which they came to the realm. */
export const flowsInOrder = (catalog: FlowCatalog): readonly StoredFlow[] =>
  catalog.flows.toSorted((a, b) => a.position - b.position);

/** Executions of one flow in the order in which they run: by priority, and by id where two share one. */
export const executionsOf = ({ executions }: FlowCatalog, flowId: string): readonly StoredExecution[] =>
  EXECUTIONS_BY_PARENT.of(executions).get(flowId) ?? [];

/** The executions through which other flows use this one as a sub-flow. */
export const placementsOf = ({ executions }: FlowCatalog, flowId: string): readonly StoredExecution[] =>
  PLACEMENTS.of(executions).get(flowId) ?? [];

/** Everything in a flow, depth first, parents before their children (Admin API reference 6.4). */
export function executionRows(catalog: FlowCatalog, flowId: string, level = 0): readonly ExecutionRow[] {
  const parent = flowById(catalog, flowId);
  if (parent === undefined) return [];
  return executionsOf(catalog, flowId).flatMap((execution, index) => {
    const subflow = flowById(catalog, execution.flowId);
    const config = configById(catalog, execution.configId);
    const row: ExecutionRow = {
      execution,
      level,
      index,
      parent,
      ...(subflow && { subflow }),
      ...(config && { config }),
    };
    return subflow === undefined ? [row] : [row, ...executionRows(catalog, subflow.id, level + 1)];
  });
}

/** Ids of a flow and of every sub-flow below it. */
export const flowsWithin = (catalog: FlowCatalog, flowId: string): ReadonlySet<string> =>
  new Set([flowId, ...executionRows(catalog, flowId).flatMap((row) => (row.subflow ? [row.subflow.id] : []))]);

/** The top-level flows in which a flow takes part (itself, when it is one). More than one when they share a sub-flow. */
export const topLevelOwners = (catalog: FlowCatalog, flowId: string): readonly StoredFlow[] =>
  catalog.flows.filter((flow) => flow.topLevel && flowsWithin(catalog, flow.id).has(flowId));

/**
 * The flow as the engine takes it: the tree below it in the order in which it runs, each execution under its stored id, each
 * config in its place. Undefined for an unknown id. An execution whose sub-flow row is gone is left out: there is nothing to run.
 */
export function definitionOf(catalog: FlowCatalog, flowId: string, formProvider?: string): FlowDefinition | undefined {
  const flow = flowById(catalog, flowId);
  if (flow === undefined) return undefined;
  return {
    alias: flow.alias,
    kind: flow.providerId,
    ...(formProvider !== undefined && { formProvider }),
    executions: executionsOf(catalog, flowId).flatMap((execution) => toDefinition(catalog, execution) ?? []),
  };
}

function toDefinition(catalog: FlowCatalog, execution: StoredExecution): Execution | undefined {
  const { id, requirement, authenticator, flowId } = execution;
  if (flowId !== undefined) {
    const flow = definitionOf(catalog, flowId, authenticator);
    return flow && { kind: 'subflow', id, requirement, flow };
  }
  if (authenticator === undefined) return undefined;
  const config = stepConfigOf(catalog, execution);
  return { kind: 'step', id, requirement, authenticator, ...(config && { config }) };
}

function stepConfigOf(catalog: FlowCatalog, execution: StoredExecution): StepConfig | undefined {
  const config = configById(catalog, execution.configId);
  return config && { alias: config.alias, values: config.values };
}
