import type { AuthenticatorDescriptor } from './authenticator.js';
import type { LeafNode, LevelNode } from './flow-plan.js';
import { isConditionalSubflow, isProcessed } from './requirement-rules.js';
import type { Statuses } from './flow-context.js';

/** What ordering needs to know of a provider. */
export type DescribeStep = (
  authenticator: string,
) => Pick<AuthenticatorDescriptor<never>, 'credentialType' | 'needsUser'> | undefined;

/**
 * The steps that could run instead of one another within a level, in flow order (2.7). Of required elements only the first
 * applicable one contributes, of alternatives every unprocessed one; sub-flows contribute what is inside them.
 *
 * Pure: whether the condition of a CONDITIONAL sub-flow holds is asked by yielding the sub-flow and receiving the answer, so
 * that only the conditions that matter are evaluated.
 */
export function* selectionCandidates(level: LevelNode, statuses: Statuses): Generator<LevelNode, LeafNode[], boolean> {
  if (level.rules.required.length === 0) return yield* fromAll(level.elements, statuses);
  for (const element of level.elements) {
    if (element.kind === 'level' && element.execution && isConditionalSubflow(element.execution) && !(yield element))
      continue;
    return yield* fromAll([element], statuses);
  }
  return [];
}

function* fromAll(elements: LevelNode['elements'], statuses: Statuses): Generator<LevelNode, LeafNode[], boolean> {
  const candidates: LeafNode[] = [];
  for (const element of elements) {
    if (element.execution !== undefined && isProcessed(statuses[element.execution.id])) continue;
    if (element.kind === 'leaf') candidates.push(element);
    else candidates.push(...(yield* selectionCandidates(element, statuses)));
  }
  return candidates;
}

/**
 * Every step that could ever be a candidate at a step, itself included, whatever the statuses and conditions: the machine
 * accepts a switch to these and no others.
 */
export const possibleCandidates = (leaf: LeafNode): readonly LeafNode[] =>
  leaf.scope === undefined ? [leaf] : possibleWithin(leaf.scope);

function possibleWithin({ rules, elements }: LevelNode): readonly LeafNode[] {
  const firstCertain = elements.findIndex((element) => element.execution && !isConditionalSubflow(element.execution));
  const reachable = rules.required.length === 0 || firstCertain < 0 ? elements : elements.slice(0, firstCertain + 1);
  return reachable.flatMap((element) => (element.kind === 'leaf' ? [element] : possibleWithin(element)));
}

/**
 * Puts candidates in the order in which they are offered: steps that check a credential in the order of the user's own stored
 * credentials (each type once, types the user lacks not at all), then all others in flow order, then, while no user is known,
 * the steps that check a credential and need no user.
 *
 * @param storedTypes the user's credential types in the user's order; undefined while no user is known
 */
export function orderSelection(
  candidates: readonly LeafNode[],
  storedTypes: readonly string[] | undefined,
  describe: DescribeStep,
): LeafNode[] {
  const others: LeafNode[] = [];
  const byType = new Map<string, LeafNode>();
  for (const candidate of candidates) {
    const type = describe(candidate.execution.authenticator)?.credentialType;
    if (type === undefined) others.push(candidate);
    else if (!byType.has(type)) byType.set(type, candidate);
  }
  if (storedTypes === undefined) {
    return [
      ...others,
      ...[...byType.values()].filter(({ execution }) => !describe(execution.authenticator)?.needsUser),
    ];
  }
  const own = [...new Set(storedTypes)].flatMap((type) => byType.get(type) ?? []);
  return [...own, ...others];
}
