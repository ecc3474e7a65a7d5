import { generateKeyPairSync } from 'node:crypto';
import { decodeProtectedHeader, importSPKI, jwtVerify, type JSONWebKeySet } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askForTokens, type App } from '../../support/browser-session.js';
import { RunningServer } from '../../support/running-server.js';
import { testRealm } from '../../support/test-realm.js';
import { AdminApi } from '../security/admin-api.js';

const KEYS = 'org.keycloak.keys.KeyProvider';
const POLICY = 'org.keycloak.services.clientregistration.policy.ClientRegistrationPolicy';
const APP: App = { realm: 'keys', clientId: 'app', redirectUri: 'http://app.test/cb' };

interface Component {
  readonly id: string;
  readonly name: string;
  readonly providerId: string;
  readonly config: Readonly<Record<string, readonly string[]>>;
}
interface KeyRow {
  readonly kid: string;
  readonly providerId: string;
  readonly status: string;
  readonly algorithm: string;
  readonly publicKey?: string;
}
interface Keys {
  readonly active: Readonly<Record<string, string>>;
  readonly keys: readonly KeyRow[];
}

let server: RunningServer;
let api: AdminApi;

beforeAll(async () => {
  server = await RunningServer.start({
    realms: [
      testRealm({ realm: APP.realm, people: ['ada'], apps: [APP] }),
      testRealm({ realm: 'other', people: ['ada'], apps: [{ ...APP, realm: 'other' }] }),
    ],
  });
  api = await AdminApi.chief(server, APP.realm);
});

afterAll(() => server.close());

const components = async (query = ''): Promise<readonly Component[]> =>
  (await api.get(`components${query}`)).body as readonly Component[];
const keys = async (): Promise<Keys> => (await api.get('keys')).body as Keys;
const jwks = async (realm = APP.realm): Promise<JSONWebKeySet> =>
  (await (await fetch(`${server.issuer(realm)}/protocol/openid-connect/certs`)).json()) as JSONWebKeySet;
const make = (providerId: string, config: object, name = providerId) =>
  api.post('components', { name, providerId, providerType: KEYS, config });
const accessToken = async (): Promise<string> => {
  const answer = await askForTokens(server, APP, {
    grant_type: 'password',
    username: 'ada',
    password: 'ada-pw',
    scope: 'openid',
  });
  if (answer.access_token === undefined) throw new Error('no token');
  return answer.access_token;
};
const userinfo = async (token: string): Promise<number> =>
  (
    await fetch(`${server.issuer(APP.realm)}/protocol/openid-connect/userinfo`, {
      headers: { authorization: `Bearer ${token}` },
    })
  ).status;
const signKid = async (): Promise<string | undefined> => decodeProtectedHeader(await accessToken()).kid;

