import { beforeEach, describe, expect, it } from 'vitest';
import { ImmediateUnitOfWork } from '../../test/support/fakes/immediate-unit-of-work.js';
import { InMemoryEventStore } from '../../test/support/fakes/in-memory-event-store.js';
import { InMemoryLoginFailureStore } from '../../test/support/fakes/in-memory-login-failure-store.js';
import { InMemoryUserStore } from '../../test/support/fakes/in-memory-user-store.js';
import { sampleRealm, sampleUser } from '../../test/support/fakes/sample-realm.js';
import { EventRecorder } from '../events/event-recorder.js';
import { ManualClock } from '../shared/clock.js';
import { BruteForceGuard, type LockStatus } from './brute-force-guard.js';
import type { Realm, RealmSettings } from './realm.js';

const ALICE = sampleUser({ attributes: { department: ['sales'] } });
const protectedRealm = (settings: Partial<RealmSettings> = {}): Realm =>
  sampleRealm({
    bruteForceProtected: true,
    failureFactor: 2,
    quickLoginCheckMilliSeconds: 0,
    eventsEnabled: true,
    ...settings,
  });

let clock: ManualClock;
let users: InMemoryUserStore;
let events: InMemoryEventStore;
let guard: BruteForceGuard;

beforeEach(async () => {
  clock = new ManualClock();
  users = new InMemoryUserStore();
  events = new InMemoryEventStore();
  const unitOfWork = new ImmediateUnitOfWork();
  guard = new BruteForceGuard(
    new InMemoryLoginFailureStore(),
    users,
    unitOfWork,
    new EventRecorder(events, clock, unitOfWork),
    clock,
  );
  await users.insert(ALICE, true);
});

const fail = (realm: Realm, category: 'password' | 'otp' = 'password'): Promise<void> =>
  guard.failed(realm, ALICE.id, '127.0.0.1', category);

async function status(realm: Realm): Promise<LockStatus> {
  const user = await users.byId(realm.id, ALICE.id);
  return guard.status(realm, user ?? ALICE);
}

describe('a temporary lockout', () => {
  it('begins with the failure that reaches the factor and ends by itself', async () => {
    const realm = protectedRealm();
    await fail(realm);
    expect(await status(realm)).toBe('open');
    await fail(realm);
    expect(await status(realm)).toBe('temporarily_disabled');
    clock.advance(59_999);
    expect(await status(realm)).toBe('temporarily_disabled');
    clock.advance(1);
    expect(await status(realm)).toBe('open');
  });

  it('is told by the status endpoint and by an event', async () => {
    const realm = protectedRealm();
    await fail(realm);
    await fail(realm);
    const notBefore = clock.seconds() + 60;
    expect(await guard.read(realm, ALICE.id)).toEqual({
      failedLoginNotBefore: notBefore,
      numFailures: 2,
      numTemporaryLockouts: 1,
      disabled: true,
      numSecondaryAuthFailures: 0,
      lastIPFailure: '127.0.0.1',
      lastFailure: clock.now(),
    });
    expect(events.all).toEqual([
      expect.objectContaining({
        type: 'USER_DISABLED_BY_TEMPORARY_LOCKOUT',
        userId: ALICE.id,
        ipAddress: '127.0.0.1',
        details: {
          reason: 'brute_force_attack detected',
          num_failures: '2',
          not_before: new Date(notBefore * 1000).toISOString(),
        },
      }),
    ]);
  });

  it('counts parallel failures one by one', async () => {
    const realm = protectedRealm({ failureFactor: 30 });
    await Promise.all(Array.from({ length: 25 }, () => fail(realm)));
    expect((await guard.read(realm, ALICE.id)).numFailures).toBe(25);
  });
});

describe('a permanent lockout', () => {
  it('disables the account, keeps its attributes, and is reported once', async () => {
    const realm = protectedRealm({ permanentLockout: true });
    await fail(realm);
    await fail(realm);
    await fail(realm);
    expect(await status(realm)).toBe('permanently_disabled');
    expect(await users.byId(realm.id, ALICE.id)).toMatchObject({
      enabled: false,
      attributes: { department: ['sales'], disabledReason: ['permanentLockout'] },
    });
    expect(events.all.map(({ type }) => type)).toEqual(['USER_DISABLED_BY_PERMANENT_LOCKOUT']);
    expect((await guard.read(realm, ALICE.id)).disabled).toBe(true);
  });

  it('is not what an admin does who disables an account', async () => {
    const realm = protectedRealm();
    await users.update({ ...ALICE, enabled: false }, true);
    expect(await status(realm)).toBe('open');
    expect((await guard.read(realm, ALICE.id)).disabled).toBe(false);
  });

  it('is lifted by unlocked and clear', async () => {
    const realm = protectedRealm({ permanentLockout: true });
    await fail(realm);
    await fail(realm);
    const locked = await users.byId(realm.id, ALICE.id);
    await users.update(BruteForceGuard.unlocked(locked ?? ALICE), true);
    await guard.clear(realm.id, ALICE.id);
    await fail(realm);
    expect(await status(realm)).toBe('open');
    expect(await users.byId(realm.id, ALICE.id)).toEqual(ALICE);
  });

  it('does not fail for a user who is gone', async () => {
    const realm = protectedRealm({ permanentLockout: true, failureFactor: 1 });
    await users.delete(realm.id, ALICE.id);
    await fail(realm);
    expect(events.all).toEqual([]);
  });
});

describe('forgetting', () => {
  const ZEROS = {
    failedLoginNotBefore: 0,
    numFailures: 0,
    numTemporaryLockouts: 0,
    disabled: false,
    numSecondaryAuthFailures: 0,
    lastIPFailure: 'n/a',
    lastFailure: 0,
  };

  it('a login forgets everything', async () => {
    const realm = protectedRealm();
    await fail(realm, 'otp');
    await guard.succeeded(realm, ALICE.id);
    expect(await guard.read(realm, ALICE.id)).toEqual(ZEROS);
  });

  it('a login by password alone keeps the count of wrong one-time codes', async () => {
    const realm = protectedRealm({ failureFactor: 30, maxSecondaryAuthFailures: 2 });
    for (let i = 0; i < 3; i++) {
      expect(await status(realm)).toBe('open');
      await fail(realm, 'otp');
      await guard.succeeded(realm, ALICE.id, ['password']);
    }
    expect(await guard.read(realm, ALICE.id)).toEqual({ ...ZEROS, numSecondaryAuthFailures: 3, disabled: true });
    expect(await status(realm)).toBe('permanently_disabled');
  });

  it('an admin clears one user, or all', async () => {
    const realm = protectedRealm();
    await fail(realm);
    await guard.clear(realm.id, ALICE.id);
    expect(await guard.read(realm, ALICE.id)).toEqual(ZEROS);
    await fail(realm);
    await guard.clearAll(realm.id);
    expect(await guard.read(realm, ALICE.id)).toEqual(ZEROS);
  });

  it('knows nothing of unknown users', async () => {
    expect(await guard.read(protectedRealm(), 'nobody')).toEqual(ZEROS);
  });
});

it('does nothing in a realm without brute-force protection', async () => {
  const realm = protectedRealm({ bruteForceProtected: false, failureFactor: 1 });
  await fail(realm);
  expect(await status(realm)).toBe('open');
  expect((await guard.read(protectedRealm(), ALICE.id)).numFailures).toBe(0);
});
