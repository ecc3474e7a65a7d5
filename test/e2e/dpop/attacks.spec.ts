import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SignJWT } from 'jose';
import { ProofKey, type ProofText } from '../../support/proof-key.js';
import type { RunningServer } from '../../support/running-server.js';
import { askBound, BACKEND, boundTokens, passwordOf, startBoundServer, STRICT, tokenUrl, WEB } from './dpop-realm.js';

let server: RunningServer;
let key: ProofKey;
let thief: ProofKey;
let access: string;

beforeAll(async () => {
  server = await startBoundServer();
  key = await ProofKey.make(server.clock);
  thief = await ProofKey.make(server.clock);
});
beforeEach(async () => {
  ({ access } = await boundTokens(server, WEB, 'ann', key));
});
afterAll(() => server.close());

const NOW = (): number => server.clock.seconds();

/** Everything that takes an access token. */
const RESOURCES: readonly [string, () => string][] = [
  ['userinfo', () => `${server.issuer('bound')}/protocol/openid-connect/userinfo`],
  ['account API', () => `${server.issuer('bound')}/account`],
  ['session API of a person', () => `${server.url}/t/bound/api/users/v1/me/sessions`],
  ['session API of an administrator', () => `${server.url}/t/bound/api/users/v1/nobody/sessions`],
  ['Admin API', () => `${server.url}/admin/realms/bound/users`],
  ['Admin API above realms', () => `${server.url}/admin/realms`],
];

async function call(
  url: string,
  authorization: string,
  proof?: string,
): Promise<{ readonly status: number; readonly challenge: string }> {
  const response = await fetch(url, {
    headers: { authorization, accept: 'application/json', ...(proof === undefined ? {} : { dpop: proof }) },
  });
  await response.arrayBuffer();
  return { status: response.status, challenge: response.headers.get('www-authenticate') ?? '' };
}

type Made = (url: string) => Promise<string | undefined>;
const by =
  (said: (url: string) => ProofText, who = () => key): Made =>
  (url) =>
    who().proof(url, { htm: 'GET', accessToken: access, ...said(url) });

const symmetric: Made = (url) =>
  new SignJWT({ jti: 'j', htm: 'GET', htu: url, iat: NOW() })
    .setProtectedHeader({ alg: 'HS256', typ: 'dpop+jwt', jwk: key.jwk })
    .sign(Buffer.alloc(32));

const unsigned: Made = async (url) => {
  const [, payload] = (await by(() => ({}))(url))!.split('.');
  const header = { alg: 'none', typ: 'dpop+jwt', jwk: key.jwk };
  return `${Buffer.from(JSON.stringify(header)).toString('base64url')}.${payload}.`;
};

const twice: Made = async (url) => {
  const proof = (await by(() => ({}))(url))!;
  return `${proof}, ${proof}`;
};

/** What a thief of a token may try; `undefined` sends no proof. */
const ATTACKS: readonly [string, Made][] = [
  ['no proof', () => Promise.resolve(undefined)],
  [
    'a proof of another key',
    by(
      () => ({}),
      () => thief,
    ),
  ],
  [
    "a proof of another key that shows the owner's",
    by(
      () => ({ jwk: key.jwk }),
      () => thief,
    ),
  ],
  ['a proof for another address', by((url) => ({ htu: `${url}/other` }))],
  ['a proof for another host', by(() => ({ htu: 'https://evil.test/' }))],
  ['a proof for another method', by(() => ({ htm: 'POST' }))],
  ['a stale proof', by(() => ({ iat: NOW() - 26 }))],
  ['a proof of the future', by(() => ({ iat: NOW() + 16 }))],
  ['a proof without the hash of the token', (url) => key.proof(url, { htm: 'GET' })],
  ['a proof with the hash of another token', by(() => ({ accessToken: 'other' }))],
  ['a proof that shows a private key', by(() => ({ jwk: key.privateJwk }))],
  ['a token of another kind', by(() => ({ typ: 'JWT' }))],
  ['two proofs', twice],
  ['a shared secret', symmetric],
  ['no signature', unsigned],
];

