import type { Edited, IdMaker } from './edited.js';
import { isEmptyAlias } from './flow-alias.js';
import { configById, executionsOf, flowByAlias, flowById } from './flow-catalog.js';
import { nextPosition } from './flow-edits.js';
import { flowErrors } from './flow-errors.js';
import type { FlowCatalog, StoredExecution, StoredFlow } from './stored-flow.js';

/**
 * Copies a flow with everything in it (Admin API reference 6.1). The copy is nobody's built-in; each sub-flow and each config is
 * copied too, under its old alias with the new name in front (the same one at every depth); descriptions, requirements and
 * priorities stay. The answer is the id of the copy.
 */
export function copyFlow(
  catalog: FlowCatalog,
  alias: string,
  newName: string | undefined,
  newId: IdMaker,
): Edited<string> {
  if (isEmptyAlias(newName)) throw flowErrors.aliasEmptyAtCreate();
  if (flowByAlias(catalog, newName)) throw flowErrors.aliasTakenByNew();
  const source = flowByAlias(catalog, alias);
  if (source === undefined) throw flowErrors.flowUnknown();
  return copyAs(catalog, source, newName, newName, newId);
}

function copyAs(
  catalog: FlowCatalog,
  source: StoredFlow,
  alias: string,
  prefix: string,
  newId: IdMaker,
): Edited<string> {
  if (flowByAlias(catalog, alias)) throw flowErrors.aliasTakenByNew();
  const { runningHash: _, ...members } = source;
  const copy: StoredFlow = { ...members, id: newId(), alias, builtIn: false, position: nextPosition(catalog) };
  const start: FlowCatalog = { ...catalog, flows: [...catalog.flows, copy] };
  const copied = executionsOf(catalog, source.id).reduce(
    (edited, execution) => copyExecution(edited, execution, copy.id, prefix, newId),
    start,
  );
  return { catalog: copied, result: copy.id };
}

function copyExecution(
  catalog: FlowCatalog,
  source: StoredExecution,
  parentFlowId: string,
  prefix: string,
  newId: IdMaker,
): FlowCatalog {
  const { flowId, configId, ...members } = source;
  const withFlow = copySubflow(catalog, flowId, prefix, newId);
  const withConfig = copyConfig(withFlow.catalog, configId, prefix, newId);
  const copy: StoredExecution = {
    ...members,
    id: newId(),
    parentFlowId,
    ...(withFlow.result !== undefined && { flowId: withFlow.result }),
    ...(withConfig.result !== undefined && { configId: withConfig.result }),
  };
  return { ...withConfig.catalog, executions: [...withConfig.catalog.executions, copy] };
}

function copySubflow(
  catalog: FlowCatalog,
  id: string | undefined,
  prefix: string,
  newId: IdMaker,
): Edited<string | undefined> {
  const source = flowById(catalog, id);
  if (source === undefined) return { catalog, result: undefined };
  return copyAs(catalog, source, `${prefix} ${source.alias}`, prefix, newId);
}

function copyConfig(
  catalog: FlowCatalog,
  id: string | undefined,
  prefix: string,
  newId: IdMaker,
): Edited<string | undefined> {
  const source = configById(catalog, id);
  if (source === undefined) return { catalog, result: undefined };
  const alias = `${prefix} ${source.alias}`;
  if (catalog.configs.some((config) => config.alias === alias)) throw flowErrors.configAliasTaken(alias);
  const copy = { ...source, id: newId(), alias };
  return { catalog: { ...catalog, configs: [...catalog.configs, copy] }, result: copy.id };
}
