import { describe, expect, it } from 'vitest';
import type { HashedPassword } from './password-hash.js';
import { PasswordHasher } from './password-hasher.js';
import { PasswordPolicy } from './password-policy.js';

const ARGON2 =
  '{"hashIterations":5,"algorithm":"argon2","additionalParameters":{"hashLength":["32"],"memory":["7168"],"type":["id"],"version":["1.3"],"parallelism":["1"]}}';

/** Rows that Keycloak 26.7.4 wrote; the passwords are `<name>-pw`. */
const WRITTEN_BY_KEYCLOAK: Record<'alice' | 'bob' | 'grace', HashedPassword> = {
  alice: {
    data: ARGON2,
    secret:
      '{"value":"KB/wppPrWpBEiOAxf+P5osm60jXDhh/fCYVoWJhCYpg=","salt":"Hv3TKgZpONk4tJwUpK3m6g==","additionalParameters":{}}',
  },
  bob: {
    data: ARGON2,
    secret:
      '{"value":"RL+rZAbrFLLUdZbzvYAqQAN8jkZr08wrIB9OLxgWSMI=","salt":"LZIhn+rTsdjisZbQ7JfZUA==","additionalParameters":{}}',
  },
  grace: {
    data: '{"hashIterations":27500,"algorithm":"pbkdf2-sha256","additionalParameters":{}}',
    secret:
      '{"value":"MV6ecjXXdNfFaKLUcoPw0jADPrdxdaBKK8ZYhZZGhdw=","salt":"M0mxV4SzkQTC+rmCZXEYTQ==","additionalParameters":{}}',
  },
};

const hasher = new PasswordHasher();
const policy = (text?: string): PasswordPolicy => PasswordPolicy.parse(text);

describe('hashes written by Keycloak', () => {
  it.each(Object.entries(WRITTEN_BY_KEYCLOAK))('verifies %s', async (name, stored) => {
    expect(await hasher.verify(`${name}-pw`, stored)).toBe(true);
    expect(await hasher.verify(`${name}-pW`, stored)).toBe(false);
    expect(await hasher.verify('', stored)).toBe(false);
    expect(hasher.canVerify(stored)).toBe(true);
  });

  it('keeps the default Argon2 hash and upgrades an old PBKDF2 hash', () => {
    expect(hasher.needsRehash(WRITTEN_BY_KEYCLOAK.alice, policy())).toBe(false);
    expect(hasher.needsRehash(WRITTEN_BY_KEYCLOAK.grace, policy())).toBe(true);
    expect(
      hasher.needsRehash(WRITTEN_BY_KEYCLOAK.grace, policy('hashAlgorithm(pbkdf2-sha256) and hashIterations(27500)')),
    ).toBe(false);
  });
});

