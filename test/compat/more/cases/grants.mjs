import crypto from 'node:crypto';
import { OFFLINE, user, pub, conf, otpCredential, totp, pkce, AUD, directSteps, decodeJwt, REDIRECT } from '../../oracle/lib.mjs';

const T = ['grants'];
const SEC = 'abcdefghijklmnopqrst';
const realm = {
  eventsEnabled: true,
  clients: [pub('app', { protocolMappers: [AUD] }), pub('app2'), conf('svc'), conf('nosa', { serviceAccountsEnabled: false }), pub('off', { enabled: false }), conf('bearer', { bearerOnly: true }), conf('offsvc', { enabled: false })],
  users: [user('alice', OFFLINE), user('gone', { enabled: false }), user('otto', { credentials: [{ type: 'password', value: 'pw' }, otpCredential(SEC)] })],
};
const PICK = { pick: ['token_type', 'expires_in', 'refresh_expires_in', 'scope', 'error', 'error_description', 'access_token', 'refresh_token', 'id_token', 'not-before-policy', 'session_state'] };

/** A DPoP proof. */
export function proof(key, method, url, extra = {}, head = {}) {
  const jwk = key.publicKey.export({ format: 'jwk' });
  const enc = (o) => Buffer.from(JSON.stringify(o)).toString('base64url');
  const body = `${enc({ typ: 'dpop+jwt', alg: 'ES256', jwk, ...head })}.${enc({ jti: crypto.randomUUID(), htm: method, htu: url, iat: Math.floor(Date.now() / 1000), ...extra })}`;
  return `${body}.${crypto.sign('sha256', Buffer.from(body), { key: key.privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}
const ec = () => crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' });
const jwt = (secret, claims, alg = 'HS256') => {
  const enc = (o) => Buffer.from(JSON.stringify(o)).toString('base64url');
  const body = `${enc({ alg, typ: 'JWT' })}.${enc(claims)}`;
  return `${body}.${crypto.createHmac(`sha${alg.slice(2)}`, secret).update(body).digest('base64url')}`;
};

export default [
  { id: 'b-gr-client-auth', title: 'client authentication: ways and errors', tags: T, realm,
    async run(c) {
      const cc = { grant_type: 'client_credentials' };
      c.record('basic', await c.token(cc, { basic: 'svc:svc-secret' }), PICK);
      c.record('post', await c.token({ ...cc, client_id: 'svc', client_secret: 'svc-secret' }), PICK);
      c.record('no secret', await c.token({ ...cc, client_id: 'svc' }), PICK);
      c.record('empty secret', await c.token({ ...cc, client_id: 'svc', client_secret: '' }), PICK);
      c.record('unknown basic', await c.token(cc, { basic: 'zzz:x' }), PICK);
      c.record('broken basic', await c.token(cc, { headers: { authorization: 'Basic !!!' } }), PICK);
      c.record('basic without colon', await c.token(cc, { basic: 'svc' }), PICK);
      c.record('bearer header', await c.token({ ...cc, client_id: 'svc', client_secret: 'svc-secret' }, { headers: { authorization: 'Bearer abc' } }), PICK);
      c.record('encoded basic', await c.token(cc, { basic: 'svc:svc%2Dsecret' }), PICK);
      c.record('no service account', await c.token(cc, { basic: 'nosa:nosa-secret' }), PICK);
      c.record('bearer only', await c.token(cc, { basic: 'bearer:bearer-secret' }), PICK);
      c.record('bearer only password', await c.password('alice', 'pw', { client_id: 'bearer', client_secret: 'bearer-secret' }), PICK);
      c.record('disabled confidential', await c.token(cc, { basic: 'offsvc:offsvc-secret' }), PICK);
      c.record('secret for a public client', await c.password('alice', 'pw', { client_secret: 'x' }), PICK);
      c.record('basic for a public client', await c.token({ grant_type: 'password', username: 'alice', password: 'pw' }, { basic: 'app:' }), PICK);
      c.record('nobody', await c.token(cc), PICK);
    } },
  { id: 'b-gr-secret-jwt', title: 'client_secret_jwt', tags: T, realm: { ...realm, clients: [conf('svc', { secret: 'a-secret-that-is-long-enough-for-hs256-ok', clientAuthenticatorType: 'client-secret-jwt' }), conf('plain')] },
    async run(c) {
      const now = Math.floor(Date.now() / 1000);
      const ok = () => ({ iss: 'svc', sub: 'svc', aud: c.issuer, jti: crypto.randomUUID(), exp: now + 50, iat: now });
      const go = (n, claims, secret = 'a-secret-that-is-long-enough-for-hs256-ok', extra = {}) => c.token({ grant_type: 'client_credentials', client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer', client_assertion: jwt(secret, claims), ...extra }).then((r) => c.record(n, r, PICK));
      const first = ok();
      await go('right', first);
      await go('again', first);
      await go('token endpoint', { ...ok(), aud: `${c.oidc}/token` });
      await go('wrong key', ok(), 'another-secret-that-is-long-enough-for-it');
      await go('expired', { ...ok(), exp: now - 100, iat: now - 200 });
      await go('no exp', { ...ok(), exp: undefined });
      await go('no jti', { ...ok(), jti: undefined });
      await go('audience', { ...ok(), aud: 'http://other.test' });
      await go('unknown client', { ...ok(), iss: 'zzz', sub: 'zzz' });
      await go('another client_id', ok(), undefined, { client_id: 'plain' });
      await go('client with a secret', { ...ok(), iss: 'plain', sub: 'plain' }, 'plain-secret');
      c.record('secret for such a client', await c.token({ grant_type: 'client_credentials' }, { basic: 'svc:a-secret-that-is-long-enough-for-hs256-ok' }), PICK);
      c.record('wrong type', await c.token({ grant_type: 'client_credentials', client_id: 'svc', client_assertion_type: 'magic', client_assertion: jwt('x', ok()) }), PICK);
      c.record('garbage', await c.token({ grant_type: 'client_credentials', client_id: 'svc', client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer', client_assertion: 'abc' }), PICK);
    } },
  { id: 'b-gr-code-errors', title: 'code exchange: errors', tags: T, realm,
    async run(c) {
      const code = async (auth, b = c.browser()) => (await c.browserLogin('alice', { auth, browser: b })).page.params.code;
      c.record('other redirect', await c.code(await code(), { redirect_uri: 'http://app.test/other' }), PICK);
      c.record('no redirect', await c.code(await code(), { redirect_uri: undefined }), PICK);
      c.record('other client', await c.code(await code(), { client_id: 'app2' }), PICK);
      const p = pkce();
      c.record('verifier missing', await c.code(await code({ code_challenge: p.challenge, code_challenge_method: 'S256' })), PICK);
      c.record('verifier not expected', await c.code(await code(), { code_verifier: p.verifier }), PICK);
      c.record('verifier short', await c.code(await code({ code_challenge: p.challenge, code_challenge_method: 'S256' }), { code_verifier: 'short' }), PICK);
      c.record('verifier bad characters', await c.code(await code({ code_challenge: p.challenge, code_challenge_method: 'S256' }), { code_verifier: `${p.verifier}$$` }), PICK);
      const plain = 'a'.repeat(50);
      c.record('plain', await c.code(await code({ code_challenge: plain, code_challenge_method: 'plain' }), { code_verifier: plain }), PICK);
      c.record('no method', await c.code(await code({ code_challenge: plain }), { code_verifier: plain }), PICK);
      const b = c.browser();
      const x = await code({}, b);
      const t = (await c.code(x)).json;
      c.record('used twice', await c.code(x), PICK);
      c.record('the refresh token after that', await c.refresh(t.refresh_token), PICK);
      c.record('two code parameters', await c.token({ grant_type: 'authorization_code', client_id: 'app', code: ['a', 'b'], redirect_uri: REDIRECT }), PICK);
      c.fact('events', await c.events(['CODE_TO_TOKEN', 'CODE_TO_TOKEN_ERROR']));
    } },
  { id: 'b-gr-pkce-required', title: 'PKCE required by the client', tags: [...T, 'browser'], realm: { ...realm, clients: [pub('app', { attributes: { 'pkce.code.challenge.method': 'S256' } })] },
    async run(c) {
      const open = async (n, p) => c.record(n, await c.browser().open(c.authUrl(p)));
      await open('none', {});
      await open('plain', { code_challenge: 'a'.repeat(50), code_challenge_method: 'plain' });
      await open('no method', { code_challenge: pkce().challenge });
      await open('method only', { code_challenge_method: 'S256' });
      await open('unknown method', { code_challenge: pkce().challenge, code_challenge_method: 'S1' });
      await open('short', { code_challenge: 'abc', code_challenge_method: 'S256' });
      await open('bad characters', { code_challenge: `${'a'.repeat(42)}$`, code_challenge_method: 'S256' });
      await open('good', { code_challenge: pkce().challenge, code_challenge_method: 'S256' });
    } },
  { id: 'b-gr-pkce-optional', title: 'PKCE given but not required: errors', tags: [...T, 'browser'], realm,
    async run(c) {
      const open = async (n, p) => c.record(n, await c.browser().open(c.authUrl(p)));
      await open('method only', { code_challenge_method: 'S256' });
      await open('unknown method', { code_challenge: pkce().challenge, code_challenge_method: 'S1' });
      await open('short', { code_challenge: 'abc', code_challenge_method: 'S256' });
      await open('bad characters', { code_challenge: `${'a'.repeat(42)}$`, code_challenge_method: 'S256' });
      await open('long', { code_challenge: 'a'.repeat(129), code_challenge_method: 'S256' });
    } },
  { id: 'b-gr-dpop', title: 'DPoP-bound tokens', tags: T, realm: { ...realm, clients: [pub('app', { attributes: { 'dpop.bound.access.tokens': 'true' } }), pub('free'), conf('svc')] },
    async run(c) {
      const k = ec(); const url = `${c.oidc}/token`;
      const f = { grant_type: 'password', username: 'alice', password: 'pw', client_id: 'app', scope: 'openid' };
      c.record('no proof', await c.token(f), PICK);
      const r = c.record('proof', await c.token(f, { headers: { dpop: proof(k, 'POST', url) } }), PICK);
      c.fact('cnf', [typeof decodeJwt(r.json.access_token).claims.cnf?.jkt, typeof decodeJwt(r.json.refresh_token).claims.cnf?.jkt]);
      const free = c.record('a client that need not', await c.token({ ...f, client_id: 'free' }, { headers: { dpop: proof(k, 'POST', url) } }), PICK);
      c.fact('free cnf', typeof decodeJwt(free.json.access_token).claims.cnf?.jkt);
      const ui = `${c.oidc}/userinfo`;
      const at = r.json.access_token;
      const ath = crypto.createHash('sha256').update(at).digest('base64url');
      c.record('userinfo as bearer', await c.userinfo(at));
      c.record('userinfo', await c.http('GET', ui, { headers: { authorization: `DPoP ${at}`, dpop: proof(k, 'GET', ui, { ath }) } }));
      c.record('userinfo without proof', await c.http('GET', ui, { headers: { authorization: `DPoP ${at}` } }));
      c.record('userinfo other key', await c.http('GET', ui, { headers: { authorization: `DPoP ${at}`, dpop: proof(ec(), 'GET', ui, { ath }) } }));
      c.record('userinfo no ath', await c.http('GET', ui, { headers: { authorization: `DPoP ${at}`, dpop: proof(k, 'GET', ui) } }));
      c.record('refresh without', await c.refresh(r.json.refresh_token), PICK);
      c.record('refresh other key', await c.refresh(r.json.refresh_token, {}, { headers: { dpop: proof(ec(), 'POST', url) } }), PICK);
      c.record('refresh', await c.refresh(r.json.refresh_token, {}, { headers: { dpop: proof(k, 'POST', url) } }), PICK);
      c.record('introspect', await c.introspect(free.json.access_token), { pick: ['active', 'token_type', 'cnf'], ignore: ['body.cnf.jkt'] });
    } },
  { id: 'b-gr-par', title: 'pushed authorization requests', tags: [...T, 'browser'], realm: { ...realm, clients: [pub('app'), conf('svc'), pub('must', { attributes: { 'require.pushed.authorization.requests': 'true' } })] },
    async run(c) {
      const url = `${c.oidc}/ext/par/request`;
      const push = (form, headers = {}) => c.http('POST', url, { headers: { accept: 'application/json', ...headers }, form });
      const ok = { client_id: 'app', redirect_uri: REDIRECT, response_type: 'code', scope: 'openid', state: 'p1' };
      const r = c.record('push', await push(ok), { ignore: ['body.request_uri'] });
      const go = async (n, p) => { const u = new URL(`${c.oidc}/auth`); for (const [k, v] of Object.entries(p)) u.searchParams.set(k, v); const b = c.browser(); c.record(n, await b.open(u.toString())); return b; };
      const b = await go('open', { client_id: 'app', request_uri: r.json.request_uri });
      c.record('login', await b.login('alice'));
      await go('open again', { client_id: 'app', request_uri: r.json.request_uri });
      await go('unknown', { client_id: 'app', request_uri: 'urn:ietf:params:oauth:request_uri:x' });
      c.record('no client', await push({ ...ok, client_id: undefined }));
      c.record('unknown client', await push({ ...ok, client_id: 'zzz' }));
      c.record('confidential without secret', await push({ ...ok, client_id: 'svc' }));
      c.record('bad redirect', await push({ ...ok, redirect_uri: 'http://evil.test/' }));
      c.record('no response type', await push({ ...ok, response_type: undefined }));
      c.record('bad scope', await push({ ...ok, scope: 'openid nonsense' }));
      c.record('request_uri in it', await push({ ...ok, request_uri: 'urn:x' }));
      await go('must', { client_id: 'must', redirect_uri: REDIRECT, response_type: 'code', scope: 'openid' });
    } },
  { id: 'b-gr-password-more', title: 'password grant: flows and events', tags: T, realm: { ...realm, eventsEnabled: true },
    async run(c) {
      c.record('empty user', await c.password('', 'pw'), PICK);
      c.record('empty password', await c.password('alice', ''), PICK);
      c.record('spaces', await c.password(' alice ', 'pw'), PICK);
      c.record('wrong', await c.password('alice', 'x'), PICK);
      c.record('unknown', await c.password('nobody', 'x'), PICK);
      c.record('disabled and wrong', await c.password('gone', 'x'), PICK);
      c.record('bad otp', await c.password('otto', 'pw', { totp: 'abc' }), PICK);
      c.record('otp field', await c.password('otto', 'pw', { otp: totp(SEC) }), PICK);
      c.record('scope twice', await c.password('alice', 'pw', { scope: ['openid', 'email'] }), PICK);
      c.record('user twice', await c.token({ grant_type: 'password', client_id: 'app', username: ['alice', 'otto'], password: 'pw' }), PICK);
      c.record('json body', await c.http('POST', `${c.oidc}/token`, { headers: { accept: 'application/json' }, body: { grant_type: 'password' } }));
      c.fact('events', await c.events());
    } },
  { id: 'b-gr-brute-force', title: 'brute force: temporary lock', tags: T, realm: { ...realm, bruteForceProtected: true, failureFactor: 2, waitIncrementSeconds: 60, maxFailureWaitSeconds: 600 },
    async run(c) {
      const id = await c.userId('alice');
      c.record('status', await c.admin('GET', `/attack-detection/brute-force/users/${id}`));
      for (const n of [1, 2, 3]) { c.record(`wrong ${n}`, await c.password('alice', 'x'), PICK); await c.sleep(300); }
      c.record('right', await c.password('alice'), PICK);
      c.record('status after', await c.admin('GET', `/attack-detection/brute-force/users/${id}`), { drop: ['failedLoginNotBefore'] });
      const b = c.browser(); await b.open(c.authUrl());
      c.record('browser', await b.login('alice'));
      c.record('clear', await c.admin('DELETE', `/attack-detection/brute-force/users/${id}`));
      c.record('after', await c.password('alice'), PICK);
      c.fact('events', await c.events(['LOGIN', 'LOGIN_ERROR', 'USER_DISABLED_BY_TEMPORARY_LOCKOUT']));
    } },
  { id: 'b-gr-brute-permanent', title: 'brute force: permanent lock', tags: T, realm: { ...realm, bruteForceProtected: true, permanentLockout: true, failureFactor: 2 },
    async run(c) {
      const id = await c.userId('alice');
      for (const n of [1, 2]) { c.record(`wrong ${n}`, await c.password('alice', 'x'), PICK); await c.sleep(400); }
      c.record('right', await c.password('alice'), PICK);
      c.record('user', await c.admin('GET', `/users/${id}`), { pick: ['enabled', 'username'] });
      c.record('status', await c.admin('GET', `/attack-detection/brute-force/users/${id}`));
    } },
  { id: 'b-gr-offline', title: 'offline access: refresh, logout, revocation', tags: T, realm,
    async run(c) {
      const g = await c.grant('alice', 'pw', { scope: 'openid offline_access' }); c.known(g.sid);
      const r = c.record('refresh', await c.refresh(g.refresh_token), PICK);
      c.fact('types', [decodeJwt(g.refresh_token).claims.typ, decodeJwt(r.json.refresh_token).claims.typ]);
      const id = await c.userId('alice'); const app = await c.clientUuid('app');
      await c.sleep(1100);
      c.record('logout user', await c.admin('POST', `/users/${id}/logout`));
      c.record('refresh after the logout', await c.refresh(g.refresh_token), PICK);
      c.record('logout by token', await c.token({ client_id: 'app', refresh_token: r.json?.refresh_token ?? g.refresh_token }, { path: 'logout' }));
      c.record('refresh after that', await c.refresh(g.refresh_token), PICK);
      const h = await c.grant('alice', 'pw', { scope: 'offline_access' });
      c.record('consents', await c.admin('GET', `/users/${id}/consents`), { drop: ['createdDate', 'lastUpdatedDate'] });
      c.record('revoke consent', await c.admin('DELETE', `/users/${id}/consents/app`));
      c.record('refresh after the revocation', await c.refresh(h.refresh_token), PICK);
      c.record('revoke again', await c.admin('DELETE', `/users/${id}/consents/app`));
      c.record('revoke of an unknown client', await c.admin('DELETE', `/users/${id}/consents/zzz`));
      c.record('offline sessions', await c.admin('GET', `/users/${id}/offline-sessions/${app}`));
      c.record('refresh with a wrong client', await c.refresh((await c.grant('alice', 'pw', { scope: 'offline_access' })).refresh_token, { client_id: 'app2' }), PICK);
    } },
  { id: 'b-gr-refresh-more', title: 'refresh: errors', tags: T, realm,
    async run(c) {
      const g = await c.grant('alice', 'pw', { scope: 'openid' }); c.known(g.sid);
      c.record('id token', await c.refresh(g.id_token), PICK);
      c.record('tampered', await c.refresh(`${g.refresh_token.slice(0, -4)}AAAA`), PICK);
      c.record('confidential client', await c.token({ grant_type: 'refresh_token', refresh_token: g.refresh_token }, { basic: 'svc:svc-secret' }), PICK);
      c.record('unknown client', await c.refresh(g.refresh_token, { client_id: 'zzz' }), PICK);
      const id = await c.userId('alice');
      await c.must('PUT', `/users/${id}`, { enabled: false });
      c.record('disabled user', await c.refresh(g.refresh_token), PICK);
      await c.must('PUT', `/users/${id}`, { enabled: true });
      const h = await c.grant('alice');
      await c.must('PUT', `/users/${id}`, { requiredActions: ['UPDATE_PASSWORD'] });
      c.record('required action', await c.refresh(h.refresh_token), PICK);
      c.record('reset of the password', await c.admin('PUT', `/users/${id}/reset-password`, { type: 'password', value: 'new', temporary: false }));
      c.record('after a new password', await c.refresh(h.refresh_token), PICK);
      c.fact('events', await c.events(['REFRESH_TOKEN', 'REFRESH_TOKEN_ERROR']));
    } },
  { id: 'b-gr-client-not-before', title: 'not-before of a client', tags: [...T, 'sessions'], realm,
    async run(c) {
      const g = await c.grant('alice', 'pw', { scope: 'openid' });
      await c.sleep(1100);
      const id = await c.clientUuid('app');
      await c.must('PUT', `/clients/${id}`, { ...(await c.must('GET', `/clients/${id}`)), notBefore: Math.floor(Date.now() / 1000) });
      c.record('userinfo', await c.userinfo(g.access_token));
      c.record('introspect', await c.introspect(g.access_token));
      c.record('refresh', await c.refresh(g.refresh_token), PICK);
      c.record('push', await c.admin('POST', `/clients/${id}/push-revocation`));
      await c.sleep(1100);
      c.record('new', await c.password('alice'), PICK);
    } },
  { id: 'b-gr-secret-change', title: 'regenerated secret', tags: T, realm,
    async run(c) {
      const id = await c.clientUuid('svc');
      c.record('secret', await c.admin('GET', `/clients/${id}/client-secret`));
      const r = c.record('regenerate', await c.admin('POST', `/clients/${id}/client-secret`), { ignore: ['body.value'] });
      c.record('old', await c.token({ grant_type: 'client_credentials' }, { basic: 'svc:svc-secret' }), PICK);
      c.record('new', await c.token({ grant_type: 'client_credentials' }, { basic: `svc:${r.json.value}` }), PICK);
      c.record('service account user', await c.admin('GET', `/clients/${id}/service-account-user`), { drop: ['createdTimestamp'] });
      c.record('of a public client', await c.admin('GET', `/clients/${await c.clientUuid('app')}/service-account-user`));
      c.record('sessions', await c.admin('GET', `/clients/${id}/user-sessions`));
    } },
  { id: 'b-gr-flow-override', title: 'direct grant flow of one client', tags: [...T, 'flows'], realm,
    async run(c) {
      await c.flow('no password', [['direct-grant-validate-username', 'REQUIRED']]);
      await c.flow('otp always', directSteps(['direct-grant-validate-otp', 'REQUIRED']));
      await c.flow('deny', directSteps(['deny-access-authenticator', 'REQUIRED', { denyErrorMessage: 'not today' }]));
      await c.override('app', { direct_grant: await c.flowId('no password') });
      c.record('without a password', await c.token({ grant_type: 'password', client_id: 'app', username: 'alice' }), PICK);
      c.record('other client', await c.token({ grant_type: 'password', client_id: 'app2', username: 'alice' }), PICK);
      await c.override('app', { direct_grant: await c.flowId('otp always') });
      c.record('otp, user has none', await c.password('alice'), PICK);
      c.record('otp, user has one', await c.password('otto', 'pw', { totp: totp(SEC) }), PICK);
      await c.override('app', { direct_grant: await c.flowId('deny') });
      c.record('denied', await c.password('alice'), PICK);
      c.record('denied, wrong password', await c.password('alice', 'x'), PICK);
    } },
  { id: 'b-gr-consent', title: 'password grant at a client that asks for consent', tags: T, realm: { ...realm, clients: [pub('app', { consentRequired: true })] },
    async run(c) {
      c.record('without consent', await c.password('alice'), PICK);
      c.record('offline', await c.password('alice', 'pw', { scope: 'offline_access' }), PICK);
    } },
  { id: 'b-gr-methods', title: 'token endpoint: CORS, methods, media types', tags: T, realm,
    async run(c) {
      const cors = (r) => Object.fromEntries(['access-control-allow-origin', 'access-control-allow-credentials', 'access-control-max-age'].map((k) => [k, r.headers[k] ?? null]));
      const o = await c.http('OPTIONS', `${c.oidc}/token`, { headers: { origin: 'http://app.test', 'access-control-request-method': 'POST' } });
      c.fact('preflight', [o.status, cors(o)]);
      const p = await c.password('alice', 'pw', {}, { headers: { origin: 'http://app.test' } });
      c.fact('origin', [p.status, cors(p)]);
      const e = await c.password('alice', 'pw', {}, { headers: { origin: 'http://evil.test' } });
      c.fact('another origin', [e.status, cors(e)]);
      const w = await c.password('alice', 'x', {}, { headers: { origin: 'http://app.test' } });
      c.fact('error', [w.status, cors(w)]);
      const u = await c.http('GET', `${c.oidc}/userinfo`, { headers: { origin: 'http://app.test', authorization: `Bearer ${p.json.access_token}` } });
      c.fact('userinfo', [u.status, cors(u)]);
      const uo = await c.http('OPTIONS', `${c.oidc}/userinfo`, { headers: { origin: 'http://app.test', 'access-control-request-method': 'GET' } });
      c.fact('userinfo preflight', [uo.status, cors(uo)]);
      const rv = await c.http('OPTIONS', `${c.oidc}/revoke`, { headers: { origin: 'http://app.test' } });
      c.fact('revoke preflight', [rv.status, cors(rv)]);
      const wk = await c.http('GET', `${c.issuer}/.well-known/openid-configuration`, { headers: { origin: 'http://app.test' } });
      c.fact('discovery', [wk.status, cors(wk)]);
      const ce = await c.http('GET', `${c.oidc}/certs`, { headers: { origin: 'http://app.test' } });
      c.fact('certs', [ce.status, cors(ce)]);
      c.record('PUT', await c.http('PUT', `${c.oidc}/token`, { headers: { accept: 'application/json' } }));
      c.record('DELETE', await c.http('DELETE', `${c.oidc}/token`, { headers: { accept: 'application/json' } }));
    } },
];
