import { createHash } from 'node:crypto';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askForTokens, BrowserSession, type App, type Fields, type Reply } from '../../support/browser-session.js';
import { RunningServer } from '../../support/running-server.js';
import { CODE_ONLY, HYBRID, IMPLICIT, responseRealm, TERSE } from './response-realm.js';

let server: RunningServer;

beforeAll(async () => {
  server = await RunningServer.start({ realms: [responseRealm()] });
});

afterAll(() => server.close());

const halfHash = (text: string): string =>
  createHash('sha256').update(text).digest().subarray(0, 16).toString('base64url');

/** What an application reads in the fragment of its address. */
const fragment = (reply: Reply): URLSearchParams => new URLSearchParams(reply.location.hash.slice(1));

const login = (app: App, responseType: string, more: Fields = {}): Promise<Reply> =>
  new BrowserSession(server).login(app, 'ria', { response_type: responseType, nonce: 'n-1', ...more });

/** The claims of a token, once its signature, issuer and audience were right. */
async function claimsOf(token: string, app: App) {
  const keys = createRemoteJWKSet(new URL(`${server.issuer('responses')}/protocol/openid-connect/certs`));
  return (await jwtVerify(token, keys, { issuer: server.issuer('responses'), audience: app.clientId })).payload;
}

describe('implicit flow', () => {
  it('gives tokens in the fragment, bound to each other, and no refresh token', async () => {
    const reply = await login(IMPLICIT, 'id_token token');
    expect(reply.location.search).toBe('');
    const answer = fragment(reply);
    expect([...answer.keys()].sort()).toEqual(
      ['access_token', 'expires_in', 'id_token', 'iss', 'session_state', 'state', 'token_type'].sort(),
    );
    expect(answer.get('token_type')).toBe('Bearer');
    const claims = await claimsOf(answer.get('id_token')!, IMPLICIT);
    expect(claims).toMatchObject({
      nonce: 'n-1',
      typ: 'ID',
      at_hash: halfHash(answer.get('access_token')!),
      s_hash: halfHash('st-1'),
      sid: answer.get('session_state'),
    });
    expect(claims).not.toHaveProperty('c_hash');
    const userInfo = await fetch(`${server.issuer('responses')}/protocol/openid-connect/userinfo`, {
      headers: { authorization: `Bearer ${answer.get('access_token')!}` },
    });
    expect(await userInfo.json()).toMatchObject({ preferred_username: 'ria' });
  });

  it("row 51: an access token lives as long as the realm's setting for the implicit flow, whatever the client's own says", async () => {
    const answer = fragment(await login(IMPLICIT, 'id_token token'));
    expect(answer.get('expires_in')).toBe('901');
    const hybrid = fragment(await login(HYBRID, 'code token'));
    expect(hybrid.get('expires_in')).toBe('300');
  });

  it('gives an ID token alone without at_hash, and an access token alone to plain OAuth clients', async () => {
    const alone = fragment(await login(IMPLICIT, 'id_token'));
    expect(alone.has('access_token')).toBe(false);
    expect(await claimsOf(alone.get('id_token')!, IMPLICIT)).not.toHaveProperty('at_hash');
    const token = fragment(await login(IMPLICIT, 'token', { scope: 'profile', nonce: '' }));
    expect(token.has('id_token')).toBe(false);
    expect(token.get('access_token')).toBeTruthy();
  });

  it('answers single sign-on and prompt=none in the fragment too', async () => {
    const person = new BrowserSession(server);
    const silent = { response_type: 'id_token token', nonce: 'n', prompt: 'none' };
    expect(fragment(await person.authorize(IMPLICIT, silent)).get('error')).toBe('login_required');
    await person.login(IMPLICIT, 'ria', { response_type: 'id_token', nonce: 'n' });
    expect(fragment(await person.authorize(IMPLICIT, silent)).get('access_token')).toBeTruthy();
  });
});

