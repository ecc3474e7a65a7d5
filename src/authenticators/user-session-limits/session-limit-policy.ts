import type { SessionLimitPolicy } from '../../sessions/session-limit-policy.js';
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
  const { ssoLogins, groupLimits, idleAfter, countOffline, clientSeats } = config;
  return {
    executionId,
    realmMax: config.realmMax,
    clientMax: config.clientMax,
    whenFull: config.whenFull ?? 'deny',
    ...(config.message === undefined ? {} : { message: config.message }),
    ...(ssoLogins && { ssoLogins }),
    ...(groupLimits.length > 0 && { groupLimits }),
    ...(idleAfter > 0 && { idleAfter: idleAfter * 1000 }),
    ...(countOffline && { countOffline }),
    ...(clientSeats > 0 && { clientSeats }),
  };
}
