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
  return new FlowCopying(catalog, newName, newId).copyFlow(catalog, source, newName);
}

/** Reads what is copied from the catalog as it was, so that what its rows are found by is made once. */
class FlowCopying {
  constructor(
    private readonly from: FlowCatalog,
    private readonly prefix: string,
    private readonly newId: IdMaker,
  ) {}

  copyFlow(to: FlowCatalog, source: StoredFlow, alias: string): Edited<string> {
    if (flowByAlias(to, alias)) throw flowErrors.aliasTakenByNew();
    const { runningHash: _, ...members } = source;
    const copy: StoredFlow = { ...members, id: this.newId(), alias, builtIn: false, position: nextPosition(to) };
    const start: FlowCatalog = { ...to, flows: [...to.flows, copy] };
    const copied = executionsOf(this.from, source.id).reduce(
      (edited, execution) => this.copyExecution(edited, execution, copy.id),
      start,
    );
    return { catalog: copied, result: copy.id };
  }

  private copyExecution(to: FlowCatalog, source: StoredExecution, parentFlowId: string): FlowCatalog {
    const { flowId, configId, ...members } = source;
    const withFlow = this.copySubflow(to, flowId);
    const withConfig = this.copyConfig(withFlow.catalog, configId);
    const copy: StoredExecution = {
      ...members,
      id: this.newId(),
      parentFlowId,
      ...(withFlow.result !== undefined && { flowId: withFlow.result }),
      ...(withConfig.result !== undefined && { configId: withConfig.result }),
    };
    return { ...withConfig.catalog, executions: [...withConfig.catalog.executions, copy] };
  }

  private copySubflow(to: FlowCatalog, id: string | undefined): Edited<string | undefined> {
    const source = flowById(this.from, id);
    if (source === undefined) return { catalog: to, result: undefined };
    return this.copyFlow(to, source, `${this.prefix} ${source.alias}`);
  }

  private copyConfig(to: FlowCatalog, id: string | undefined): Edited<string | undefined> {
    const source = configById(this.from, id);
    if (source === undefined) return { catalog: to, result: undefined };
    const alias = `${this.prefix} ${source.alias}`;
    if (to.configs.some((config) => config.alias === alias)) throw flowErrors.configAliasTaken(alias);
    const copy = { ...source, id: this.newId(), alias };
    return { catalog: { ...to, configs: [...to.configs, copy] }, result: copy.id };
  }
}
