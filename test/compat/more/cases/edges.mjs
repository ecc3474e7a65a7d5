import { user, pub, conf, AUD, REDIRECT, OFFLINE } from '../../oracle/lib.mjs';

const realm = { clients: [pub('app', { protocolMappers: [AUD] }), conf('svc'), pub('off', { enabled: false }), conf('bearer', { bearerOnly: true }), pub('quiet', { standardFlowEnabled: false, directAccessGrantsEnabled: false })], users: [user('alice', OFFLINE)], eventsEnabled: true };
const CORS = ['access-control-allow-origin', 'access-control-allow-methods', 'access-control-allow-headers', 'access-control-allow-credentials', 'access-control-expose-headers', 'access-control-max-age'];
/** In the order of the alphabet: the reference has another one after each start. */
const sorted = (list) => list?.split(', ').sort().join(', ') ?? null;
const cors = (r) => [r.status, ...CORS.map((h) => sorted(r.headers[h]))];
/** Of answers for everybody: this server leaves out Allow-Credentials there. */
const open = (r) => cors(r).toSpliced(4, 1);
/** One request of an application's page. */
const from = (c, method, path, origin, more = {}) => c.http(method, `${c.oidc}${path}`, { ...more, headers: { origin, ...more.headers } });
async function opened(c, name, url) { const b = c.browser(); await b.open(url); c.record(name, b.page); }

