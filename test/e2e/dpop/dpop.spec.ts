import * as oidc from 'openid-client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BrowserSession } from '../../support/browser-session.js';
import { ProofKey } from '../../support/proof-key.js';
import type { RunningServer } from '../../support/running-server.js';
import { claimsOf } from '../lifetimes/timed-realm.js';
import { askBound, BACKEND, boundTokens, passwordOf, startBoundServer, STRICT, tokenUrl, WEB } from './dpop-realm.js';

let server: RunningServer;
let key: ProofKey;

beforeAll(async () => {
  server = await startBoundServer();
});
beforeEach(async () => {
  // Unmodified clients write their own time into proofs.
  server.clock.advance(Math.max(0, Date.now() - server.clock.now()));
  key = await ProofKey.make(server.clock);
});
afterAll(() => server.close());

const cnf = { jkt: expect.any(String) as string };
const refresh = (token: string) => ({ grant_type: 'refresh_token', refresh_token: token });

describe('an unmodified OpenID client with a DPoP handle', () => {
  it('logs in by code and PKCE, refreshes, asks userinfo and calls the Admin API', async () => {
    const config = await oidc.discovery(new URL(server.issuer('bound')), STRICT.clientId, undefined, oidc.None(), {
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so to stand out; a test on loopback is what it is for
      execute: [oidc.allowInsecureRequests],
    });
    expect(config.serverMetadata().dpop_signing_alg_values_supported).toContain('ES256');
    const DPoP = oidc.getDPoPHandle(config, await oidc.randomDPoPKeyPair());
    const pkceCodeVerifier = oidc.randomPKCECodeVerifier();
    const url = oidc.buildAuthorizationUrl(config, {
      redirect_uri: STRICT.redirectUri,
      scope: 'openid',
      code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
      dpop_jkt: await DPoP.calculateThumbprint(),
    });
    const person = new BrowserSession(server);
    const done = await person.submit(await person.get(url), { username: 'ann', password: 'ann-pw' });
    const tokens = await oidc.authorizationCodeGrant(config, done.location, { pkceCodeVerifier }, undefined, { DPoP });
    expect(tokens.token_type).toBe('dpop');
    expect(claimsOf(tokens.access_token)).toMatchObject({ typ: 'DPoP', cnf });
    expect(claimsOf(tokens.refresh_token)).toMatchObject({ typ: 'Refresh', cnf });
    expect(claimsOf(tokens.id_token)).not.toHaveProperty('cnf');

    const fresh = await oidc.refreshTokenGrant(config, tokens.refresh_token!, undefined, { DPoP });
    expect(fresh.token_type).toBe('dpop');
    const { sub } = tokens.claims()!;
    expect(await oidc.fetchUserInfo(config, fresh.access_token, sub, { DPoP })).toMatchObject({
      preferred_username: 'ann',
    });
    const users = new URL(`${server.url}/admin/realms/bound/users?max=1`);
    const answer = await oidc.fetchProtectedResource(config, fresh.access_token, users, 'GET', null, undefined, {
      DPoP,
    });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toHaveLength(1);
  });
});

