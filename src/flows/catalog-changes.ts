import { changedPart } from './changed-part.js';
import type { FlowCatalog, FlowStore } from './stored-flow.js';

interface Row {
  readonly id: string;
}

/** What became of rows of one kind between two catalogs. A row that is the same object did not change. */
function difference<T extends Row>(before: readonly T[], after: readonly T[]) {
  const [were, are] = changedPart(before, after);
  const old = new Map(were.map((row) => [row.id, row]));
  const kept = new Set(are.map((row) => row.id));
  return {
    inserted: are.filter((row) => !old.has(row.id)),
    updated: are.filter((row) => old.has(row.id) && old.get(row.id) !== row),
    deleted: were.filter((row) => !kept.has(row.id)).map(({ id }) => id),
  };
}

/**
 * Writes what differs between two catalogs of one realm: first what is pointed at, last what pointed, so that no row ever
 * names one that is not there. Call it inside a unit of work that holds the edit lock.
 */
export async function saveChanges(
  store: FlowStore,
  realmId: string,
  before: FlowCatalog,
  after: FlowCatalog,
): Promise<void> {
  const flows = difference(before.flows, after.flows);
  const configs = difference(before.configs, after.configs);
  const executions = difference(before.executions, after.executions);

  await store.insertFlows(flows.inserted);
  for (const flow of flows.updated) await store.updateFlow(flow);
  await store.insertConfigs(configs.inserted);
  for (const config of configs.updated) await store.updateConfig(config);
  await store.insertExecutions(executions.inserted);
  for (const execution of executions.updated) await store.updateExecution(execution);
  await store.deleteExecutions(realmId, executions.deleted);
  await store.deleteConfigs(realmId, configs.deleted);
  await store.deleteFlows(realmId, flows.deleted);
}
