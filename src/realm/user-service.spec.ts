import { randomBytes } from 'node:crypto';
import { TOTP, Secret } from 'otpauth';
import { beforeEach, describe, expect, it } from 'vitest';
import { ImmediateUnitOfWork } from '../../test/support/fakes/immediate-unit-of-work.js';
import { InMemoryUserStore } from '../../test/support/fakes/in-memory-user-store.js';
import { sampleRealm, sampleUser } from '../../test/support/fakes/sample-realm.js';
import { AesSealer } from '../shared/aes-sealer.js';
import { ManualClock } from '../shared/clock.js';
import { PasswordHasher } from './password-hasher.js';
import type { Realm, RealmSettings } from './realm.js';
import { Totp } from './totp.js';
import { UserService } from './user-service.js';
import type { Credential, User } from './user.js';

const CHEAP = 'hashAlgorithm(pbkdf2-sha256) and hashIterations(1)';
const realmWith = (settings: Partial<RealmSettings> = {}): Realm => sampleRealm({ passwordPolicy: CHEAP, ...settings });
const REALM = realmWith();
const ALICE = sampleUser();
const KEY = randomBytes(32).toString('hex');

let clock: ManualClock;
let users: InMemoryUserStore;
let service: UserService;

function serviceWith(hasher: PasswordHasher): UserService {
  return new UserService(users, hasher, new Totp(), new AesSealer(KEY), new ImmediateUnitOfWork(), clock);
}

beforeEach(async () => {
  clock = new ManualClock();
  users = new InMemoryUserStore();
  service = serviceWith(new PasswordHasher());
  await users.insert(ALICE, true);
});

const reread = async (user: User = ALICE): Promise<User> => (await users.byId(REALM.id, user.id)) ?? user;
const passwordOf = async (user: User): Promise<Credential> => {
  const [only, ...others] = (await users.credentials(REALM.id, user.id)).filter(({ type }) => type === 'password');
  if (only === undefined || others.length > 0) throw new Error('expected exactly one password');
  return only;
};

describe('findForLogin', () => {
  it.each<[string, string, Partial<RealmSettings>, string | undefined]>([
    ['a user name', 'alice', {}, 'user-1'],
    ['in any case, with spaces around', '  ALICE ', {}, 'user-1'],
    ['an e-mail address', 'Alice@Acme.test', {}, 'user-1'],
    ['an e-mail address where that is off', 'alice@acme.test', { loginWithEmailAllowed: false }, undefined],
    ['a user name that looks like an address', 'bob@home', {}, 'user-2'],
    ['a service account', 'service-account-shop', {}, undefined],
    ['nobody', 'nobody', {}, undefined],
    ['nothing', '   ', {}, undefined],
  ])('%s', async (_case, typed, settings, id) => {
    await users.insert(sampleUser({ id: 'user-2', username: 'bob@home', email: 'bob@acme.test' }), true);
    await users.insert(
      sampleUser({ id: 'user-3', username: 'service-account-shop', email: 's@acme.test', serviceAccountClientId: 'c' }),
      true,
    );
    expect((await service.findForLogin(realmWith(settings), typed))?.id).toBe(id);
  });
});