describe('the token endpoint', () => {
  it('binds tokens to the key of a proof, also when the client need not have one', async () => {
    const answer = await askBound(server, WEB, passwordOf('ann'), await key.proof(tokenUrl(server)));
    expect(answer).toMatchObject({ status: 200, token_type: 'DPoP' });
    expect(claimsOf(answer.access_token)).toMatchObject({ typ: 'DPoP', cnf: { jkt: key.jkt } });
  });

  it('gives plain tokens without a proof, but not to a client that has to have one', async () => {
    const plain = await askBound(server, WEB, passwordOf('ann'));
    expect(plain).toMatchObject({ status: 200, token_type: 'Bearer' });
    expect(claimsOf(plain.access_token)).not.toHaveProperty('cnf');
    expect(await askBound(server, STRICT, passwordOf('ann'))).toEqual({
      status: 400,
      error: 'invalid_request',
      error_description: 'DPoP proof is missing',
    });
  });

  it('writes an event of a bad proof', async () => {
    await askBound(server, STRICT, passwordOf('ben'), 'nonsense');
    const events = await server.events('bound');
    expect(events.filter(({ error }) => error === 'invalid_dpop_proof')).toMatchObject([
      { type: 'LOGIN_ERROR', clientId: STRICT.clientId, details: { reason: 'DPoP proof is missing' } },
      { type: 'LOGIN_ERROR', clientId: STRICT.clientId, details: { reason: 'DPoP header verification failure' } },
    ]);
  });

  it('binds what a service account gets', async () => {
    const answer = await askBound(
      server,
      BACKEND,
      { grant_type: 'client_credentials' },
      await key.proof(tokenUrl(server)),
    );
    expect(answer).toMatchObject({ status: 200, token_type: 'DPoP' });
    expect(claimsOf(answer.access_token)).toMatchObject({ cnf: { jkt: key.jkt } });
  });

  it('refreshes a public client with the same key only', async () => {
    const { refresh: token } = await boundTokens(server, WEB, 'ann', key);
    const other = await ProofKey.make(server.clock);
    const refused = { status: 400, error: 'invalid_grant' };
    expect(await askBound(server, WEB, refresh(token))).toMatchObject({
      ...refused,
      error_description: 'DPoP proof is missing',
    });
    expect(await askBound(server, WEB, refresh(token), await other.proof(tokenUrl(server)))).toMatchObject({
      ...refused,
      error_description: "DPoP confirmation doesn't match DPoP proof",
    });
    const fresh = await askBound(server, WEB, refresh(token), await key.proof(tokenUrl(server)));
    expect(fresh).toMatchObject({ status: 200, token_type: 'DPoP' });
    expect(claimsOf(fresh.refresh_token)).toMatchObject({ cnf: { jkt: key.jkt } });
  });

  it('refreshes a confidential client with whatever key it has by then', async () => {
    const { refresh: token } = await boundTokens(server, BACKEND, 'ann', key);
    expect(claimsOf(token)).not.toHaveProperty('cnf');
    const other = await ProofKey.make(server.clock);
    const fresh = await askBound(server, BACKEND, refresh(token), await other.proof(tokenUrl(server)));
    expect(claimsOf(fresh.access_token)).toMatchObject({ cnf: { jkt: other.jkt } });
  });
});

describe('a code that is bound to a key (dpop_jkt)', () => {
  const codeFor = async (dpop_jkt: string): Promise<{ code: string; code_verifier: string }> => {
    const code_verifier = oidc.randomPKCECodeVerifier();
    const person = new BrowserSession(server);
    const done = await person.login(WEB, 'ben', {
      dpop_jkt,
      code_challenge: await oidc.calculatePKCECodeChallenge(code_verifier),
    });
    return { code: done.answer.get('code') ?? '', code_verifier };
  };
  const redeem = async (code: object, proof?: string) =>
    askBound(
      server,
      WEB,
      { grant_type: 'authorization_code', redirect_uri: WEB.redirectUri, ...(code as { code: string }) },
      proof,
    );

  it('is worth tokens with that key', async () => {
    const answer = await redeem(await codeFor(key.jkt), await key.proof(tokenUrl(server)));
    expect(answer).toMatchObject({ status: 200, token_type: 'DPoP' });
  });

  it('is worth nothing without it', async () => {
    const refused = { status: 400, error: 'invalid_request' };
    expect(await redeem(await codeFor(key.jkt))).toEqual({ ...refused, error_description: 'DPoP Proof missing' });
    const other = await ProofKey.make(server.clock);
    expect(await redeem(await codeFor(key.jkt), await other.proof(tokenUrl(server)))).toEqual({
      ...refused,
      error_description: 'DPoP Proof public key thumbprint does not match dpop_jkt',
    });
  });

  it('is not given for something that is no thumbprint', async () => {
    const reply = await new BrowserSession(server).authorize(WEB, { dpop_jkt: 'short' });
    expect(reply.answer.get('error_description')).toBe('Invalid parameter: dpop_jkt');
  });
});

describe('a client whose tokens have to be bound', () => {
  it('gets no access token from the authorization endpoint', async () => {
    const asked = { response_type: 'token id_token', nonce: 'n' };
    const reply = await new BrowserSession(server).authorize(STRICT, asked);
    expect(reply.location.hash).toContain('error=invalid_request');
    expect((await new BrowserSession(server).authorize(WEB, asked)).status).toBe(200);
  });
});

describe('introspection', () => {
  it('tells the key of a token, and needs no proof', async () => {
    const { access } = await boundTokens(server, WEB, 'ann', key);
    const response = await fetch(`${tokenUrl(server)}/introspect`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: BACKEND.clientId, client_secret: BACKEND.secret!, token: access }),
    });
    expect(await response.json()).toMatchObject({ active: true, token_type: 'DPoP', cnf: { jkt: key.jkt } });
  });
});
