import { createSecretKey, randomBytes } from 'node:crypto';
import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import { KeyRotation } from '../../src/administration/key-rotation.js';
import type { Realm } from '../../src/realm/realm.js';
import { AesSealer } from '../../src/shared/aes-sealer.js';
import { ManualClock } from '../../src/shared/clock.js';
import { RealmJwt, type Claims, type TokenExpectation } from '../../src/tokens/jwt.js';
import { signJws } from '../../src/tokens/jws.js';
import { SIGNATURE_ALGORITHMS } from '../../src/tokens/signature-algorithms.js';
import { RealmKeys, type SigningKey } from '../../src/tokens/signing-keys.js';
import { describeOnEachDatabase } from '../support/databases.js';
import { sampleRealm } from '../support/fakes/sample-realm.js';
import { freshId, sampleClient } from './samples.js';

const ISSUER = 'http://sso.test/realms/acme';
const SEALING = randomBytes(32).toString('hex');
const AHEAD = 60_000;

describeOnEachDatabase('Keys of a realm', (database) => {
  let clock: ManualClock;
  let realm: Realm;

  beforeEach(() => {
    clock = new ManualClock(Date.UTC(2026, 0, 1));
    realm = { ...sampleRealm(), id: freshId('realm') };
  });

  /** What one process of the server has: keys in its own memory, rows in the database of all. */
  function node(): { keys: RealmKeys; jwt: RealmJwt; rotation: KeyRotation } {
    const { realmKeys, clients, unitOfWork } = database();
    const keys = new RealmKeys(realmKeys, new AesSealer(SEALING), unitOfWork, clock);
    return { keys, jwt: new RealmJwt(keys, clock), rotation: new KeyRotation(keys, realmKeys, clients, clock) };
  }

  const claims = (more: object = {}) => ({
    ...{ jti: 'j', iat: clock.seconds(), exp: clock.seconds() + 300, iss: ISSUER, typ: 'Bearer', azp: 'app' },
    ...more,
  });
  const expected: TokenExpectation = { types: ['Bearer'], issuer: ISSUER };
  const signerOf = async (keys: RealmKeys, algorithm: string): Promise<SigningKey> => {
    const key = await keys.signerOrNew(realm, algorithm);
    if (!key) throw new Error(`no key for ${algorithm}`);
    return key;
  };

  it('are made once, whichever nodes need one first', async () => {
    const nodes = [node(), node(), node(), node()];
    const signers = await Promise.all(nodes.flatMap(({ keys }) => [signerOf(keys, 'ES256'), signerOf(keys, 'ES256')]));
    expect(new Set(signers.map(({ kid }) => kid)).size).toBe(1);
    expect(await database().realmKeys.list(realm.id)).toHaveLength(1);
  });

  it.each([...SIGNATURE_ALGORITHMS.keys()])('of %s sign what another node verifies at once', async (algorithm) => {
    const [here, there] = [node(), node()];
    await there.keys.list(realm.id); // remembers that there are none
    clock.advance(500);
    const key = await signerOf(here.keys, algorithm);
    expect(await there.jwt.check(realm, signJws(key, claims()), expected)).toMatchObject({ kind: 'valid' });
    const published = { keys: await there.keys.publicKeys(realm.id) } as unknown as JSONWebKeySet;
    if (algorithm.startsWith('HS')) expect(published.keys).toEqual([]);
    else {
      const at = new Date(clock.now());
      await jwtVerify(signJws(key, claims()), createLocalJWKSet(published), { currentDate: at });
    }
  });

  describe('refuse', () => {
    const good = async () => signerOf(node().keys, 'RS256');
    const check = (token: string) => node().jwt.check(realm, token, expected);
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

    it('a token without a signature', async () => {
      const { kid } = await good();
      for (const tail of ['', 'AA'])
        expect(await check(`${part({ alg: 'none', kid })}.${part(claims())}.${tail}`)).toEqual({
          kind: 'invalid',
          reason: 'signature',
        });
    });

    it.each(['HS256', 'HS384', 'HS512'])('a public key used as the secret of %s', async (algorithm) => {
      const { kid, publicKey } = await good();
      const texts = [
        publicKey.export({ type: 'spki', format: 'pem' }),
        publicKey.export({ type: 'spki', format: 'der' }),
      ];
      for (const text of texts) {
        const secret = createSecretKey(Buffer.from(text));
        const forged = signJws({ kid, algorithm, privateKey: secret, publicKey: secret }, claims());
        expect(await check(forged)).toEqual({ kind: 'invalid', reason: 'signature' });
      }
    });

    it('the key for another algorithm than its own', async () => {
      const key = await good();
      for (const algorithm of ['RS384', 'RS512', 'PS256'])
        expect(await check(signJws({ ...key, algorithm }, claims()))).toEqual({ kind: 'invalid', reason: 'signature' });
    });

    it('a key of another realm', async () => {
      await good();
      const other = await node().keys.signerOrNew({ id: freshId('realm'), name: 'other' }, 'RS256');
      if (!other) throw new Error('no key');
      expect(await check(signJws(other, claims()))).toEqual({ kind: 'invalid', reason: 'signature' });
      const posing = { ...other, kid: (await good()).kid };
      expect(await check(signJws(posing, claims()))).toEqual({ kind: 'invalid', reason: 'signature' });
    });

    it.each([
      ['passive', 'valid'],
      ['disabled', 'invalid'],
    ] as const)('or not: a %s key makes a token %s', async (status, kind) => {
      const key = await good();
      const { realmKeys, unitOfWork } = database();
      const [row] = await realmKeys.list(realm.id);
      if (!row) throw new Error('no row');
      await unitOfWork.run(() => realmKeys.update({ ...row, status }));
      expect((await check(signJws(key, claims()))).kind).toBe(kind);
      expect((await node().keys.signer(realm.id, 'RS256'))?.kid).toBeUndefined();
    });

    it.each([
      ['over', { exp: -1 }, 'expired'],
      ['over now', { exp: 0 }, 'expired'],
      ['not to be used yet', { nbf: 61 }, 'not_yet'],
      ['to be used in a little while', { nbf: 60 }, 'valid'],
      ['issued before the clock was set back', { iat: 3600 }, 'valid'],
      ['of another issuer', { iss: 'http://evil.test' }, 'issuer'],
      ['an ID token', { typ: 'ID' }, 'type'],
      ['without an end', { exp: undefined }, 'type'],
    ] as const)('or not: a token that is %s', async (_what, change, outcome) => {
      const key = await good();
      const times = Object.fromEntries(
        Object.entries(change).map(([name, value]) => [
          name,
          typeof value === 'number' ? clock.seconds() + value : value,
        ]),
      );
      const checked = await check(signJws(key, JSON.parse(JSON.stringify({ ...claims(), ...times })) as Claims));
      expect(checked.kind === 'valid' ? 'valid' : checked.reason).toBe(outcome);
    });
  });

  describe('are rotated', () => {
    it('without a gap: the new one is published before it signs, the old one verifies on', async () => {
      const { keys, jwt, rotation } = node();
      const old = await signerOf(keys, 'ES256');
      const result = await rotation.rotate(realm, 'ES256', { publishAhead: AHEAD });
      if (result.kind !== 'rotated') throw new Error('not rotated');
      expect(result.signsFrom).toBe(clock.now() + AHEAD);
      const published = async () => (await node().keys.publicKeys(realm.id)).map(({ kid }) => kid);
      expect(await published()).toEqual(expect.arrayContaining([old.kid, result.kid]));
      expect((await signerOf(keys, 'ES256')).kid).toBe(old.kid);
      clock.advance(AHEAD - 1);
      const last = await signerOf(keys, 'ES256');
      expect(last.kid).toBe(old.kid);
      const token = signJws(last, claims());
      clock.advance(1);
      expect((await signerOf(keys, 'ES256')).kid).toBe(result.kid);
      expect(await jwt.check(realm, token, expected)).toMatchObject({ kind: 'valid' });
      clock.advance(realm.settings.ssoSessionMaxLifespan * 1000 - 1);
      expect(await published()).toContain(old.kid);
      clock.advance(AHEAD);
      expect(await published()).toEqual([result.kid]);
      const { realmKeys, unitOfWork } = database();
      await unitOfWork.run(() => realmKeys.deleteRetired(clock.now()));
      expect((await realmKeys.list(realm.id)).map(({ id }) => id)).toEqual([result.kid]);
    });

    it('once, when several nodes begin together, and not again before the last rotation is over', async () => {
      await signerOf(node().keys, 'EdDSA');
      const nodes = [node(), node(), node(), node()];
      const results = await Promise.all(nodes.map(({ rotation }) => rotation.rotate(realm, 'EdDSA')));
      expect(results.filter(({ kind }) => kind === 'rotated')).toHaveLength(1);
      expect(await database().realmKeys.list(realm.id)).toHaveLength(2);
      clock.advance(3_000);
      expect(await node().rotation.rotate(realm, 'EdDSA')).toEqual({ kind: 'under_way' });
    });

    it('with size, priority and name of the old one', async () => {
      const { keys, rotation } = node();
      const [made] = (
        await keys.fromComponents(realm, [
          { name: 'big', providerId: 'rsa-generated', config: { keySize: ['3072'], priority: ['7'] } },
        ])
      ).keys;
      if (!made) throw new Error('no key');
      await keys.insert([made]);
      await rotation.rotate(realm, 'RS256', { publishAhead: 0 });
      const rows = await database().realmKeys.list(realm.id);
      expect(rows.map(({ name, priority }) => ({ name, priority }))).toEqual(
        Array(2).fill({ name: 'big', priority: 7 }),
      );
      const signer = await signerOf(keys, 'RS256');
      expect(signer.kid).not.toBe(made.id);
      expect(signer.privateKey.asymmetricKeyDetails?.modulusLength).toBe(3072);
    });

    it('and the old one verifies for as long as a client lets its tokens live', async () => {
      const { clients, unitOfWork, realmKeys } = database();
      const attributes = { 'access.token.lifespan': '864000' };
      await unitOfWork.run(() => clients.insert(sampleClient(realm.id, { attributes })));
      const { keys, rotation } = node();
      const old = await signerOf(keys, 'PS256');
      await rotation.rotate(realm, 'PS256', { publishAhead: 0 });
      const row = (await realmKeys.list(realm.id)).find(({ id }) => id === old.kid);
      expect(row?.verifiesUntil).toBe(clock.now() + 864_000_000);
    });

    it('when they are old, and the key of endless offline tokens keeps verifying', async () => {
      const { keys, rotation } = node();
      const old = await signerOf(keys, 'HS512');
      clock.advance(9_999);
      await signerOf(keys, 'ES512');
      expect(await rotation.rotateOld(realm, 10_000, { publishAhead: 0 })).toEqual([]);
      clock.advance(1);
      expect(await rotation.rotateOld(realm, 10_000, { publishAhead: 0 })).toEqual(['HS512']);
      clock.advance(100 * 365 * 86_400_000);
      expect((await keys.verifier(realm.id, old.kid, 'HS512'))?.kid).toBe(old.kid);
    });

    it('not for an algorithm that does not exist', async () => {
      await expect(node().rotation.rotate(realm, 'none')).rejects.toMatchObject({ code: 'unknown_algorithm' });
    });
  });
});
