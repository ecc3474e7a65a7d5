import type { AuthenticatorRegistry, CompiledFlow, LevelNode } from '../../engine/index.js';
import type { SessionLimitPolicy } from '../../sessions/session-limit-policy.js';
import { policyOf } from './session-limit-policy.js';
import { sessionLimitsConfig } from './user-session-limits.config.js';

/** A limiter of a flow: its policy, or the setting that makes it unusable (it then denies every login). */
export type FlowLimiter = {
  readonly executionId: string;
  /** True when conditions stand around it: it counts for those alone for whom they hold. */
  readonly conditional?: true;
} & ({ readonly policy: SessionLimitPolicy } | { readonly problem: string });

const isConditional = ({ execution, parent }: LevelNode): boolean =>
  execution?.requirement === 'CONDITIONAL' || (parent !== undefined && isConditional(parent));

/** A limiter as its config stands. */
export function limiterOf(executionId: string, values: Readonly<Record<string, string>> | undefined): FlowLimiter {
  const policy = policyOf(executionId, values && sessionLimitsConfig.read(values));
  return 'problem' in policy ? { executionId, ...policy } : { executionId, policy };
}

/** The limiters of a flow that can run, in flow order. Conditions around them are not asked. */
export function limitersOf({ leaves }: CompiledFlow, registry: AuthenticatorRegistry): readonly FlowLimiter[] {
  return [...leaves.values()].flatMap(({ parent, execution: { id, authenticator, config } }): FlowLimiter[] => {
    if (registry.find(authenticator)?.descriptor.abilities?.limitsSessions !== true) return [];
    return [{ ...limiterOf(id, config?.values), ...(isConditional(parent) && { conditional: true }) }];
  });
}