describe('PasswordHasher', () => {
  it.each([
    ['', 'argon2', 5, 32],
    ['hashIterations(2)', 'argon2', 2, 32],
    // Written for PBKDF2 and forgotten: Keycloak takes the default of Argon2 above 100, so that a login stays possible.
    ['hashIterations(27500)', 'argon2', 5, 32],
    ['hashAlgorithm(pbkdf2-sha256) and hashIterations(1000)', 'pbkdf2-sha256', 1000, 32],
    ['hashAlgorithm(pbkdf2-sha512) and hashIterations(1000)', 'pbkdf2-sha512', 1000, 64],
    ['hashAlgorithm(pbkdf2) and hashIterations(1000)', 'pbkdf2', 1000, 64],
    ['hashAlgorithm(pbkdf2-sha512)', 'pbkdf2-sha512', 210_000, 64],
    // Whoever manages one realm sets its policy: a guess must not keep the server busy for minutes.
    ['hashAlgorithm(pbkdf2-sha512) and hashIterations(2147483647)', 'pbkdf2-sha512', 210_000, 64],
  ])('hashes by the policy %j', async (text, algorithm, iterations, bytes) => {
    const stored = await hasher.hash('pässwörd', policy(text));
    const data = JSON.parse(stored.data) as { algorithm: string; hashIterations: number };
    const secret = JSON.parse(stored.secret) as { value: string; salt: string };
    expect(data).toMatchObject({ algorithm, hashIterations: iterations });
    expect(Buffer.from(secret.value, 'base64')).toHaveLength(bytes);
    expect(Buffer.from(secret.salt, 'base64')).toHaveLength(16);
    expect(await hasher.verify('pässwörd', stored)).toBe(true);
    expect(await hasher.verify('passwörd', stored)).toBe(false);
    expect(hasher.needsRehash(stored, policy(text))).toBe(false);
  });

  it('writes the very texts of Keycloak', async () => {
    const stored = await hasher.hash('x', policy());
    expect(stored.data).toBe(ARGON2);
    expect(Object.keys(JSON.parse(stored.secret) as object)).toEqual(['value', 'salt', 'additionalParameters']);
  });

  it('uses a new salt for each hash', async () => {
    const cheap = policy('hashIterations(1)');
    expect((await hasher.hash('x', cheap)).secret).not.toBe((await hasher.hash('x', cheap)).secret);
  });

  it('asks for a new hash when a parameter of Argon2 differs', () => {
    const { alice } = WRITTEN_BY_KEYCLOAK;
    expect(hasher.needsRehash({ ...alice, data: ARGON2.replace('7168', '4096') }, policy())).toBe(true);
    expect(hasher.needsRehash(alice, policy('hashIterations(6)'))).toBe(true);
  });

  it.each([
    ['an unknown algorithm', { ...WRITTEN_BY_KEYCLOAK.alice, data: ARGON2.replace('argon2', 'bcrypt') }],
    ['no JSON', { data: 'x', secret: 'y' }],
    // A derived key of length zero equals any other.
    ['an empty value', { ...WRITTEN_BY_KEYCLOAK.grace, secret: '{"value":"","salt":"M0mxV4SzkQTC+rmCZXEYTQ=="}' }],
    ['no salt', { ...WRITTEN_BY_KEYCLOAK.grace, secret: '{"value":"MV6ecjXXdNfFaKLUcoPw0jADPrdxdaBKK8ZYhZZGhdw="}' }],
    // Whoever manages users writes such texts: neither memory nor processor may go to them.
    ['more memory than a login may take', { ...WRITTEN_BY_KEYCLOAK.alice, data: ARGON2.replace('7168', '4294967295') }],
    ['a negative memory', { ...WRITTEN_BY_KEYCLOAK.alice, data: ARGON2.replace('7168', '-1') }],
    ['a memory that is no number', { ...WRITTEN_BY_KEYCLOAK.alice, data: ARGON2.replace('7168', 'all') }],
    [
      'more passes of Argon2 than anybody waits for',
      { ...WRITTEN_BY_KEYCLOAK.alice, data: ARGON2.replace(':5,', ':101,') },
    ],
    [
      'more iterations of PBKDF2 than anybody waits for',
      {
        ...WRITTEN_BY_KEYCLOAK.grace,
        data: '{"hashIterations":2147483647,"algorithm":"pbkdf2-sha256","additionalParameters":{}}',
      },
    ],
    ['no iterations', { ...WRITTEN_BY_KEYCLOAK.grace, data: '{"hashIterations":0,"algorithm":"pbkdf2-sha256"}' }],
  ])('matches nothing with %s', async (_case, stored) => {
    expect(hasher.canVerify(stored)).toBe(false);
    expect(await hasher.verify('grace-pw', stored)).toBe(false);
    expect(await hasher.verify('', stored)).toBe(false);
    expect(hasher.needsRehash(stored, policy())).toBe(true);
  });

  it('refuses work beyond its queue', async () => {
    const busy = new PasswordHasher({ concurrency: 1, maxWaiting: 1 });
    const results = await Promise.allSettled([busy.burn(policy()), busy.burn(policy()), busy.burn(policy())]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    expect(results[2]).toMatchObject({ reason: { code: 'hash_queue_full' } });
  });
});