describe('hybrid flow', () => {
  it('binds the code to the ID token, and the code gives the tokens of the code flow', async () => {
    const person = new BrowserSession(server);
    const reply = await person.login(HYBRID, 'ria', { response_type: 'code id_token token', nonce: 'n-2' });
    const answer = fragment(reply);
    const code = answer.get('code')!;
    expect(await claimsOf(answer.get('id_token')!, HYBRID)).toMatchObject({
      c_hash: halfHash(code),
      at_hash: halfHash(answer.get('access_token')!),
    });
    const tokens = await person.exchange(HYBRID, { answer } as Reply);
    expect(tokens.refresh_token).toBeTruthy();
    expect(await claimsOf(tokens.id_token!, HYBRID)).toMatchObject({ nonce: 'n-2' });
  });

  it('posts its answer to who asks for form_post', async () => {
    const reply = await login(HYBRID, 'code id_token', { response_mode: 'form_post' });
    expect(reply.page.form.action).toBe(HYBRID.redirectUri);
    expect(Object.keys(reply.page.form.hidden).sort()).toEqual(['code', 'id_token', 'iss', 'session_state', 'state']);
  });
});

describe('the acr claim', () => {
  it('names the level as the client does, with the code, in the front and after a refresh', async () => {
    const person = new BrowserSession(server);
    const reply = await person.login(HYBRID, 'ria', { response_type: 'code id_token', nonce: 'n' });
    const answer = fragment(reply);
    expect(await claimsOf(answer.get('id_token')!, HYBRID)).toMatchObject({ acr: 'password' });
    const tokens = await person.exchange(HYBRID, { answer } as Reply);
    expect(await claimsOf(tokens.id_token!, HYBRID)).toMatchObject({ acr: 'password' });
    const refreshed = await askForTokens(server, HYBRID, {
      grant_type: 'refresh_token',
      refresh_token: tokens.refresh_token!,
    });
    expect(await claimsOf(refreshed.id_token!, HYBRID)).toMatchObject({ acr: 'password' });
  });
});

describe('response_type=none', () => {
  it('says only that somebody is signed in', async () => {
    const { answer } = await login(CODE_ONLY, 'none');
    expect([...answer.keys()].sort()).toEqual(['iss', 'session_state', 'state']);
  });
});

describe('refusals', () => {
  const notAllowed = (flow: string): string =>
    `Client is not allowed to initiate browser login with given response_type. ${flow} flow is disabled for the client.`;

  it.each<[string, App, Fields, string, string | null]>([
    ['implicit flow off', CODE_ONLY, { response_type: 'id_token' }, 'unauthorized_client', notAllowed('Implicit')],
    ['code flow off', IMPLICIT, { response_type: 'code id_token' }, 'unauthorized_client', notAllowed('Standard')],
    ['no nonce', HYBRID, { response_type: 'code id_token', nonce: '' }, 'invalid_request', 'Missing parameter: nonce'],
  ])('%s: told in the fragment', async (_why, app, fields, error, description) => {
    const reply = await new BrowserSession(server).authorize(app, { nonce: 'n', ...fields });
    const answer = fragment(reply);
    expect(answer.get('error')).toBe(error);
    expect(answer.get('error_description')).toBe(description);
    expect(answer.get('state')).toBe('st-1');
    expect(answer.get('iss')).toBe(server.issuer('responses'));
  });

  it('never puts tokens into a query', async () => {
    const reply = await new BrowserSession(server).authorize(HYBRID, {
      response_type: 'id_token token',
      nonce: 'n',
      response_mode: 'query',
    });
    expect(reply.answer.get('error_description')).toBe("Response_mode 'query' not allowed for implicit or hybrid flow");
  });

  it('does not exchange a code for a client whose code flow is off', async () => {
    const reply = await askForTokens(server, IMPLICIT, { grant_type: 'authorization_code', code: 'x' });
    expect(reply.status).toBe(400);
  });
});

describe('a client that does without iss and session_state', () => {
  it('gets neither, with a code and with an error', async () => {
    const person = new BrowserSession(server);
    const error = await person.authorize(TERSE, { prompt: 'none' });
    expect([...error.answer.keys()].sort()).toEqual(['error', 'state']);
    const done = await person.login(TERSE, 'ria');
    expect([...done.answer.keys()].sort()).toEqual(['code', 'state']);
  });
});
