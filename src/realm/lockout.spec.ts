import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleRealm } from '../../test/support/fakes/sample-realm.js';
import { countFailure, noFailures, type FailureCategory, type LockoutDecision, type LockoutPolicy } from './lockout.js';
import type { LoginFailures } from './login-failures.js';

const START = 1_700_000_000_000;
const policy = (settings: Partial<LockoutPolicy> = {}): LockoutPolicy => ({
  ...sampleRealm().settings,
  failureFactor: 3,
  ...settings,
});

/** Failures at these seconds after the start; what each of them decided. */
function failAt(
  seconds: readonly number[],
  rules: LockoutPolicy,
  category: FailureCategory = 'password',
): LockoutDecision[] {
  let row: LoginFailures = noFailures('r', 'u');
  return seconds.map((second) => {
    const decision = countFailure(row, rules, { category, ip: '10.0.0.1', time: START + second * 1000 });
    row = decision.failures;
    return decision;
  });
}

/** Seconds locked by each failure; 'P' = for good. */
function locks(seconds: readonly number[], rules: LockoutPolicy, category?: FailureCategory): (number | 'P')[] {
  return failAt(seconds, rules, category).map((decision, index) => {
    if (decision.permanent) return 'P';
    return decision.temporary ? decision.failures.notBefore - (START / 1000 + Math.floor(seconds[index] ?? 0)) : 0;
  });
}

describe('temporary lockouts', () => {
  it.each<[string, number[], Partial<LockoutPolicy>, number[]]>([
    [
      'grow with every multiple of the factor',
      [0, 10, 20, 100, 200, 300, 400, 500, 600],
      {},
      [0, 0, 60, 60, 60, 120, 120, 120, 180],
    ],
    [
      'grow with every failure',
      [0, 10, 20, 100, 200, 400],
      { bruteForceStrategy: 'LINEAR' },
      [0, 0, 60, 120, 180, 240],
    ],
    ['are capped', [0, 10, 20], { waitIncrementSeconds: 5000 }, [0, 0, 900]],
    ['come early for failures in haste', [0, 0.5, 10], { failureFactor: 30 }, [0, 60, 0]],
    ['for haste are capped too', [0, 0.5], { failureFactor: 30, maxFailureWaitSeconds: 20 }, [0, 20]],
    [
      'do not come with haste when the check is off',
      [0, 0.5],
      { failureFactor: 30, quickLoginCheckMilliSeconds: 0 },
      [0, 0],
    ],
    ['start over when the last failure is long ago', [0, 10, 43_211, 43_221, 43_231], {}, [0, 0, 0, 0, 60]],
    ['remember a failure for as long as it says', [0, 10, 43_210], {}, [0, 0, 60]],
    ['that are capped at nothing lock nobody', [0, 10, 20], { maxFailureWaitSeconds: 0 }, [0, 0, 0]],
    ['never come with a factor of zero', [0, 10, 20], { failureFactor: 0 }, [0, 0, 0]],
  ])('%s', (_case, seconds, settings, expected) => {
    expect(locks(seconds, policy(settings))).toEqual(expected);
  });

  it('are counted, those for haste are not', () => {
    const counts = failAt([0, 0.5, 10, 100], policy()).map(({ failures }) => failures.numTemporaryLockouts);
    expect(counts).toEqual([0, 0, 1, 2]);
  });

  it('remember address and time of the last failure', () => {
    expect(failAt([0, 10], policy()).at(-1)?.failures).toMatchObject({
      lastIpFailure: '10.0.0.1',
      lastFailure: START + 10_000,
      numFailures: 2,
    });
  });
});

describe('permanent lockouts', () => {
  it.each<[string, number[], Partial<LockoutPolicy>, (number | 'P')[]]>([
    ['come with the factor', [0, 10, 20], {}, [0, 0, 'P']],
    ['never forget', [0, 100_000, 200_000], {}, [0, 0, 'P']],
    ['still slow down haste, without the cap', [0, 0.5, 10], { maxFailureWaitSeconds: 20 }, [0, 60, 'P']],
    [
      'come after temporary ones that were capped at nothing',
      [0, 10, 20, 30],
      { maxTemporaryLockouts: 1, maxFailureWaitSeconds: 0 },
      [0, 0, 0, 'P'],
    ],
    ['come after the temporary ones', [0, 10, 20, 100, 200], { maxTemporaryLockouts: 2 }, [0, 0, 60, 60, 'P']],
  ])('%s', (_case, seconds, settings, expected) => {
    expect(locks(seconds, policy({ permanentLockout: true, ...settings }))).toEqual(expected);
  });

  it('come with too many wrong one-time codes, whatever the realm says of passwords', () => {
    const rules = policy({ failureFactor: 30, maxSecondaryAuthFailures: 2 });
    expect(locks([0, 10, 20], rules, 'otp')).toEqual([0, 0, 'P']);
    expect(locks([0, 10, 20], rules, 'password')).toEqual([0, 0, 0]);
    expect(locks([0, 10, 20], policy({ failureFactor: 30 }), 'otp')).toEqual([0, 0, 0]);
  });
});

it('never locks for longer than the cap when temporary lockouts are in play, and counts every failure', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 2_000 }), { maxLength: 60 }),
      fc.record({
        failureFactor: fc.integer({ min: 0, max: 10 }),
        bruteForceStrategy: fc.constantFrom('MULTIPLE' as const, 'LINEAR' as const),
        maxFailureWaitSeconds: fc.integer({ min: 0, max: 1_000 }),
      }),
      (gaps, settings) => {
        let now = 0;
        const seconds = gaps.map((gap) => (now += gap));
        const rules = policy(settings);
        for (const lock of locks(seconds, rules)) expect(lock).toBeLessThanOrEqual(settings.maxFailureWaitSeconds);
        expect(failAt(seconds, rules).map(({ failures }) => failures.numFailures)).toEqual(
          seconds.map((_, i) => i + 1),
        );
      },
    ),
  );
});
