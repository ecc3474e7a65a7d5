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
    deleted: were.filter((row) => !kept.has(row.id)),
  };
}

/**
 * Writes what differs between two catalogs of one realm: first what is pointed at, last what pointed, so that no row ever
 * names one that is not there. Call it inside a unit of work that holds the edit lock.
 */
export async function saveChanges(store: FlowStore, before: FlowCatalog, after: FlowCatalog): Promise<void> {
  const flows = difference(before.flows, after.flows);
  const configs = difference(before.configs, after.configs);
  const executions = difference(before.executions, after.executions);

  for (const flow of flows.inserted) await store.insertFlow(flow);
  for (const flow of flows.updated) await store.updateFlow(flow);
  for (const config of configs.inserted) await store.insertConfig(config);
  for (const config of configs.updated) await store.updateConfig(config);
  for (const execution of executions.inserted) await store.insertExecution(execution);
  for (const execution of executions.updated) await store.updateExecution(execution);
  for (const execution of executions.deleted) await store.deleteExecution(execution.realmId, execution.id);
  for (const config of configs.deleted) await store.deleteConfig(config.realmId, config.id);
  for (const flow of flows.deleted) await store.deleteFlow(flow.realmId, flow.id);
}
