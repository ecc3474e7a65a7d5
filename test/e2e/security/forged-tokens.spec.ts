import { createPublicKey } from 'node:crypto';
import { decodeJwt, exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type JWTPayload } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { passwordGrant, type App, type TokenReply } from '../../support/browser-session.js';
import { RunningServer } from '../../support/running-server.js';
import { testRealm } from '../../support/test-realm.js';
import { decodeJws, signJws } from '../../../src/tokens/jws.js';
import { RealmKeys, type SigningKey } from '../../../src/tokens/signing-keys.js';

const app = (realm: string): App => ({
  realm,
  clientId: 'app',
  redirectUri: 'http://app.test/cb',
  secret: 'app-secret',
});
const HOME = app('home');
const ABROAD = app('abroad');
const CHIEF = { clientRoles: { 'realm-management': ['realm-admin'], account: ['manage-account', 'view-profile'] } };
const AUDIENCES = ['account', 'app'].map((client) => ({
  name: `for ${client}`,
  protocol: 'openid-connect',
  protocolMapper: 'oidc-audience-mapper',
  config: { 'included.client.audience': client, 'access.token.claim': 'true' },
}));

let server: RunningServer;
/** Of ann, at home and abroad, in both of which she may do everything. */
let own: TokenReply;
let foreign: TokenReply;
let realmKey: SigningKey;

beforeAll(async () => {
  const realm = ({ realm: name, clientId }: App) =>
    testRealm({
      realm: name,
      people: ['ann'],
      users: { ann: CHIEF },
      apps: [app(name)],
      clients: { [clientId]: { protocolMappers: AUDIENCES } },
    });
  server = await RunningServer.start({ realms: [realm(HOME), realm(ABROAD)] });
  const key = await server.part(RealmKeys).signer((await server.realm('home')).id, 'RS256');
  if (!key) throw new Error('The realm has no key');
  realmKey = key;
});
beforeEach(async () => {
  own = await passwordGrant(server, HOME, 'ann');
  foreign = await passwordGrant(server, ABROAD, 'ann');
});
afterAll(() => server.close());

const claims = (): JWTPayload => decodeJwt(own.access_token ?? '');
const kid = (): string => decodeJws(own.access_token ?? '')?.kid ?? '';
/** The claims with others in their place, signed by the realm itself: what a stolen key or a bug would make. */
const resigned = (changes: object): string =>
  signJws(realmKey, { ...decodeJws(own.access_token ?? '')?.claims, ...changes });
const parts = (): [string, string, string] => (own.access_token ?? '').split('.') as [string, string, string];
const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
/** The key everybody can read. */
const publicPem = async (): Promise<Uint8Array> => {
  const { keys } = (await (await fetch(`${server.issuer('home')}/protocol/openid-connect/certs`)).json()) as {
    keys: readonly { kid: string }[];
  };
  const jwk = keys.find((each) => each.kid === kid());
  return createPublicKey({ key: { ...jwk }, format: 'jwk' }).export({
    type: 'spki',
    format: 'pem',
  }) as unknown as Uint8Array;
};

const FORGERIES: readonly (readonly [string, () => string | Promise<string>])[] = [
  ['without a signature: alg none', () => new UnsecuredJWT(claims()).encode()],
  [
    'with the algorithm none and the name of the key',
    () => `${encoded({ alg: 'none', typ: 'JWT', kid: kid() })}.${parts()[1]}.`,
  ],
  ['with its signature cut off', () => `${parts()[0]}.${parts()[1]}.`],
  [
    'with other claims under its signature',
    () => `${parts()[0]}.${encoded({ ...claims(), preferred_username: 'root' })}.${parts()[2]}`,
  ],
  [
    'signed with the public key as a secret: RS256 swapped for HS256',
    async () =>
      new SignJWT(claims()).setProtectedHeader({ alg: 'HS256', kid: kid() }).sign(Buffer.from(await publicPem())),
  ],
  [
    'signed with a key that it brings along',
    async () => {
      const { privateKey, publicKey } = await generateKeyPair('RS256');
      const jwk = await exportJWK(publicKey);
      return new SignJWT(claims()).setProtectedHeader({ alg: 'RS256', kid: kid(), jwk }).sign(privateKey);
    },
  ],
  ['of another realm', () => foreign.access_token ?? ''],
  ['with an issuer of another realm', () => resigned({ iss: server.issuer('abroad') })],
  ['that is over', () => resigned({ exp: server.clock.seconds() - 1 })],
  ['that is not valid yet', () => resigned({ nbf: server.clock.seconds() + 3600 })],
  ['without an end', () => resigned({ exp: undefined })],
  ['that is an ID token', () => own.id_token ?? ''],
  ['that is a refresh token', () => own.refresh_token ?? ''],
  ['of a client that does not exist', () => resigned({ azp: 'nobody' })],
  ['of a client that has no part in the session', () => resigned({ azp: 'account' })],
  ['of a session that does not exist', () => resigned({ sid: 'none' })],
  ['that is no token', () => 'x'],
  ['that is very long', () => 'x'.repeat(40_000)],
];

/** Everything that takes an access token in a header. */
const DOORS: readonly (readonly [string, () => string])[] = [
  ['userinfo', () => `${server.issuer('home')}/protocol/openid-connect/userinfo`],
  ['the account API', () => `${server.issuer('home')}/account/sessions`],
  ['the session API of a person', () => `${server.url}/t/home/api/users/v1/me/sessions`],
  ['the Admin API', () => `${server.url}/admin/realms/home/users`],
];

const call = async (url: string, token: string): Promise<number> =>
  (await fetch(url, { headers: { authorization: `Bearer ${token}`, accept: 'application/json' } })).status;

const ask = async (path: string, form: Readonly<Record<string, string>>): Promise<Response> =>
  fetch(`${server.issuer('home')}/protocol/openid-connect/${path}`, {
    method: 'POST',
    body: new URLSearchParams({ client_id: HOME.clientId, client_secret: HOME.secret ?? '', ...form }),
  });

describe('an access token', () => {
  it('that is good opens every door', async () => {
    for (const [, url] of DOORS) expect(await call(url(), own.access_token ?? '')).toBe(200);
    expect(await (await ask('token/introspect', { token: own.access_token ?? '' })).json()).toMatchObject({
      active: true,
    });
  });

  describe.each(FORGERIES)('%s', (_what, forge) => {
    it.each(DOORS)('is refused at %s', async (_door, url) => {
      // Longer headers are refused before anybody reads them; of another realm the Admin API knows the administrators, and refuses them.
      expect([401, 403, 431]).toContain(await call(url(), await forge()));
    });

    it('is not active', async () => {
      const answer = await ask('token/introspect', { token: await forge(), token_type_hint: 'access_token' });
      expect(await answer.json()).toEqual({ active: false });
    });
  });
});

describe('a refresh token', () => {
  it.each([
    ['an access token', () => own.access_token],
    ['an ID token', () => own.id_token],
    ['a refresh token of another realm', () => foreign.refresh_token],
    ['one without a signature', () => new UnsecuredJWT(decodeJwt(own.refresh_token ?? '')).encode()],
  ])('is not %s', async (_what, token) => {
    const answer = await ask('token', { grant_type: 'refresh_token', refresh_token: token() ?? '' });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: 'invalid_grant' });
  });
});
