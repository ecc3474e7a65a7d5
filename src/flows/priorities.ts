import { flowErrors } from './flow-errors.js';
import type { StoredExecution } from './stored-flow.js';

/** Half of what the column holds, so that counting on from any accepted priority never leaves it. */
const LIMIT = 2 ** 30;

/** @throws InvalidInputError `priority_invalid` for what is not a whole number within reason */
export function requirePriority(priority: number): number {
  if (!Number.isInteger(priority) || priority < -LIMIT || priority >= LIMIT) throw flowErrors.priorityInvalid();
  return priority;
}

/** Priority of what is put behind the executions of a flow (given in order): the last plus one, or 0 in an empty flow. */
export const priorityAfter = (siblings: readonly StoredExecution[]): number => (siblings.at(-1)?.priority ?? -1) + 1;

/**
 * Moves one execution past its neighbour. The siblings (given in order) swap places and the priorities stay where they are, as at
 * the reference; where two shared a priority, which there makes the call do nothing, those behind make room.
 *
 * @returns the executions whose priority changes; none when there is no neighbour on that side
 */
export function swapWithNeighbour(
  siblings: readonly StoredExecution[],
  id: string,
  direction: 'raise' | 'lower',
): readonly StoredExecution[] {
  const from = siblings.findIndex((sibling) => sibling.id === id);
  const to = direction === 'raise' ? from - 1 : from + 1;
  const moved = siblings[from];
  const neighbour = siblings[to];
  if (moved === undefined || neighbour === undefined) return [];

  const priorities = strictlyAscending(siblings.map((sibling) => sibling.priority));
  const reordered = siblings.with(from, neighbour).with(to, moved);
  return reordered.flatMap((sibling, index) => {
    const priority = priorities[index] ?? sibling.priority;
    return priority === sibling.priority ? [] : [{ ...sibling, priority }];
  });
}

/**
 * Puts one execution among others (given in order, without it). Priorities stay where they are as far as the order allows; those behind make room.
 *
 * @param index place among the others; beyond their end it is the last
 * @returns the one that was put in, and the others whose priority changes
 */
export function insertAt(
  others: readonly StoredExecution[],
  execution: StoredExecution,
  index: number,
): readonly StoredExecution[] {
  const at = Math.min(index, others.length);
  const before = others[at - 1]?.priority;
  const priority = before === undefined ? Math.min(0, ...others.map((other) => other.priority)) : before + 1;
  const placed = others.toSpliced(at, 0, { ...execution, priority });
  const priorities = strictlyAscending(placed.map((each) => each.priority));
  return placed.flatMap((each, place) => {
    const next = priorities[place] ?? each.priority;
    return next === each.priority && each.id !== execution.id ? [] : [{ ...each, priority: next }];
  });
}

function strictlyAscending(priorities: readonly number[]): readonly number[] {
  const result: number[] = [];
  for (const priority of priorities) result.push(Math.max(priority, (result.at(-1) ?? -Infinity) + 1));
  return result;
}