describe.each(RESOURCES)('%s', (_name, url) => {
  it('takes a bound token with a proof', async () => {
    const { status } = await call(url(), `DPoP ${access}`, await by(() => ({}))(url()));
    expect([200, 404]).toContain(status);
  });

  it('does not care about the case of the scheme', async () => {
    const { status } = await call(url(), `dpop ${access}`, await by(() => ({}))(url()));
    expect([200, 404]).toContain(status);
  });

  it.each(ATTACKS)('refuses %s', async (_what, made) => {
    const { status, challenge } = await call(url(), `DPoP ${access}`, await made(url()));
    expect(status).toBe(401);
    expect(challenge).toMatch(
      /^DPoP realm="bound", error="invalid_dpop_proof", error_description="[^"]+", algs="[^"]*ES256/,
    );
  });

  it('refuses a proof that was used', async () => {
    const proof = (await by(() => ({}))(url()))!;
    expect((await call(url(), `DPoP ${access}`, proof)).status).not.toBe(401);
    const again = await call(url(), `DPoP ${access}`, proof);
    expect(again.status).toBe(401);
    expect(again.challenge).toContain('DPoP proof has already been used');
  });

  it('lets one of many callers at once use a proof', async () => {
    const proof = (await by(() => ({}))(url()))!;
    const calls = await Promise.all(Array.from({ length: 6 }, () => call(url(), `DPoP ${access}`, proof)));
    expect(calls.filter(({ status }) => status !== 401)).toHaveLength(1);
  });

  it('refuses a stolen bound token as a bearer token, with or without a proof', async () => {
    for (const proof of [
      undefined,
      await by(
        () => ({}),
        () => thief,
      )(url()),
      await by(() => ({}))(url()),
    ]) {
      const { status, challenge } = await call(url(), `Bearer ${access}`, proof);
      expect(status).toBe(401);
      expect(challenge).toMatch(/^DPoP realm="bound", error="invalid_token"/);
    }
  });

  it('refuses a plain token that pretends to be bound', async () => {
    const { access_token: plain = '' } = await askBound(server, WEB, passwordOf('ann'));
    const proof = await key.proof(url(), { htm: 'GET', accessToken: plain });
    expect(await call(url(), `DPoP ${plain}`, proof)).toMatchObject({ status: 401 });
    expect((await call(url(), `Bearer ${plain}`)).status).not.toBe(401);
  });
});

describe('userinfo', () => {
  it('refuses a bound token in a form', async () => {
    const url = RESOURCES[0]![1]();
    const response = await fetch(url, {
      method: 'POST',
      body: new URLSearchParams({ access_token: access }),
      headers: { dpop: await key.proof(url, { accessToken: access }) },
    });
    expect(response.status).toBe(401);
  });
});

describe('the token endpoint', () => {
  const ask = async (said: ProofText, who = key) =>
    askBound(server, STRICT, passwordOf('ben'), await who.proof(tokenUrl(server), said));

  it.each<[string, () => ProofText, string]>([
    ['for another address', () => ({ htu: 'https://evil.test/token' }), 'DPoP HTTP URL mismatch'],
    ['for another method', () => ({ htm: 'GET' }), 'DPoP HTTP method mismatch'],
    ['that is stale', () => ({ iat: NOW() - 26 }), 'DPoP proof is not active'],
    ['of the future', () => ({ iat: NOW() + 16 }), 'DPoP proof is not active'],
    ['that shows a private key', () => ({ jwk: key.privateJwk }), 'Private key is present in DPoP header'],
    ['of another key than it shows', () => ({ jwk: thief.jwk }), 'DPoP verification failure'],
  ])('refuses a proof %s', async (_what, said, error_description) => {
    expect(await ask(said())).toEqual({ status: 400, error: 'invalid_dpop_proof', error_description });
  });

  it('takes a proof once, also after a restart, and knows its id by key and address', async () => {
    expect(await ask({ jti: 'once' })).toMatchObject({ status: 200 });
    const used = { status: 400, error_description: 'DPoP proof has already been used' };
    expect(await ask({ jti: 'once' })).toMatchObject(used);
    expect(await ask({ jti: 'once' }, thief)).toMatchObject({ status: 200 });
    await server.restart();
    expect(await ask({ jti: 'once' })).toMatchObject(used);
  });

  it('does not spend a proof on a client that does not authenticate', async () => {
    const proof = await key.proof(tokenUrl(server));
    const form = { grant_type: 'client_credentials' };
    expect(await askBound(server, { ...BACKEND, secret: 'wrong' }, form, proof)).toMatchObject({ status: 401 });
    expect(await askBound(server, BACKEND, form, proof)).toMatchObject({ status: 200 });
  });
});
