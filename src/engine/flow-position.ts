import type { CompiledFlow } from './flow-compiler.js';
import type { FlowSnapshot } from './flow-machine.js';
import type { LeafNode } from './flow-plan.js';

/** Where a login is: at a step (to be asked, waiting for a form, or answering one), or at an end. */
export type Place =
  | { readonly kind: 'leaf'; readonly leaf: LeafNode; readonly phase: 'ask' | 'wait' | 'answer' }
  | { readonly kind: 'end'; readonly end: 'passed' | 'failed' | 'refused' };

/**
 * Reads the place from a snapshot.
 *
 * @throws Error for a position that no settled machine has (only a forged or foreign state can).
 */
export function locate(flow: Pick<CompiledFlow, 'leavesByKey'>, { value }: Pick<FlowSnapshot, 'value'>): Place {
  let key: string | undefined;
  let rest: unknown = value;
  while (typeof rest === 'object' && rest !== null) [key, rest] = Object.entries(rest)[0] ?? [];
  const leaf = key === undefined ? undefined : flow.leavesByKey.get(key);
  if (leaf !== undefined && (rest === 'ask' || rest === 'wait' || rest === 'answer')) {
    return { kind: 'leaf', leaf, phase: rest };
  }
  if (key === undefined && (rest === 'passed' || rest === 'failed' || rest === 'refused')) {
    return { kind: 'end', end: rest };
  }
  throw new Error(`No such position in the flow: ${JSON.stringify(value)}`);
}

/** True when two places are one. */
export function isSamePlace(a: Place, b: Place): boolean {
  return a.kind === 'end' || b.kind === 'end' ? a === b : a.leaf === b.leaf && a.phase === b.phase;
}
