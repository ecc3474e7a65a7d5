import type { Fact } from '../engine/index.js';
import { limiterOf, type FlowLimiter } from '../authenticators/user-session-limits/flow-limiters.js';
import type { FlowStore } from '../flows/stored-flow.js';
import { policyForJoining, SESSION_LIMIT_FACT, type SessionLimitPolicy } from '../sessions/session-limit-policy.js';

/** A policy as a login carries it. */
interface CarriedPolicy extends SessionLimitPolicy {
  /** Nobody asked the step: the login came past it by single sign-on. */
  readonly joined?: true;
}

/** A limiter as its step is configured now; as it was known where the step is gone. */
export async function currentLimiter(
  flows: Pick<FlowStore, 'configOfExecution'>,
  realmId: string,
  known: FlowLimiter,
): Promise<FlowLimiter> {
  const stored = await flows.configOfExecution(realmId, known.executionId);
  return stored ? limiterOf(known.executionId, stored.config?.values) : known;
}

/**
 * The caps that a login met, as their steps are configured now; a step that is gone keeps the policy with which the login met it.
 * @returns undefined when one cannot be used any more
 */
export async function currentLimits(
  flows: Pick<FlowStore, 'configOfExecution'>,
  realmId: string,
  facts: readonly Fact[],
): Promise<readonly SessionLimitPolicy[] | undefined> {
  const policies: SessionLimitPolicy[] = [];
  for (const { executionId, value } of facts.filter(({ type }) => type === SESSION_LIMIT_FACT)) {
    const { joined, ...carried } = value as unknown as CarriedPolicy;
    const limiter = await currentLimiter(flows, realmId, { executionId, policy: carried });
    if ('problem' in limiter) return undefined;
    const policy = joined ? policyForJoining(limiter.policy) : limiter.policy;
    if (policy) policies.push(policy);
  }
  return policies;
}