describe('passwords', () => {
  it('are verified once they are set, and stored sealed', async () => {
    expect(await service.setPassword(REALM, ALICE, 'first')).toBeUndefined();
    expect(await service.verifyPassword(REALM, ALICE, 'first')).toBe(true);
    expect(await service.verifyPassword(REALM, ALICE, 'second')).toBe(false);
    const stored = await passwordOf(ALICE);
    expect(stored).toMatchObject({ createdDate: clock.now(), realmId: REALM.id, userId: ALICE.id });
    expect(new AesSealer(KEY).open(stored.sealedSecret, stored.id)).toMatch(/^\{"value":"/);
  });

  it('of a user without one are never right', async () => {
    expect(await service.verifyPassword(REALM, ALICE, '')).toBe(false);
  });

  it('replace the one before, in its place of the order', async () => {
    await service.setPassword(REALM, ALICE, 'first');
    await service.addOtp(REALM, ALICE, 'x'.repeat(20), 'phone');
    clock.advance(1000);
    await service.setPassword(REALM, ALICE, 'second');
    expect(await service.verifyPassword(REALM, ALICE, 'first')).toBe(false);
    expect(await service.verifyPassword(REALM, ALICE, 'second')).toBe(true);
    expect((await passwordOf(ALICE)).createdDate).toBe(clock.now());
    expect(await service.credentialTypes(REALM.id, ALICE.id)).toEqual(['password', 'otp']);
  });

  it('stay one when set at the same time', async () => {
    await service.setPassword(REALM, ALICE, 'first');
    await Promise.all(['a', 'b', 'c'].map((plain) => service.setPassword(REALM, ALICE, plain)));
    await expect(passwordOf(ALICE)).resolves.toBeDefined();
  });

  it('must follow the policy, unless they come from elsewhere', async () => {
    const strict = realmWith({ passwordPolicy: `${CHEAP} and length(8)` });
    expect(await service.setPassword(strict, ALICE, 'short')).toMatchObject({
      code: 'invalidPasswordMinLengthMessage',
    });
    expect(await users.credentials(REALM.id, ALICE.id)).toEqual([]);
    expect(await service.setPassword(strict, ALICE, 'short', { checkPolicy: false })).toBeUndefined();
    expect(await service.verifyPassword(strict, ALICE, 'short')).toBe(true);
  });

  it('that are temporary must be changed at the next login', async () => {
    await service.addRequiredAction(REALM, ALICE, 'CONFIGURE_TOTP');
    await service.setPassword(REALM, ALICE, 'first', { temporary: true });
    await service.setPassword(REALM, ALICE, 'again', { temporary: true });
    expect((await reread()).requiredActions).toEqual(['CONFIGURE_TOTP', 'UPDATE_PASSWORD']);
    await service.setPassword(REALM, ALICE, 'mine');
    expect((await reread()).requiredActions).toEqual(['CONFIGURE_TOTP']);
  });

  it('keep what else has changed about the user', async () => {
    await users.update({ ...ALICE, firstName: 'Alice' }, true);
    await service.setPassword(REALM, ALICE, 'first', { temporary: true });
    expect(await reread()).toMatchObject({ firstName: 'Alice', requiredActions: ['UPDATE_PASSWORD'] });
  });

  it('expire with the policy', async () => {
    const yearly = realmWith({ passwordPolicy: `${CHEAP} and forceExpiredPasswordChange(365)` });
    expect(await service.isPasswordExpired(yearly, ALICE)).toBe(false);
    await service.setPassword(yearly, ALICE, 'first');
    clock.advance(365 * 86_400_000);
    expect(await service.isPasswordExpired(yearly, ALICE)).toBe(false);
    clock.advance(1);
    expect(await service.isPasswordExpired(yearly, ALICE)).toBe(true);
    expect(await service.isPasswordExpired(REALM, ALICE)).toBe(false);
  });
});

describe('an old hash', () => {
  const newer = realmWith({ passwordPolicy: 'hashAlgorithm(pbkdf2-sha512) and hashIterations(2)' });

  it('is replaced at a right password only; id, date and order stay', async () => {
    await service.setPassword(REALM, ALICE, 'first');
    const before = await passwordOf(ALICE);
    clock.advance(1000);
    expect(await service.verifyPassword(newer, ALICE, 'wrong')).toBe(false);
    expect(await passwordOf(ALICE)).toEqual(before);
    expect(await service.verifyPassword(newer, ALICE, 'first')).toBe(true);
    const after = await passwordOf(ALICE);
    expect(after).toMatchObject({ id: before.id, createdDate: before.createdDate, priority: before.priority });
    expect(JSON.parse(after.data)).toMatchObject({ algorithm: 'pbkdf2-sha512', hashIterations: 2 });
    expect(await service.verifyPassword(newer, ALICE, 'first')).toBe(true);
    expect(await passwordOf(ALICE)).toEqual(after);
  });

  it('does not come back over a password that was set while it was hashed anew', async () => {
    await service.setPassword(REALM, ALICE, 'first');
    class Overtaken extends PasswordHasher {
      override async hash(...args: Parameters<PasswordHasher['hash']>): ReturnType<PasswordHasher['hash']> {
        await service.setPassword(REALM, ALICE, 'second');
        return super.hash(...args);
      }
    }
    expect(await serviceWith(new Overtaken()).verifyPassword(newer, ALICE, 'first')).toBe(true);
    await passwordOf(ALICE);
    expect(await service.verifyPassword(REALM, ALICE, 'first')).toBe(false);
    expect(await service.verifyPassword(REALM, ALICE, 'second')).toBe(true);
  });

  it('does not fail a right login when there is no room to hash it anew', async () => {
    await service.setPassword(REALM, ALICE, 'first');
    class Busy extends PasswordHasher {
      private readonly full = new PasswordHasher({ concurrency: 0, maxWaiting: 0 });
      override hash(...args: Parameters<PasswordHasher['hash']>): ReturnType<PasswordHasher['hash']> {
        return this.full.hash(...args);
      }
    }
    expect(await serviceWith(new Busy()).verifyPassword(newer, ALICE, 'first')).toBe(true);
    expect(JSON.parse((await passwordOf(ALICE)).data)).toMatchObject({ algorithm: 'pbkdf2-sha256' });
  });
});

describe('password history', () => {
  const history = (size: number): Realm =>
    realmWith({ passwordPolicy: `${CHEAP} and passwordHistory(${String(size)})` });
  const set = async (realm: Realm, plain: string): Promise<string | undefined> => {
    clock.advance(1000);
    return (await service.setPassword(realm, ALICE, plain))?.code;
  };

  it('forbids the last three, the present one among them', async () => {
    for (const plain of ['one', 'two', 'three', 'four']) expect(await set(history(3), plain)).toBeUndefined();
    for (const plain of ['two', 'three', 'four']) {
      expect(await set(history(3), plain)).toBe('invalidPasswordHistoryMessage');
    }
    expect(await set(history(3), 'one')).toBeUndefined();
    expect(await users.credentials(REALM.id, ALICE.id)).toHaveLength(3);
  });

  it('of one forbids the present password and keeps nothing', async () => {
    expect(await set(history(1), 'one')).toBeUndefined();
    expect(await set(history(1), 'one')).toBe('invalidPasswordHistoryMessage');
    expect(await set(history(1), 'two')).toBeUndefined();
    expect(await users.credentials(REALM.id, ALICE.id)).toHaveLength(1);
  });

  it('is forgotten when the policy goes, and is no credential to log in with', async () => {
    await set(history(3), 'one');
    await set(history(3), 'two');
    expect(await service.credentialTypes(REALM.id, ALICE.id)).toEqual(['password']);
    expect(await service.verifyPassword(history(3), ALICE, 'one')).toBe(false);
    await set(REALM, 'three');
    expect(await users.credentials(REALM.id, ALICE.id)).toHaveLength(1);
  });
});

describe('one-time codes', () => {
  const SECRET = 'TKQHSSZM5QJR3LMBH4XA';
  const codeAt = (time: number, secret = SECRET): string =>
    TOTP.generate({ secret: Secret.fromUTF8(secret), timestamp: time });

  it('work once', async () => {
    await service.addOtp(REALM, ALICE, SECRET, 'phone');
    const code = codeAt(clock.now());
    expect(await service.verifyOtp(REALM, ALICE, code)).toBe(true);
    expect(await service.verifyOtp(REALM, ALICE, code)).toBe(false);
    clock.advance(30_000);
    expect(await service.verifyOtp(REALM, ALICE, codeAt(clock.now() - 30_000))).toBe(false);
    expect(await service.verifyOtp(REALM, ALICE, codeAt(clock.now()))).toBe(true);
  });

  it('work once when sent many times at once', async () => {
    await service.addOtp(REALM, ALICE, SECRET, 'phone');
    const code = codeAt(clock.now());
    const answers = await Promise.all(Array.from({ length: 10 }, () => service.verifyOtp(REALM, ALICE, code)));
    expect(answers.filter(Boolean)).toHaveLength(1);
  });

  it('work again where the realm wants it', async () => {
    const reusable = realmWith({ otpPolicyCodeReusable: true });
    await service.addOtp(REALM, ALICE, SECRET, 'phone');
    const code = codeAt(clock.now());
    expect(await service.verifyOtp(reusable, ALICE, code)).toBe(true);
    expect(await service.verifyOtp(reusable, ALICE, code)).toBe(true);
  });

  it('do not log in with the code that proved the device', async () => {
    const step = Math.floor(clock.now() / 30_000);
    await service.addOtp(REALM, ALICE, SECRET, 'phone', step);
    expect(await service.verifyOtp(REALM, ALICE, codeAt(clock.now()))).toBe(false);
  });

  it('are checked with the named device, else with the first', async () => {
    const other = 'ABCDEFGHIJKLMNOPQRST';
    await service.addOtp(REALM, ALICE, SECRET, 'phone');
    await service.addOtp(REALM, ALICE, other, '');
    const [first, second] = await service.otpCredentials(REALM.id, ALICE.id);
    expect([first?.userLabel, second?.userLabel]).toEqual(['phone', undefined]);
    const code = codeAt(clock.now(), other);
    expect(await service.verifyOtp(REALM, ALICE, code)).toBe(false);
    expect(await service.verifyOtp(REALM, ALICE, code, '')).toBe(false);
    expect(await service.verifyOtp(REALM, ALICE, code, first?.id)).toBe(false);
    expect(await service.verifyOtp(REALM, ALICE, code, 'unknown')).toBe(false);
    expect(await service.verifyOtp(REALM, ALICE, code, second?.id)).toBe(true);
  });

  it('are never right for a user without a device', async () => {
    expect(await service.verifyOtp(REALM, ALICE, '000000')).toBe(false);
  });

  it('by counter move on, also where codes are reusable', async () => {
    const hotp = realmWith({ otpPolicyType: 'hotp', otpPolicyCodeReusable: true, otpPolicyLookAheadWindow: 2 });
    await service.addOtp(hotp, ALICE, '12345678901234567890', 'token');
    // RFC 4226, appendix D: counters 0, 2 and 1.
    expect(await service.verifyOtp(hotp, ALICE, '755224')).toBe(true);
    expect(await service.verifyOtp(hotp, ALICE, '755224')).toBe(false);
    expect(await service.verifyOtp(hotp, ALICE, '359152')).toBe(true);
    expect(await service.verifyOtp(hotp, ALICE, '287082')).toBe(false);
  });

  it('are stored in the texts of Keycloak', async () => {
    await service.addOtp(REALM, ALICE, SECRET, 'phone');
    const [device] = await service.otpCredentials(REALM.id, ALICE.id);
    expect(device?.data).toBe('{"subType":"totp","digits":6,"counter":0,"period":30,"algorithm":"HmacSHA1"}');
    expect(new AesSealer(KEY).open(device?.sealedSecret ?? '', device?.id ?? '')).toBe(`{"value":"${SECRET}"}`);
  });
});

describe('required actions', () => {
  it('are pending once, and gone when done', async () => {
    await service.addRequiredAction(REALM, ALICE, 'A');
    await service.addRequiredAction(REALM, ALICE, 'B');
    await service.addRequiredAction(REALM, ALICE, 'A');
    expect((await reread()).requiredActions).toEqual(['A', 'B']);
    await service.removeRequiredAction(REALM, ALICE, 'A');
    await service.removeRequiredAction(REALM, ALICE, 'never');
    expect((await reread()).requiredActions).toEqual(['B']);
  });

  it('of a user who is gone change nothing', async () => {
    await users.delete(REALM.id, ALICE.id);
    await service.addRequiredAction(REALM, ALICE, 'A');
    expect(await users.byId(REALM.id, ALICE.id)).toBeUndefined();
  });
});
