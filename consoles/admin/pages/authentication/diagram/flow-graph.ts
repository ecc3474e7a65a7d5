import type { Execution } from '../../../flows/flow-api.js';

/** The compiled machine, as XState takes it (`GET flows/{alias}/machine`): the members that a picture needs. */
export interface MachineState {
  readonly id?: string;
  readonly meta?: { readonly flow?: string; readonly executionId?: string; readonly authenticator?: string };
  readonly states?: Readonly<Record<string, MachineState>>;
}

export interface GraphNode {
  /** Id of the execution, or `start`, `passed`, `failed`. */
  readonly id: string;
  readonly kind: 'start' | 'step' | 'condition' | 'passed' | 'failed';
  readonly name: string;
  /** The sub-flow around it. */
  readonly group?: string;
}

export interface GraphGroup {
  /** Id of the execution that places the sub-flow. */
  readonly id: string;
  readonly name: string;
  readonly parent?: string;
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly on: 'begins' | 'passes' | 'otherwise' | 'holds' | 'fails';
}

/** How logins go through a flow. */
export interface FlowGraph {
  readonly nodes: readonly GraphNode[];
  /** Each before those in it. */
  readonly groups: readonly GraphGroup[];
  readonly edges: readonly GraphEdge[];
}

/** Where a part of a flow goes on. */
interface Ways {
  readonly passes: string;
  readonly otherwise: string;
  /** Where a login goes on that a condition keeps out; several where that depends on what passed before. */
  readonly skipped: readonly string[];
}

/**
 * The ways through a compiled machine. Which parts there are, in which order and in which sub-flow, is the machine's own; the executions
 * say which of them are alternatives.
 */
export function graphOf(machine: MachineState, executions: readonly Execution[]): FlowGraph {
  const rows = new Map(executions.map((execution) => [execution.id, execution]));
  const nodes: GraphNode[] = [];
  const groups: GraphGroup[] = [];
  const edges: GraphEdge[] = [];
  const nameOf = (id: string, otherwise: string): string => rows.get(id)?.displayName ?? otherwise;

  /** Lays out one level. @returns where it begins; what follows it when there is nothing in it that runs */
  function level(state: MachineState, { passes, otherwise, skipped }: Ways, group?: string): string {
    const parts = Object.values(state.states ?? {}).filter(({ meta }) => meta?.executionId !== undefined);
    const conditions = parts.filter(isCondition);
    const elements = parts.filter((part) => !isCondition(part));
    const areAlternatives = elements.every(
      ({ meta }) => rows.get(meta?.executionId ?? '')?.requirement === 'ALTERNATIVE',
    );
    // A level in which nothing passed has failed, be it that nothing was there to run (engine reference 2.3).
    let next = areAlternatives ? otherwise : passes;
    for (const [index, element] of [...elements.entries()].toReversed()) {
      const ways = areAlternatives
        ? { passes, otherwise: next, skipped: [next] }
        : {
            passes: next,
            otherwise,
            skipped: index < elements.length - 1 ? [next] : exitsOf(elements.slice(0, index), { passes, otherwise }),
          };
      next = part(element, ways, group);
    }
    for (const condition of conditions.toReversed()) {
      const id = add(condition, 'condition', group);
      edges.push({ from: id, to: next, on: 'holds' });
      for (const to of new Set(skipped)) edges.push({ from: id, to, on: 'fails' });
      next = id;
    }
    return next;
  }

  /** Where a level goes on whose last part was kept out: it has passed if one before did. */
  function exitsOf(before: readonly MachineState[], { passes, otherwise }: Omit<Ways, 'skipped'>): readonly string[] {
    const mayPass = before.map(({ meta }) => rows.get(meta?.executionId ?? '')?.requirement === 'CONDITIONAL');
    if (mayPass.includes(false)) return [passes];
    return mayPass.length > 0 ? [passes, otherwise] : [otherwise];
  }

  function part(state: MachineState, ways: Ways, group?: string): string {
    const executionId = state.meta?.executionId ?? '';
    if (state.meta?.authenticator === undefined) {
      const name = nameOf(executionId, state.meta?.flow ?? executionId);
      const first = level(state, ways, executionId);
      // Everything is laid out from its end, and turned round in the end: a sub-flow comes behind those in it.
      groups.push({ id: executionId, name, ...(group !== undefined && { parent: group }) });
      return first;
    }
    const id = add(state, 'step', group);
    edges.push({ from: id, to: ways.passes, on: 'passes' }, { from: id, to: ways.otherwise, on: 'otherwise' });
    return id;
  }

  function add({ meta }: MachineState, kind: 'step' | 'condition', group?: string): string {
    const id = meta?.executionId ?? '';
    const name = nameOf(id, meta?.authenticator ?? id);
    nodes.push({ id, kind, name, ...(group !== undefined && { group }) });
    return id;
  }

  const first = level(machine, { passes: 'passed', otherwise: 'failed', skipped: ['failed'] });
  edges.push({ from: 'start', to: first, on: 'begins' });
  const ends: readonly GraphNode[] = [
    { id: 'passed', kind: 'passed', name: '' },
    { id: 'failed', kind: 'failed', name: '' },
  ];
  const used = ends.filter(({ id }) => edges.some(({ to }) => to === id));
  return {
    nodes: [{ id: 'start', kind: 'start', name: '' }, ...nodes.toReversed(), ...used],
    groups: groups.toReversed(),
    edges: edges.toReversed(),
  };
}

/** A condition asks and answers; a step can also show a page and wait. */
const isCondition = ({ meta, states = {} }: MachineState): boolean =>
  meta?.authenticator !== undefined && !('wait' in states);
