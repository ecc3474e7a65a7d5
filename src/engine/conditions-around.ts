import type { Condition } from './authenticator.js';
import type { CompiledFlow } from './flow-compiler.js';
import type { LevelNode } from './flow-plan.js';
import type { RunTools } from './flow-run.js';
import type { RunEnvironment } from './flow-runner-types.js';
import type { FlowState } from './flow-state.js';
import { stepFor } from './flow-step.js';
import { RememberedFacts } from './remembered-facts.js';

/**
 * Whether the conditions of every CONDITIONAL sub-flow around a step hold for a login, as it stands, that did not come by the step. A
 * condition that cannot be told holds: what the step guards is guarded then.
 */
export async function conditionsHoldAround(
  flow: CompiledFlow,
  executionId: string,
  { registry, userFacts }: Pick<RunTools, 'registry' | 'userFacts'>,
  environment: RunEnvironment,
  state: FlowState,
): Promise<boolean> {
  const facts = new RememberedFacts(userFacts);
  for (let level: LevelNode | undefined = flow.leaves.get(executionId)?.parent; level; level = level.parent) {
    for (const condition of level.conditions) {
      const registered = registry.find(condition.execution.authenticator);
      if (!registered) continue;
      const { statuses } = state.context;
      const step = stepFor(flow, condition, registered.descriptor, environment, state, statuses, facts);
      if ((await (registered.instance as Condition).holds(step)) === false) return false;
    }
  }
  return true;
}
