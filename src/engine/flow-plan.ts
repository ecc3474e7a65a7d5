import { InvalidInputError } from '../shared/errors.js';
import type { Execution, FlowDefinition, StepExecution, SubflowExecution } from './flow-definition.js';
import { splitLevel } from './requirement-rules.js';
import type { IsCondition, Level } from './requirement-rules.js';

/** A flow of the tree as a level of the machine. */
export interface LevelNode {
  readonly kind: 'level';
  /** Id of its machine state. */
  readonly key: string;
  readonly flow: FlowDefinition;
  readonly rules: Level;
  /** The placement of the sub-flow; absent for the top level. */
  readonly execution?: SubflowExecution;
  /** The level it stands in; absent for the top level. */
  readonly parent?: LevelNode;
  /** The conditions that open it, in order; only a CONDITIONAL sub-flow has any. */
  readonly conditions: readonly LeafNode[];
  /** The elements that can run, in order. */
  readonly elements: readonly (LeafNode | LevelNode)[];
}

/** A step or condition that can be asked. */
export interface LeafNode {
  readonly kind: 'leaf';
  /** Id of its machine state. */
  readonly key: string;
  readonly role: 'step' | 'condition';
  readonly execution: StepExecution;
  /** The level it stands in. */
  readonly parent: LevelNode;
  /** The other enabled elements of its own flow; conditions are not elements. */
  readonly siblings: readonly Execution[];
  /** The level from which "try another way" collects; absent when only the step itself can be meant (2.7). */
  readonly scope?: LevelNode;
}

/** Everything the compiler and the runner need to know of a definition, computed once. */
export interface FlowPlan {
  readonly top: LevelNode;
  readonly leaves: ReadonlyMap<string, LeafNode>;
  /** Sub-flows that can run, by execution id. */
  readonly subflows: ReadonlyMap<string, LevelNode>;
  /** Leaves by the id of their machine state. */
  readonly leavesByKey: ReadonlyMap<string, LeafNode>;
}

/**
 * Lays a definition out as levels and leaves. What can never run (disabled, silenced, without a condition) is left out.
 *
 * @throws InvalidInputError `duplicate_execution_id`: statuses are kept by execution id, so it has to be unique.
 */
export function planFlow(definition: FlowDefinition, isCondition: IsCondition): FlowPlan {
  const leaves = new Map<string, LeafNode>();
  const subflows = new Map<string, LevelNode>();
  const nextKey = (): string => `x${leaves.size + subflows.size}`;

  function claim(id: string): void {
    if (!leaves.has(id) && !subflows.has(id)) return;
    throw new InvalidInputError(
      'duplicate_execution_id',
      `Execution id ${id} is used twice in flow ${definition.alias}`,
    );
  }

  function leaf(execution: StepExecution, role: LeafNode['role'], parent: LevelNode): LeafNode {
    claim(execution.id);
    const scope = role === 'step' ? selectionScope(execution, parent) : undefined;
    const siblings = elementsOf(parent.rules).filter((other) => other !== execution);
    const base = { kind: 'leaf', key: nextKey(), role, execution, parent, siblings } as const;
    const node: LeafNode = scope === undefined ? base : { ...base, scope };
    leaves.set(execution.id, node);
    return node;
  }

  function fill<N extends LevelNode>(node: N & Building): N {
    if (node.execution?.requirement === 'CONDITIONAL') {
      for (const execution of node.rules.conditions) node.conditions.push(leaf(execution, 'condition', node));
    }
    for (const execution of [...node.rules.required, ...node.rules.alternatives]) {
      node.elements.push(execution.kind === 'step' ? leaf(execution, 'step', node) : subflow(execution, node));
    }
    return node;
  }

  function subflow(execution: SubflowExecution, parent: LevelNode): LevelNode {
    claim(execution.id);
    const node = { ...newLevel(nextKey(), execution.flow, isCondition), execution, parent };
    subflows.set(execution.id, node);
    return fill(node);
  }

  const top = fill(newLevel('flow', definition, isCondition));
  return { top, leaves, subflows, leavesByKey: new Map([...leaves.values()].map((node) => [node.key, node])) };
}

/** Every enabled element of a level in the order of its lists; the silenced ones are there too. */
const elementsOf = ({ required, alternatives, silenced }: Level): readonly Execution[] => [
  ...required,
  ...alternatives,
  ...silenced,
];

/** A level whose children are still being laid out. */
interface Building {
  readonly conditions: LeafNode[];
  readonly elements: (LeafNode | LevelNode)[];
}

function newLevel(key: string, flow: FlowDefinition, isCondition: IsCondition): LevelNode & Building {
  return { kind: 'level', key, flow, rules: splitLevel(flow.executions, isCondition), conditions: [], elements: [] };
}

/**
 * How far up "try another way" looks (2.7): an ALTERNATIVE looks at its whole flow, anything else only while it is the very
 * first of its flow (conditions and disabled executions count), and so on upwards.
 */
function selectionScope(step: StepExecution, parent: LevelNode): LevelNode | undefined {
  let scope: LevelNode | undefined;
  let element: Execution = step;
  for (let level: LevelNode | undefined = parent; level !== undefined; level = level.parent) {
    if (element.requirement !== 'ALTERNATIVE' && level.flow.executions[0] !== element) break;
    scope = level;
    if (level.execution === undefined) break;
    element = level.execution;
  }
  return scope;
}
