import type { LoginFailures } from './login-failures.js';
import type { RealmSettings } from './realm.js';

/** What was wrong: the credential categories that count (engine reference, section 8.2). */
export type FailureCategory = 'password' | 'otp';

export interface FailedLogin {
  readonly category: FailureCategory;
  readonly ip: string | undefined;
  /** Milliseconds. */
  readonly time: number;
}

export interface LockoutDecision {
  readonly failures: LoginFailures;
  /** Logins are refused until `failures.notBefore`. */
  readonly temporary: boolean;
  /** The account is to be disabled. */
  readonly permanent: boolean;
}

export type LockoutPolicy = Pick<
  RealmSettings,
  | 'permanentLockout'
  | 'maxTemporaryLockouts'
  | 'bruteForceStrategy'
  | 'maxFailureWaitSeconds'
  | 'minimumQuickLoginWaitSeconds'
  | 'waitIncrementSeconds'
  | 'quickLoginCheckMilliSeconds'
  | 'maxDeltaTimeSeconds'
  | 'failureFactor'
  | 'maxSecondaryAuthFailures'
>;

/** The counters of a user without failed logins. */
export function noFailures(realmId: string, userId: string): LoginFailures {
  return {
    realmId,
    userId,
    numFailures: 0,
    numTemporaryLockouts: 0,
    numSecondaryFailures: 0,
    lastFailure: 0,
    notBefore: 0,
  };
}

/**
 * Counts one failed login and decides whether it locks the account: pure, so that it can run again when a transaction
 * is retried. The rules and their order are those of the engine reference, section 8.2.
 */
export function countFailure(before: LoginFailures, policy: LockoutPolicy, login: FailedLogin): LockoutDecision {
  const sinceLast = before.lastFailure > 0 ? login.time - before.lastFailure : undefined;
  const counted = count(before, policy, login, sinceLast);
  const wait = waitAfter(counted.numFailures, policy, sinceLast);

  const numTemporaryLockouts = counted.numTemporaryLockouts + (wait?.quick === false ? 1 : 0);
  const lockoutsUsedUp = policy.permanentLockout && numTemporaryLockouts > policy.maxTemporaryLockouts;
  const temporary = wait !== undefined && (wait.quick || !lockoutsUsedUp);
  return {
    failures: {
      ...counted,
      numTemporaryLockouts,
      notBefore: temporary ? Math.floor(login.time / 1000) + wait.seconds : counted.notBefore,
    },
    temporary,
    permanent:
      lockoutsUsedUp ||
      (permanentOnly(policy) && counted.numFailures >= policy.failureFactor) ||
      (policy.maxSecondaryAuthFailures > 0 &&
        login.category === 'otp' &&
        counted.numSecondaryFailures > policy.maxSecondaryAuthFailures),
  };
}

function count(before: LoginFailures, policy: LockoutPolicy, login: FailedLogin, sinceLast = 0): LoginFailures {
  const forgotten = !permanentOnly(policy) && sinceLast > policy.maxDeltaTimeSeconds * 1000;
  const { lastIpFailure: _, ...kept } = forgotten
    ? { ...before, numFailures: 0, numTemporaryLockouts: 0, notBefore: 0 }
    : before;
  return {
    ...kept,
    numFailures: kept.numFailures + 1,
    numSecondaryFailures: kept.numSecondaryFailures + (login.category === 'otp' ? 1 : 0),
    lastFailure: login.time,
    ...(login.ip === undefined ? {} : { lastIpFailure: login.ip }),
  };
}

interface Wait {
  readonly seconds: number;
  /** Only because two failures came in haste: does not count as a temporary lockout. */
  readonly quick: boolean;
}

/** The wait that this many failures lead to. The cap comes last: a wait that is capped at nothing still counts. */
function waitAfter(numFailures: number, policy: LockoutPolicy, sinceLast: number | undefined): Wait | undefined {
  const cap = permanentOnly(policy) ? Infinity : policy.maxFailureWaitSeconds;
  const earned = permanentOnly(policy) ? 0 : earnedWait(numFailures, policy);
  if (earned > 0) return { seconds: Math.min(earned, cap), quick: false };
  const hasty = sinceLast !== undefined && sinceLast < policy.quickLoginCheckMilliSeconds;
  if (!hasty || policy.minimumQuickLoginWaitSeconds <= 0) return undefined;
  return { seconds: Math.min(policy.minimumQuickLoginWaitSeconds, cap), quick: true };
}

function earnedWait(numFailures: number, policy: LockoutPolicy): number {
  if (policy.failureFactor <= 0) return 0;
  return policy.bruteForceStrategy === 'MULTIPLE'
    ? policy.waitIncrementSeconds * Math.floor(numFailures / policy.failureFactor)
    : policy.waitIncrementSeconds * (1 + numFailures - policy.failureFactor);
}

/** No temporary lockouts: failures lead straight to the permanent one, and are never forgotten. */
function permanentOnly(policy: LockoutPolicy): boolean {
  return policy.permanentLockout && policy.maxTemporaryLockouts === 0;
}