export default [
  { id: 'edge-auth-parameters', title: 'authorization endpoint: parameters missing, repeated, odd', tags: ['browser'], realm,
    async run(c) {
      const raw = (extra, leave = []) => { const u = new URL(c.authUrl()); for (const k of leave) u.searchParams.delete(k); return `${u}${extra}`; };
      for (const [name, extra, leave] of [
        ['no parameters', '', ['client_id', 'redirect_uri', 'response_type', 'scope', 'state']], ['no client', '', ['client_id']], ['client twice', '&client_id=svc'], ['client empty', '&client_id=', ['client_id']], ['unknown client', '&client_id=nope', ['client_id']], ['client off', '&client_id=off', ['client_id']], ['bearer only', '&client_id=bearer', ['client_id']], ['no standard flow', '&client_id=quiet', ['client_id']],
        ['no redirect', '', ['redirect_uri']], ['redirect empty', '&redirect_uri=', ['redirect_uri']], ['redirect elsewhere', '&redirect_uri=http://evil.test/', ['redirect_uri']], ['redirect relative', '&redirect_uri=/cb', ['redirect_uri']],
        ['no type', '', ['response_type']], ['type empty', '&response_type=', ['response_type']], ['type unknown', '&response_type=nonsense', ['response_type']], ['type twice', '&response_type=token'], ['type in capitals', '&response_type=CODE', ['response_type']], ['type none', '&response_type=none', ['response_type']], ['type token', '&response_type=token&nonce=n', ['response_type']], ['type with blanks', '&response_type=code%20%20id_token&nonce=n', ['response_type']],
        ['mode unknown', '&response_mode=nonsense'], ['mode fragment', '&response_mode=fragment&prompt=none'], ['mode query', '&response_mode=query&prompt=none'], ['mode form', '&response_mode=form_post&prompt=none'], ['mode in capitals', '&response_mode=QUERY&prompt=none'], ['mode twice', '&response_mode=fragment&response_mode=query&prompt=none'],
        ['no scope', '', ['scope']], ['scope empty', '&scope=', ['scope']], ['scope unknown', '&scope=openid%20nope', ['scope']], ['scope without openid', '&scope=email', ['scope']], ['scope twice', '&scope=email'], ['scope comma', '&scope=openid,email', ['scope']],
        ['no state', '&prompt=none', ['state']], ['state empty', '&state=&prompt=none', ['state']], ['state twice', '&state=st-2'], ['state odd', '&state=%3Cb%3E%22%27%26%20%C3%A4&prompt=none', ['state']],
        ['prompt unknown', '&prompt=nonsense'], ['prompt none and login', '&prompt=none%20login'], ['prompt empty', '&prompt='], ['prompt select', '&prompt=select_account'], ['prompt create', '&prompt=create'], ['prompt in capitals', '&prompt=NONE'], ['prompt twice', '&prompt=none&prompt=login'],
        ['max_age odd', '&max_age=abc'], ['max_age negative', '&max_age=-1'], ['max_age large', '&max_age=99999999999'], ['max_age fraction', '&max_age=1.5'],
        ['claims odd', '&claims=nonsense'], ['claims list', '&claims=%5B%5D'], ['claims empty', '&claims='], ['claims object', '&claims=%7B%7D'], ['acr', '&acr_values=9'], ['locales', '&ui_locales=xx'], ['display', '&display=nonsense'], ['kc_locale', '&kc_locale=xx'], ['hint of an id token', '&id_token_hint=nonsense'], ['login hint', '&login_hint=%3Cscript%3E'], ['idp hint', '&kc_idp_hint=nope'], ['kc_action unknown', '&kc_action=nonsense'], ['kc_action and prompt', '&kc_action=UPDATE_PASSWORD&prompt=none'], ['registration', '&registration=x'],
        ['challenge without method', '&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'], ['method without challenge', '&code_challenge_method=S256'], ['challenge short', '&code_challenge=abc&code_challenge_method=S256'], ['challenge odd', '&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-c!&code_challenge_method=S256'], ['challenge method odd', '&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S512'], ['challenge long', `&code_challenge=${'a'.repeat(129)}&code_challenge_method=plain`], ['challenge method in small', '&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=s256'],
        ['request', '&request=nonsense'], ['request address', '&request_uri=http://evil.test/r'], ['request pushed unknown', '&request_uri=urn:ietf:params:oauth:request_uri:nope'], ['both', '&request=a&request_uri=http://a.test'], ['resource', '&resource=http://a.test'], ['unknown', '&colour=red'], ['nonce empty', '&nonce='],
      ]) await opened(c, name, raw(extra, leave));
      await opened(c, 'unknown realm', c.authUrl().replace(c.realm, 'nope-nope'));
      await opened(c, 'auth/', c.authUrl().replace('/auth?', '/auth/?'));
      await opened(c, 'nonsense', c.authUrl().replace('/auth?', '/nonsense?'));
      for (const m of ['PUT', 'DELETE', 'PATCH', 'HEAD']) { const r = await c.http(m, c.authUrl()); c.fact(`method ${m}`, [r.status, r.type]); }
    } },
  { id: 'edge-token-bodies', title: 'token endpoint: bodies, media types, parameters repeated or missing', tags: ['direct-grant'], realm,
    async run(c) {
      const send = (body, type = 'application/x-www-form-urlencoded', more = {}) => c.http('POST', `${c.oidc}/token`, { body, headers: { accept: 'application/json', ...(type && { 'content-type': type }), ...more } });
      const P = 'grant_type=password&client_id=app&username=alice&password=pw';
      const R = { pick: ['error', 'error_description', 'token_type', 'scope'] };
      for (const [name, body, type, more] of [
        ['empty', ''], ['no grant type', 'client_id=app'], ['grant type twice', `${P}&grant_type=refresh_token`], ['client twice', `${P}&client_id=svc`], ['user twice', `${P}&username=bob`], ['password twice', `${P}&password=other`], ['scope twice', `${P}&scope=openid&scope=email`], ['an unknown parameter twice', `${P}&x=1&x=2`], ['json', JSON.stringify({ grant_type: 'password', client_id: 'app', username: 'alice', password: 'pw' }), 'application/json'], ['text', P, 'text/plain'], ['multipart', P, 'multipart/form-data; boundary=x'], ['charset', P, 'application/x-www-form-urlencoded; charset=utf-8'], ['no type', P, ''], ['nonsense', '%%%'], ['plus and blanks', 'grant_type=password&client_id=app&username=+alice+&password=pw'], ['accept html', `${P}x`, undefined, { accept: 'text/html' }], ['accept xml', P, undefined, { accept: 'application/xml' }],
        ['no client', 'grant_type=password&username=alice&password=pw'], ['client unknown', P.replace('app', 'nope')], ['client off', P.replace('=app', '=off')], ['client bearer only', `${P.replace('=app', '=bearer')}&client_secret=bearer-secret`], ['client without grants', P.replace('=app', '=quiet')], ['confidential without a secret', P.replace('=app', '=svc')], ['confidential, wrong secret', `${P.replace('=app', '=svc')}&client_secret=x`], ['confidential, empty secret', `${P.replace('=app', '=svc')}&client_secret=`], ['public with a secret', `${P}&client_secret=x`],
        ['basic wrong', P.replace('&client_id=app', ''), undefined, { authorization: 'Basic !!!' }], ['basic without colon', P.replace('&client_id=app', ''), undefined, { authorization: `Basic ${Buffer.from('svc').toString('base64')}` }], ['basic empty secret', P.replace('&client_id=app', ''), undefined, { authorization: `Basic ${Buffer.from('svc:').toString('base64')}` }], ['basic encoded', P.replace('&client_id=app', ''), undefined, { authorization: `Basic ${Buffer.from('svc:svc%2Dsecret').toString('base64')}` }], ['basic small', P.replace('&client_id=app', ''), undefined, { authorization: `basic ${Buffer.from('svc:svc-secret').toString('base64')}` }], ['basic and the same client', P.replace('=app', '=svc'), undefined, { authorization: `Basic ${Buffer.from('svc:svc-secret').toString('base64')}` }], ['basic of a public client', P.replace('&client_id=app', ''), undefined, { authorization: `Basic ${Buffer.from('app:').toString('base64')}` }], ['bearer', P, undefined, { authorization: 'Bearer x' }],
        ['no user', 'grant_type=password&client_id=app&password=pw'], ['no password', 'grant_type=password&client_id=app&username=alice'], ['unknown scope', `${P}&scope=nope`], ['code missing', 'grant_type=authorization_code&client_id=app'], ['code odd', 'grant_type=authorization_code&client_id=app&code=x&redirect_uri=x'], ['code of three parts', 'grant_type=authorization_code&client_id=app&code=a.b.c'], ['refresh missing', 'grant_type=refresh_token&client_id=app'], ['refresh odd', 'grant_type=refresh_token&client_id=app&refresh_token=a.b.c'], ['credentials of a public client', 'grant_type=client_credentials&client_id=app'], ['credentials with scope unknown', 'grant_type=client_credentials&client_id=svc&client_secret=svc-secret&scope=nope'], ['credentials with openid', 'grant_type=client_credentials&client_id=svc&client_secret=svc-secret&scope=openid'], ['device', 'grant_type=urn:ietf:params:oauth:grant-type:device_code&client_id=app&device_code=x'], ['ciba', 'grant_type=urn:openid:params:grant-type:ciba&client_id=svc&client_secret=svc-secret&auth_req_id=x'],
        ['assertion without type', 'grant_type=client_credentials&client_assertion=x'], ['assertion type odd', 'grant_type=client_credentials&client_assertion=x&client_assertion_type=y'], ['assertion missing', 'grant_type=client_credentials&client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer'],
      ]) c.record(name, await send(body, type, more), R);
      for (const m of ['GET', 'PUT', 'DELETE', 'PATCH']) c.record(m, await c.http(m, `${c.oidc}/token`, { headers: { accept: 'application/json' } }));
      c.record('token/', await c.http('POST', `${c.oidc}/token/`, { form: { grant_type: 'password' }, headers: { accept: 'application/json' } }));
      c.record('unknown realm', await c.token({ grant_type: 'password' }, { realm: 'nope-nope' }));
    } },
  { id: 'edge-token-ends', title: 'introspection, revocation, userinfo and logout: bodies and clients', tags: ['tokens'], realm,
    async run(c) {
      const t = await c.grant('alice', 'pw', { scope: 'openid' });
      const R = { pick: ['error', 'error_description', 'active', 'token_type', 'client_id', 'username'] };
      const S = { client_id: 'svc', client_secret: 'svc-secret' };
      for (const path of ['token/introspect', 'revoke']) for (const [name, form, opts] of [
        ['nothing', {}], ['no token', S], ['token odd', { ...S, token: 'x' }], ['token of three parts', { ...S, token: 'a.b.c' }], ['token twice', { ...S, token: ['x', 'y'] }], ['hint odd', { ...S, token: 'x', token_type_hint: 'nonsense' }], ['hint twice', { ...S, token: 'x', token_type_hint: ['access_token', 'refresh_token'] }], ['no client', { token: t.access_token }], ['client unknown', { client_id: 'nope', token: t.access_token }], ['client wrong secret', { client_id: 'svc', client_secret: 'x', token: t.access_token }], ['client off', { client_id: 'off', token: t.access_token }], ['client bearer only', { client_id: 'bearer', client_secret: 'bearer-secret', token: t.access_token }], ['public client', { client_id: 'app', token: 'x' }], ['basic', { token: 'x' }, { basic: 'svc:svc-secret' }], ['basic wrong', { token: 'x' }, { basic: 'svc:x' }], ['an id token', { ...S, token: t.id_token }],
      ]) c.record(`${path}: ${name}`, await c.token(form, { path, ...opts }), R);
      for (const path of ['token/introspect', 'revoke', 'ext/par/request']) { for (const m of ['GET', 'PUT']) c.record(`${path}: ${m}`, await c.http(m, `${c.oidc}/${path}`, { headers: { accept: 'application/json' } })); c.record(`${path}: json`, await c.http('POST', `${c.oidc}/${path}`, { body: { token: 'x' }, headers: { accept: 'application/json' } })); c.record(`${path}/`, await c.http('POST', `${c.oidc}/${path}/`, { form: {}, headers: { accept: 'application/json' } })); }
      const info = (name, method, headers = {}, more = {}) => c.http(method, `${c.oidc}/userinfo`, { headers: { accept: 'application/json', ...headers }, ...more }).then((r) => { c.record(`userinfo: ${name}`, r, R); c.fact(`userinfo challenge: ${name}`, r.headers['www-authenticate'] ?? null); });
      await info('no token', 'GET'); await info('odd', 'GET', { authorization: 'Bearer x' }); await info('empty', 'GET', { authorization: 'Bearer ' }); await info('basic', 'GET', { authorization: 'Basic eDp5' }); await info('small', 'GET', { authorization: `bearer ${t.access_token}` }); await info('refresh token', 'GET', { authorization: `Bearer ${t.refresh_token}` }); await info('id token', 'GET', { authorization: `Bearer ${t.id_token}` }); await info('post form', 'POST', {}, { form: { access_token: t.access_token } }); await info('post odd', 'POST', {}, { form: { access_token: 'x' } }); await info('post both', 'POST', { authorization: `Bearer ${t.access_token}` }, { form: { access_token: t.access_token } }); await info('post twice', 'POST', {}, { form: { access_token: [t.access_token, t.access_token] } }); await info('post nothing', 'POST', {}, { form: {} }); await info('put', 'PUT', { authorization: `Bearer ${t.access_token}` });
      const q = await c.http('GET', `${c.oidc}/userinfo?access_token=${t.access_token}`, { headers: { accept: 'application/json' } }); c.record('userinfo: in the address', q, R);
      for (const [name, form, opts] of [['nothing', {}], ['only a client', { client_id: 'app' }], ['only a token', { refresh_token: t.refresh_token }], ['token odd', { client_id: 'app', refresh_token: 'x' }], ['access token', { client_id: 'app', refresh_token: t.access_token }], ['id token', { client_id: 'app', refresh_token: t.id_token }], ['of another client', { ...S, refresh_token: t.refresh_token }], ['client unknown', { client_id: 'nope', refresh_token: t.refresh_token }], ['client wrong secret', { client_id: 'svc', client_secret: 'x', refresh_token: t.refresh_token }], ['right', { client_id: 'app', refresh_token: t.refresh_token }], ['again', { client_id: 'app', refresh_token: t.refresh_token }]]) c.record(`logout: ${name}`, await c.token(form, { path: 'logout', ...opts }), R);
      for (const [name, query] of [['plain', ''], ['hint odd', '?id_token_hint=x'], ['hint of three parts', '?id_token_hint=a.b.c'], ['hint', `?id_token_hint=${t.id_token}`], ['client', '?client_id=app'], ['client unknown', '?client_id=nope'], ['address alone', `?post_logout_redirect_uri=${REDIRECT}`], ['address and client', `?client_id=app&post_logout_redirect_uri=${REDIRECT}`], ['address elsewhere', '?client_id=app&post_logout_redirect_uri=http://evil.test'], ['hint and address', `?id_token_hint=${t.id_token}&post_logout_redirect_uri=${REDIRECT}&state=s`], ['hint and another client', `?id_token_hint=${t.id_token}&client_id=svc`], ['old address', `?redirect_uri=${REDIRECT}`], ['hint is an access token', `?id_token_hint=${t.access_token}`]]) await opened(c, `logout page: ${name}`, `${c.oidc}/logout${query}`);
    } },
  { id: 'edge-cors', title: 'CORS of every endpoint: preflights, origins of the client and others', tags: ['tokens'], realm,
    async run(c) {
      const t = await c.grant('alice', 'pw', { scope: 'openid' }); const mine = 'http://app.test', other = 'http://evil.test';
      for (const path of ['/token', '/revoke', '/userinfo', '/certs', '/logout', '/auth', '/nonsense']) c.fact(`preflight ${path}`, cors(await from(c, 'OPTIONS', path, other, { headers: { 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' } })));
      for (const [name, path] of [['discovery', '/.well-known/openid-configuration'], ['realm', '']]) { c.fact(`preflight ${name}`, cors(await c.http('OPTIONS', `${c.issuer}${path}`, { headers: { origin: other, 'access-control-request-method': 'GET' } }))); c.fact(name, open(await c.http('GET', `${c.issuer}${path}`, { headers: { origin: other } }))); }
      c.fact('preflight without origin', cors(await c.http('OPTIONS', `${c.oidc}/token`)));
      for (const [who, origin] of [['mine', mine], ['other', other], ['null', 'null'], ['mine with port', 'http://app.test:80'], ['mine in capitals', 'HTTP://APP.TEST']]) {
        const form = { grant_type: 'password', client_id: 'app', username: 'alice', password: 'pw' };
        c.fact(`token, ${who}`, cors(await from(c, 'POST', '/token', origin, { form })));
        c.fact(`token, wrong password, ${who}`, cors(await from(c, 'POST', '/token', origin, { form: { ...form, password: 'x' } })));
        c.fact(`token, unknown client, ${who}`, open(await from(c, 'POST', '/token', origin, { form: { ...form, client_id: 'nope' } })));
        c.fact(`userinfo, ${who}`, cors(await from(c, 'GET', '/userinfo', origin, { headers: { authorization: `Bearer ${t.access_token}` } })));
        c.fact(`userinfo, bad token, ${who}`, open(await from(c, 'GET', '/userinfo', origin, { headers: { authorization: 'Bearer x' } })));
        c.fact(`certs, ${who}`, open(await from(c, 'GET', '/certs', origin)));
        c.fact(`introspection, ${who}`, cors(await from(c, 'POST', '/token/introspect', origin, { form: { client_id: 'svc', client_secret: 'svc-secret', token: t.access_token } })));
        c.fact(`revocation, ${who}`, cors(await from(c, 'POST', '/revoke', origin, { form: { client_id: 'app', token: 'x' } })));
        c.fact(`logout, ${who}`, cors(await from(c, 'POST', '/logout', origin, { form: { client_id: 'app', refresh_token: 'x' } })));
        c.fact(`pushed, ${who}`, cors(await from(c, 'POST', '/ext/par/request', origin, { form: { client_id: 'svc', client_secret: 'svc-secret', response_type: 'code', redirect_uri: REDIRECT } })));
      }
    } },
  { id: 'edge-verify-profile', title: 'a profile with gaps: pages and events', tags: ['browser'], realm,
    async run(c) {
      const id = await c.userId('alice');
      await c.must('PUT', `/users/${id}`, { lastName: '' });
      const told = async (name) => { c.fact(`events ${name}`, await c.events()); await c.admin('DELETE', '/events'); };
      const b = await c.browserLogin('alice');
      c.record('form', b.page);
      const shown = (await c.must('GET', '/events?type=VERIFY_PROFILE'))[0]; c.fact('named', [shown?.details?.fields_to_update, shown?.details?.username]);
      await told('when it is shown');
      await b.submit({ email: 'alice@example.test', firstName: 'Alice', lastName: '' }); c.record('gap', b.page); await told('after a gap');
      await b.submit({ email: 'alice2@example.test', firstName: 'Alicia', lastName: 'New' }); c.record('filled', b.page);
      const d = (await c.must('GET', '/events?type=UPDATE_PROFILE'))[0]?.details ?? {}; c.fact('changes', ['context', 'previous_first_name', 'updated_first_name', 'previous_last_name', 'updated_last_name', 'previous_email', 'updated_email'].map((k) => `${k}=${d[k]}`));
      await told('when it is filled');
    } },
];
