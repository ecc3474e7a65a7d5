import type { TreeRow } from '../../../kit/data/tree-cells.js';
import type { Execution } from '../../flows/flow-api.js';

interface Building extends TreeRow<Execution> {
  readonly children: Building[];
}

/** The executions of a flow, which come depth first with their level, as a tree. */
export function treeOf(executions: readonly Execution[]): readonly TreeRow<Execution>[] {
  const top: Building[] = [];
  const open: Building[] = [];
  for (const value of executions) {
    const row: Building = { id: value.id, name: value.displayName, value, children: [] };
    open.length = value.level;
    (open.at(-1)?.children ?? top).push(row);
    open.push(row);
  }
  return top;
}
