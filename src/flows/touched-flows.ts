import { changedPart } from './changed-part.js';
import { placementsOf } from './flow-catalog.js';
import type { FlowCatalog, StoredFlow } from './stored-flow.js';

/**
 * The top-level flows of `after` in which anything may differ from `before`: a row of theirs, of a sub-flow below them, of a step or a
 * config in one of these. All others need not be looked at: a row that is the same object did not change.
 */
export function touchedFlows(before: FlowCatalog, after: FlowCatalog): readonly StoredFlow[] {
  const touched = new Set<string>(changedRows(before.flows, after.flows).map(({ id }) => id));
  for (const { parentFlowId } of changedRows(before.executions, after.executions)) touched.add(parentFlowId);
  const configs = new Set(changedRows(before.configs, after.configs).map(({ id }) => id));
  if (configs.size > 0)
    for (const { executions } of [before, after])
      for (const { configId, parentFlowId } of executions)
        if (configId !== undefined && configs.has(configId)) touched.add(parentFlowId);
  // A set that grows while it is walked through: from sub-flows up to the flows around them, each once.
  for (const id of touched)
    for (const catalog of [before, after])
      for (const { parentFlowId } of placementsOf(catalog, id)) touched.add(parentFlowId);
  return after.flows.filter(({ id, topLevel }) => topLevel && touched.has(id));
}

/** Rows of either list that the other does not have as the same object. */
function changedRows<T extends object>(before: readonly T[], after: readonly T[]): readonly T[] {
  const [were, are] = changedPart(before, after);
  const [old, kept] = [new Set(were), new Set(are)];
  return [...were.filter((row) => !kept.has(row)), ...are.filter((row) => !old.has(row))];
}
