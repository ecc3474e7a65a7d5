import type { EventDetails, FailureCode, Outcome } from '../../engine/index.js';

/**
 * A refusal of a direct grant step. There is no page to show, so the flow ends at once: alternatives are not tried
 * (Keycloak engine reference 2.6 and 6.2).
 */
export function refuseGrant(
  code: FailureCode,
  options: {
    readonly userId?: string;
    readonly details?: EventDetails;
    readonly counts?: boolean;
    readonly status?: number;
    readonly messageKey?: string;
  } = {},
): Outcome {
  return {
    kind: 'refuse',
    code,
    message: { key: options.messageKey ?? 'invalidUserMessage' },
    status: options.status ?? 400,
    counts: options.counts ?? true,
    ...(options.userId === undefined ? {} : { failedUserId: options.userId }),
    ...(options.details === undefined ? {} : { details: options.details }),
  };
}