describe('Components of a realm', () => {
  it('are, of a new realm, the key providers of the reference', async () => {
    const realmId = (await server.realm(APP.realm)).id;
    const found = await components(`?type=${KEYS}&parent=${realmId}`);
    expect(found.map(({ id: _id, ...rest }) => rest).sort((a, b) => (a.name < b.name ? -1 : 1))).toEqual(
      [
        ['aes-generated', 'aes-generated', { priority: ['100'] }],
        ['hmac-generated-hs512', 'hmac-generated', { priority: ['100'], algorithm: ['HS512'] }],
        ['rsa-enc-generated', 'rsa-enc-generated', { priority: ['100'], algorithm: ['RSA-OAEP'] }],
        ['rsa-generated', 'rsa-generated', { priority: ['100'] }],
      ].map(([name, providerId, config]) => ({ name, providerId, providerType: KEYS, parentId: realmId, config })),
    );
    expect(await components(`?type=${KEYS}&name=aes-generated`)).toHaveLength(1);
    expect(await components('?parent=somewhere-else')).toEqual([]);
  });

  it('list the keys they provide', async () => {
    const { active, keys: rows } = await keys();
    expect(Object.keys(active).sort()).toEqual(['AES', 'HS512', 'RS256', 'RSA-OAEP']);
    const rsa = rows.find(({ algorithm }) => algorithm === 'RS256');
    expect(rsa).toEqual({
      providerId: (await components('?name=rsa-generated'))[0]?.id,
      providerPriority: 100,
      kid: active['RS256'],
      status: 'ACTIVE',
      type: 'RSA',
      algorithm: 'RS256',
      publicKey: expect.stringMatching(/^MII/) as string,
      certificate: expect.stringMatching(/^MII/) as string,
      use: 'SIG',
      validTo: expect.any(Number) as number,
    });
    expect(rows.find(({ algorithm }) => algorithm === 'HS512')).toEqual({
      providerId: (await components('?name=hmac-generated-hs512'))[0]?.id,
      providerPriority: 100,
      kid: active['HS512'],
      status: 'ACTIVE',
      type: 'OCT',
      algorithm: 'HS512',
      use: 'SIG',
    });
    const document = (await (await fetch(server.issuer(APP.realm))).json()) as { public_key: string };
    expect(document.public_key).toBe(rsa?.publicKey);
  });

  it('publish every public key and no secret one', async () => {
    const { keys: published } = await jwks();
    expect(published.map(({ kty, alg, use }) => [kty, alg, use])).toEqual([
      ['RSA', 'RS256', 'sig'],
      ['RSA', 'RSA-OAEP', 'enc'],
    ]);
    for (const key of published)
      expect(Object.keys(key)).toEqual(['kid', 'kty', 'alg', 'use', 'x5c', 'x5t', 'x5t#S256', 'n', 'e']);
  });

  it.each([
    [{ priority: ['high'] }, "'Priority' should be a number", 'priority'],
    [{ enabled: ['maybe'] }, "'Enabled' should be 'true' or 'false'", 'enabled'],
    [{ active: ['true', 'false'] }, "'Active' should be a single entry", 'active'],
    [{ keySize: ['1024'] }, "'Key size' should be 2048, 3072 or 4096", 'keySize'],
    [{ algorithm: ['none'] }, "'Algorithm' should be RS256, RS384, RS512, PS256, PS384 or PS512", 'algorithm'],
  ])('refuse the config %j', async (config, errorMessage, member) => {
    const before = await components();
    expect(await make('rsa-generated', config)).toMatchObject({
      status: 400,
      body: { errorMessage, field: expect.stringContaining(member) as string },
    });
    expect(await components()).toEqual(before);
  });

  it.each([
    ['rsa', { privateKey: ['junk'] }, { errorMessage: 'Failed to decode private key' }],
    ['rsa', {}, { errorMessage: "'Private RSA Key' is required" }],
    ['rsa', { privateKey: [pem(1024)] }, { errorMessage: expect.stringContaining('1024 bits is too short') as string }],
    ['rsa', { privateKey: [pem(2048)], certificate: ['junk'] }, { errorMessage: 'Failed to decode certificate' }],
    [
      'java-keystore',
      { keystore: ['/etc/passwd'] },
      { errorMessage: expect.stringContaining('reads files') as string },
    ],
    ['no-such', {}, { error: 'Invalid provider type or no such provider' }],
  ])('refuse a key of %s with %j', async (providerId, config, body) => {
    expect(await make(providerId, config)).toMatchObject({ status: 400, body });
  });

  it('sign with the highest priority, verify while passive, and are gone when disabled', async () => {
    const old = await accessToken();
    const { madeId, status } = await make('rsa-generated', { priority: ['200'] }, 'second');
    expect(status).toBe(201);
    const { active, keys: rows } = await keys();
    expect(rows.filter(({ algorithm }) => algorithm === 'RS256').map(({ kid }) => kid)).toContain(active['RS256']);
    const young = await accessToken();
    expect(decodeProtectedHeader(young).kid).toBe(active['RS256']);
    expect(decodeProtectedHeader(old).kid).not.toBe(active['RS256']);
    expect([await userinfo(old), await userinfo(young)]).toEqual([200, 200]);

    expect((await api.put(`components/${madeId}`, { config: { active: ['false'] } })).status).toBe(204);
    expect(await signKid()).toBe(decodeProtectedHeader(old).kid);
    expect(await userinfo(young)).toBe(200);
    expect((await jwks()).keys.map(({ kid }) => kid)).toContain(decodeProtectedHeader(young).kid);
    expect((await keys()).keys.find(({ providerId }) => providerId === madeId)?.status).toBe('PASSIVE');

    expect((await api.put(`components/${madeId}`, { config: { enabled: ['false'] } })).status).toBe(204);
    expect(await userinfo(young)).toBe(401);
    expect((await jwks()).keys.map(({ kid }) => kid)).not.toContain(decodeProtectedHeader(young).kid);
    expect((await keys()).keys.find(({ providerId }) => providerId === madeId)?.status).toBe('DISABLED');
    expect((await api.get(`components/${madeId}`)).body).toMatchObject({
      config: { priority: ['200'], active: ['false'], enabled: ['false'] },
    });

    expect((await api.delete(`components/${madeId}`)).status).toBe(204);
    expect(await api.get(`components/${madeId}`)).toMatchObject({
      status: 404,
      body: { error: 'Could not find component' },
    });
    expect(await userinfo(old)).toBe(200);
  });

  it('keep an imported private key to themselves, and keep it when the mask comes back', async () => {
    const { madeId } = await make('rsa', { privateKey: [pem(2048)], priority: ['1'] }, 'mine');
    const shown = (await api.get(`components/${madeId}`)).body as Component;
    expect(shown.config).toEqual({ privateKey: ['**********'], priority: ['1'] });
    const kid = (await keys()).keys.find(({ providerId }) => providerId === madeId)?.kid;
    expect((await api.put(`components/${madeId}`, { ...shown, name: 'ours' })).status).toBe(204);
    expect((await keys()).keys.find(({ providerId }) => providerId === madeId)?.kid).toBe(kid);
    expect((await api.get(`components/${madeId}`)).body).toMatchObject({ name: 'ours' });
    await api.put(`components/${madeId}`, { config: { privateKey: [pem(2048)] } });
    expect((await keys()).keys.find(({ providerId }) => providerId === madeId)?.kid).not.toBe(kid);
    expect((await api.delete(`components/${madeId}`)).status).toBe(204);
  });

  it('make a new key when another size or curve is asked for, under the same id', async () => {
    const { madeId } = await make('ecdsa-generated', { ecdsaEllipticCurveKey: ['P-256'] });
    const row = async () => (await keys()).keys.find(({ providerId }) => providerId === madeId);
    const before = await row();
    await api.put(`components/${madeId}`, { config: { priority: ['5'] } });
    expect((await row())?.kid).toBe(before?.kid);
    expect((await api.put(`components/${madeId}`, { config: { ecdsaEllipticCurveKey: ['P-521'] } })).status).toBe(204);
    const after = await row();
    expect([before?.algorithm, after?.algorithm]).toEqual(['ES256', 'ES512']);
    expect(after?.kid).not.toBe(before?.kid);
    await api.delete(`components/${madeId}`);
  });

  it('have nothing below them', async () => {
    const [first] = await components();
    const path = `components/${first?.id ?? ''}/sub-component-types`;
    expect(await api.get(`${path}?type=org.keycloak.storage.ldap.mappers.LDAPStorageMapper`)).toMatchObject({
      status: 200,
      body: [],
    });
    expect(await api.get(path)).toMatchObject({ status: 400, body: { error: 'must specify a subtype' } });
    expect(await api.get('components/nobody/sub-component-types?type=x')).toMatchObject({
      status: 404,
      body: { error: 'Could not find parent component' },
    });
  });

  it('of other kinds are kept and given back', async () => {
    const body = { name: 'hosts', providerId: 'trusted-hosts', providerType: POLICY, subType: 'anonymous' };
    const config = { 'host-sending-registration-request-must-match': ['true'], 'client-uris-must-match': ['true'] };
    const { madeId, status } = await api.post('components', { ...body, config });
    expect(status).toBe(201);
    expect((await api.put(`components/${madeId}`, { config: { 'client-uris-must-match': [''] } })).status).toBe(204);
    const realmId = (await server.realm(APP.realm)).id;
    const { 'client-uris-must-match': _removed, ...left } = config;
    expect(await components(`?type=${POLICY}`)).toEqual([{ id: madeId, ...body, parentId: realmId, config: left }]);
    expect((await api.delete(`components/${madeId}`)).status).toBe(204);
    expect((await api.delete(`components/${madeId}`)).status).toBe(404);
    expect(await api.post('components', { ...body, providerType: 'nothing' })).toMatchObject({
      status: 400,
      body: { error: 'Invalid provider type or no such provider' },
    });
  });
});

