import type { AuthenticatorRegistry, CompiledFlow } from '../../engine/index.js';
import type { SessionLimitPolicy } from '../../sessions/session-limiter.js';
import { policyOf } from './session-limit-policy.js';
import type { SessionLimitsConfig } from './user-session-limits.config.js';

/** A limiter of a flow: its policy, or the setting that makes it unusable (it then denies every login). */
export type FlowLimiter = { readonly executionId: string } & (
  { readonly policy: SessionLimitPolicy } | { readonly problem: string }
);

/** The limiters of a flow that can run, in flow order. Conditions around them are not asked. */
export function limitersOf({ leaves }: CompiledFlow, registry: AuthenticatorRegistry): readonly FlowLimiter[] {
  return [...leaves.values()].flatMap(({ execution: { id: executionId, authenticator, config } }) => {
    const descriptor = registry.find(authenticator)?.descriptor;
    if (descriptor?.abilities?.limitsSessions !== true) return [];
    const read = config && (descriptor.config?.read(config.values) as SessionLimitsConfig | undefined);
    const policy = policyOf(executionId, read);
    return [{ executionId, ...('problem' in policy ? policy : { policy }) }];
  });
}
