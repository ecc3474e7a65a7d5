import type { SessionLimitPolicy } from '../../sessions/session-limiter.js';
import type { SessionLimitsConfig } from './user-session-limits.config.js';

/**
 * The policy that a limiter's config stands for, or the name of the setting that makes it unusable. A missing behaviour denies:
 * the safe reading of a setting that somebody forgot.
 */
export function policyOf(
  executionId: string,
  config: SessionLimitsConfig | undefined,
): SessionLimitPolicy | { readonly problem: string } {
  if (!config) return { problem: 'config' };
  if (config.unusable !== undefined) return { problem: config.unusable };
  return {
    executionId,
    realmMax: config.realmMax,
    clientMax: config.clientMax,
    whenFull: config.whenFull ?? 'deny',
    ...(config.message === undefined ? {} : { message: config.message }),
  };
}