describe('A realm without a key', () => {
  it('gets one for the algorithm it is told to sign with, once', async () => {
    await api.put('', { defaultSignatureAlgorithm: 'ES384' });
    const tokens = await Promise.all(Array.from({ length: 8 }, accessToken));
    const kids = new Set(tokens.map((token) => decodeProtectedHeader(token).kid));
    expect(kids.size).toBe(1);
    expect(decodeProtectedHeader(tokens[0] ?? '').alg).toBe('ES384');
    const [fallback, ...more] = await components('?name=fallback-ES384');
    expect(more).toEqual([]);
    expect(fallback).toMatchObject({
      providerId: 'ecdsa-generated',
      config: { priority: ['-100'], ecdsaEllipticCurveKey: ['P-384'] },
    });
    expect(await userinfo(tokens[0] ?? '')).toBe(200);
    await api.put('', { defaultSignatureAlgorithm: 'RS256' });
  });

  it('gets one instead of the one that was deleted', async () => {
    const [rsa] = await components('?name=rsa-generated');
    const old = await accessToken();
    await api.delete(`components/${rsa?.id ?? ''}`);
    const token = await accessToken();
    expect(await userinfo(old)).toBe(401);
    const { public_key: text } = (await (await fetch(server.issuer(APP.realm))).json()) as { public_key: string };
    const key = await importSPKI(`-----BEGIN PUBLIC KEY-----\n${text}\n-----END PUBLIC KEY-----`, 'RS256');
    expect((await jwtVerify(token, key)).payload['azp']).toBe(APP.clientId);
  });
});

function pem(bits: number): string {
  return generateKeyPairSync('rsa', { modulusLength: bits }).privateKey.export({
    type: 'pkcs8',
    format: 'pem',
  }) as string;
}
