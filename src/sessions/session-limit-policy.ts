import type { Message } from '../engine/index.js';

/** Type of the fact with which a limiter step hands its policy to the end of the login. */
export const SESSION_LIMIT_FACT = 'session-limit';

/** What can be full: the user's sessions in the realm, those with the client, or the client's seats for people. */
export type Cap = 'realm' | 'client' | 'seats';

/** What a denied person reads: the admin's text or message key, else the default sentence for what is full. */
export const sessionLimitMessage = (custom: string | undefined, cap: Cap): Message => ({
  key: cap === 'seats' ? 'clientSeatsTaken' : 'sessionLimitExceeded',
  ...(custom === undefined ? {} : { text: custom }),
});

/** Limits of one role or group; what is absent is as for everybody. */
export interface GroupLimit {
  /** `group:<path>` or `role:<name>`, as the admin wrote it. */
  readonly who: string;
  readonly realmMax?: number;
  readonly clientMax?: number;
}

/** Caps on sessions as one limiter step asks for them. A limit of 0 is no limit. What the reference does not have is absent there. */
export interface SessionLimitPolicy {
  /** Execution that asked: its current config is read again under the owner row. */
  readonly executionId: string;
  readonly realmMax: number;
  readonly clientMax: number;
  readonly whenFull: 'deny' | 'evict-oldest';
  /** Literal text or message key an admin wrote; absent = the default message. */
  readonly message?: string;
  /** The cap of the client holds too for who comes by single sign-on, past the step. */
  readonly ssoLogins?: true;
  /** The first that fits the user counts in place of the limits above. */
  readonly groupLimits?: readonly GroupLimit[];
  /** Milliseconds; an online session that was not used for so long ends, and does not count. */
  readonly idleAfter?: number;
  /** Sessions of offline tokens count too; one that came of a session that is still there counts together with it. */
  readonly countOffline?: true;
  /** How many people may have a session with the client at once; always denies, whatever `whenFull` says. */
  readonly clientSeats?: number;
}

/**
 * What of a policy holds for somebody who joins a session by single sign-on, past the step; undefined for nothing. Seats always do: a
 * licence does not depend on the way in.
 */
export function policyForJoining(policy: SessionLimitPolicy): SessionLimitPolicy | undefined {
  if (policy.ssoLogins) return policy;
  const { executionId, whenFull, message, countOffline, clientSeats } = policy;
  if (clientSeats === undefined) return undefined;
  return {
    executionId,
    realmMax: 0,
    clientMax: 0,
    whenFull,
    clientSeats,
    ...(message !== undefined && { message }),
    ...(countOffline && { countOffline }),
  };
}

/** The limits of a policy for somebody, and whose they are when they are those of a role or group. */
export function limitsFor(
  { realmMax, clientMax, groupLimits = [] }: SessionLimitPolicy,
  belongsTo: readonly string[],
): { readonly realmMax: number; readonly clientMax: number; readonly who?: string } {
  const own = groupLimits.find(({ who }) => belongsTo.includes(who));
  return own ? { realmMax, clientMax, ...own } : { realmMax, clientMax };
}
