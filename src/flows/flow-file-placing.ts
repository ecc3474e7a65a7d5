import type { Edited, IdMaker } from './edited.js';
import { rowsOfFile } from './built-in-flows.js';
import { flowByAlias } from './flow-catalog.js';
import { nextPosition, withoutFlow } from './flow-edits.js';
import { flowErrors } from './flow-errors.js';
import type { FlowFile } from './flow-file.js';
import type { FlowCatalog, StoredFlow } from './stored-flow.js';

export interface FilePlacing {
  readonly realmId: string;
  readonly master: boolean;
  /** True: a top-level flow of the same alias becomes what the file says, under its id; bindings stay. */
  readonly replace: boolean;
}

/**
 * Puts the flow of a file among those of a realm.
 * @throws ConflictError `flow_alias_taken` when its alias or that of a sub-flow is there already
 */
export function placeFlowFile(
  catalog: FlowCatalog,
  file: FlowFile,
  { realmId, master, replace }: FilePlacing,
  newId: IdMaker,
): Edited<StoredFlow> {
  const old = flowByAlias(catalog, file.alias);
  if (old && !(replace && old.topLevel)) throw flowErrors.aliasTakenAtCreate(file.alias);
  const rest = old ? withoutFlow(catalog, old.id) : catalog;
  let first = old?.id;
  const idsFromOld: IdMaker = () => {
    const id = first ?? newId();
    first = undefined;
    return id;
  };
  const rows = rowsOfFile(file, { realmId, master, position: nextPosition(rest) }, idsFromOld);
  const flows = rows.flows.map((flow, at): StoredFlow => {
    const builtIn = old?.builtIn ?? false;
    return at === 0 && old ? { ...old, ...flow, position: old.position, builtIn } : { ...flow, builtIn };
  });
  const taken = flows.find(({ alias }) => flowByAlias(rest, alias));
  if (taken) throw flowErrors.aliasTakenAtCreate(taken.alias);
  const [placed] = flows;
  if (placed === undefined) throw new Error('A flow file has a flow');
  return {
    catalog: {
      flows: [...rest.flows, ...flows],
      executions: [...rest.executions, ...rows.executions],
      configs: [...rest.configs, ...rows.configs],
    },
    result: placed,
  };
}
