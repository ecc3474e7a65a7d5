import { user, pub, conf, OFFLINE, AUD, decodeJwt } from '../../oracle/lib.mjs';

const T = ['tokens'];
const app = (extra = {}) => pub('app', { protocolMappers: [AUD], ...extra });
const realm = { clients: [app(), conf('svc'), pub('app2')], users: [user('alice', OFFLINE), user('bob')] };
const PICK = { pick: ['token_type', 'expires_in', 'refresh_expires_in', 'scope', 'error', 'error_description', 'access_token', 'refresh_token', 'id_token', 'session_state', 'not-before-policy'] };
const mapper = (name, protocolMapper, config, to = {}) => ({ name, protocol: 'openid-connect', protocolMapper, config: { 'access.token.claim': 'true', 'id.token.claim': 'true', 'userinfo.token.claim': 'true', 'introspection.token.claim': 'true', ...to, ...config } });
/** The claims named, of a token. */
const some = (jwt, ...names) => { const { claims } = decodeJwt(jwt); return Object.fromEntries(names.map((n) => [n, claims[n] ?? null])); };

export default [
  { id: 'b-tok-attribute-mappers', title: 'mappers of user attributes, by type and plurality', tags: T,
    realm: { ...realm, components: { 'org.keycloak.userprofile.UserProfileProvider': [{ providerId: 'declarative-user-profile', config: { 'kc.user.profile.config': ['{"attributes":[{"name":"username"},{"name":"email"},{"name":"firstName"},{"name":"lastName"}],"unmanagedAttributePolicy":"ENABLED"}'] } }] },
      clients: [app({ protocolMappers: [AUD,
        mapper('one', 'oidc-usermodel-attribute-mapper', { 'user.attribute': 'colour', 'claim.name': 'colour', 'jsonType.label': 'String' }),
        mapper('many', 'oidc-usermodel-attribute-mapper', { 'user.attribute': 'colour', 'claim.name': 'colours', 'jsonType.label': 'String', multivalued: 'true' }),
        mapper('number', 'oidc-usermodel-attribute-mapper', { 'user.attribute': 'age', 'claim.name': 'person.age', 'jsonType.label': 'int' }),
        mapper('long', 'oidc-usermodel-attribute-mapper', { 'user.attribute': 'age', 'claim.name': 'person.days', 'jsonType.label': 'long' }),
        mapper('flag', 'oidc-usermodel-attribute-mapper', { 'user.attribute': 'flag', 'claim.name': 'flag', 'jsonType.label': 'boolean' }),
        mapper('json', 'oidc-usermodel-attribute-mapper', { 'user.attribute': 'json', 'claim.name': 'json', 'jsonType.label': 'JSON' }),
        mapper('bad number', 'oidc-usermodel-attribute-mapper', { 'user.attribute': 'flag', 'claim.name': 'nan', 'jsonType.label': 'String' }),
        mapper('escaped', 'oidc-usermodel-attribute-mapper', { 'user.attribute': 'flag', 'claim.name': 'a\\.b', 'jsonType.label': 'String' }),
        mapper('missing', 'oidc-usermodel-attribute-mapper', { 'user.attribute': 'nope', 'claim.name': 'missing', 'jsonType.label': 'String' }),
        mapper('property', 'oidc-usermodel-property-mapper', { 'user.attribute': 'username', 'claim.name': 'login', 'jsonType.label': 'String' }),
        mapper('only id', 'oidc-usermodel-property-mapper', { 'user.attribute': 'email', 'claim.name': 'mail', 'jsonType.label': 'String', 'access.token.claim': 'false', 'userinfo.token.claim': 'false' }),
        mapper('only userinfo', 'oidc-usermodel-property-mapper', { 'user.attribute': 'email', 'claim.name': 'uimail', 'jsonType.label': 'String', 'access.token.claim': 'false', 'id.token.claim': 'false' }),
        mapper('full', 'oidc-full-name-mapper', {}),
      ] }), conf('svc')],
      users: [user('alice', { attributes: { colour: ['red', 'blue'], age: ['42'], flag: ['true'], json: ['{"a":[1,2]}'] } })] },
    async run(c) {
      const g = await c.grant('alice', 'pw', { scope: 'openid' });
      const names = ['colour', 'colours', 'person', 'flag', 'json', 'nan', 'a.b', 'missing', 'login', 'mail', 'uimail', 'name'];
      c.fact('access', some(g.access_token, ...names));
      c.fact('id', some(g.id_token, ...names));
      c.record('userinfo', await c.userinfo(g.access_token));
      const i = await c.introspect(g.access_token);
      c.fact('introspection', Object.fromEntries(names.map((n) => [n, i.json[n] ?? null])));
    } },
  { id: 'b-tok-constant-mappers', title: 'hardcoded claims, roles, audiences, notes', tags: T,
    realm: { ...realm, roles: { realm: [{ name: 'boss' }], client: { svc: [{ name: 'reader' }] } }, clients: [app({ protocolMappers: [AUD,
      mapper('c1', 'oidc-hardcoded-claim-mapper', { 'claim.name': 'k.s', 'claim.value': 'v', 'jsonType.label': 'String' }),
      mapper('c2', 'oidc-hardcoded-claim-mapper', { 'claim.name': 'k.n', 'claim.value': '7', 'jsonType.label': 'int' }),
      mapper('c3', 'oidc-hardcoded-claim-mapper', { 'claim.name': 'k.b', 'claim.value': 'true', 'jsonType.label': 'boolean' }),
      mapper('c4', 'oidc-hardcoded-claim-mapper', { 'claim.name': 'k.j', 'claim.value': '{"x":1}', 'jsonType.label': 'JSON' }),
      mapper('r1', 'oidc-hardcoded-role-mapper', { role: 'boss' }),
      mapper('r2', 'oidc-hardcoded-role-mapper', { role: 'svc.reader' }),
      mapper('a1', 'oidc-audience-mapper', { 'included.custom.audience': 'https://api.test' }),
      mapper('n1', 'oidc-usersessionmodel-note-mapper', { 'user.session.note': 'nope', 'claim.name': 'note', 'jsonType.label': 'String' }),
      mapper('n2', 'oidc-role-name-mapper', { role: 'boss', 'new.role.name': 'chief' }),
    ] }), conf('svc')] },
    async run(c) {
      const g = await c.grant('alice', 'pw', { scope: 'openid' });
      c.fact('access', some(g.access_token, 'k', 'aud', 'realm_access', 'resource_access', 'note'));
      c.fact('id', some(g.id_token, 'k', 'aud', 'realm_access', 'note'));
    } },
  { id: 'b-tok-role-mappers', title: 'role mappers with prefixes, and group membership', tags: T,
    realm: { ...realm, roles: { realm: [{ name: 'boss' }], client: { svc: [{ name: 'reader' }, { name: 'writer' }] } }, groups: [{ name: 'g1', subGroups: [{ name: 'g2' }] }],
      clients: [app({ protocolMappers: [AUD,
        mapper('rr', 'oidc-usermodel-realm-role-mapper', { 'claim.name': 'my.roles', 'jsonType.label': 'String', multivalued: 'true', 'usermodel.realmRoleMapping.rolePrefix': 'R_' }),
        mapper('cr', 'oidc-usermodel-client-role-mapper', { 'claim.name': 'my.svc', 'jsonType.label': 'String', multivalued: 'true', 'usermodel.clientRoleMapping.clientId': 'svc', 'usermodel.clientRoleMapping.rolePrefix': 'C_' }),
        mapper('gm', 'oidc-group-membership-mapper', { 'claim.name': 'groups', 'full.path': 'true' }),
        mapper('gs', 'oidc-group-membership-mapper', { 'claim.name': 'short', 'full.path': 'false' }),
      ] }), conf('svc')],
      users: [user('alice', { realmRoles: ['boss'], clientRoles: { svc: ['reader'] }, groups: ['/g1/g2'] })] },
    async run(c) {
      const g = await c.grant('alice', 'pw', { scope: 'openid' });
      c.fact('access', some(g.access_token, 'my', 'groups', 'short', 'realm_access', 'resource_access', 'aud'));
      c.fact('id', some(g.id_token, 'my', 'groups', 'short', 'realm_access'));
      c.record('userinfo', await c.userinfo(g.access_token));
    } },
  { id: 'b-tok-audience-resolve', title: 'audience of a client whose roles the user has', tags: T,
    realm: { ...realm, clients: [pub('app'), conf('svc'), pub('narrow', { fullScopeAllowed: false })], roles: { client: { svc: [{ name: 'reader' }] } }, users: [user('alice', { clientRoles: { svc: ['reader'] } })] },
    async run(c) {
      c.fact('full scope', some((await c.grant('alice', 'pw', { scope: 'openid' })).access_token, 'aud', 'resource_access', 'scope'));
      c.fact('narrow', some((await c.grant('alice', 'pw', { client_id: 'narrow' })).access_token, 'aud', 'resource_access', 'realm_access', 'scope', 'allowed-origins'));
    } },
  { id: 'b-tok-optional-scopes', title: 'optional scopes', tags: T, realm: { ...realm, users: [user('alice', { ...OFFLINE, attributes: { phoneNumber: ['+1'], locale: ['de'] } })] },
    async run(c) {
      for (const s of ['openid address', 'openid phone', 'openid microprofile-jwt', 'openid acr', 'openid profile', 'openid email', 'profile', 'openid roles web-origins', 'openid basic', 'openid service_account', 'openid organization', 'openid address:*']) {
        const r = c.record(s, await c.password('alice', 'pw', { scope: s }), PICK);
        if (r.status === 200) c.claims(`claims of ${s}`, r.json.access_token);
        if (r.json?.id_token) c.claims(`id claims of ${s}`, r.json.id_token);
      }
    } },
  { id: 'b-tok-refresh-scope', title: 'refresh with another scope', tags: T, realm,
    async run(c) {
      const g = await c.grant('alice', 'pw', { scope: 'openid address phone' }); c.known(g.sid);
      const r = c.record('less', await c.refresh(g.refresh_token, { scope: 'openid address' }), PICK);
      c.fact('scope of the access token', some(r.json.access_token, 'scope'));
      c.fact('scope of the refresh token', some(r.json.refresh_token, 'scope'));
      c.record('from the reduced', await c.refresh(r.json.refresh_token), PICK);
      c.record('more', await c.refresh(g.refresh_token, { scope: 'openid address phone offline_access' }), PICK);
      c.record('unknown', await c.refresh(g.refresh_token, { scope: 'openid nonsense' }), PICK);
      c.record('without openid', await c.refresh(g.refresh_token, { scope: 'address' }), PICK);
      c.record('default scopes named', await c.refresh(g.refresh_token, { scope: 'openid profile' }), PICK);
      c.record('empty', await c.refresh(g.refresh_token, { scope: '' }), PICK);
    } },
  { id: 'b-tok-refresh-off', title: 'client without refresh tokens', tags: T, realm: { ...realm, clients: [app({ attributes: { 'use.refresh.tokens': 'false' } }), conf('svc', { attributes: { 'client_credentials.use_refresh_token': 'true' } })] },
    async run(c) {
      const r = c.record('grant', await c.password('alice', 'pw', { scope: 'openid' }), PICK);
      c.fact('members', Object.keys(r.json).sort());
      c.claims('access', r.json.access_token);
      c.fact('sessions', await c.sessionCount('alice'));
      const s = c.record('client credentials with refresh', await c.token({ grant_type: 'client_credentials' }, { basic: 'svc:svc-secret' }), PICK);
      c.fact('cc members', Object.keys(s.json).sort());
      c.record('cc refresh', await c.token({ grant_type: 'refresh_token', refresh_token: s.json.refresh_token }, { basic: 'svc:svc-secret' }), PICK);
    } },
  { id: 'b-tok-members', title: 'members of token answers', tags: T, realm,
    async run(c) {
      const show = (n, r) => c.fact(n, Object.keys(r.json).sort());
      show('password', await c.password('alice'));
      const o = await c.password('alice', 'pw', { scope: 'openid' });
      show('openid', o);
      show('refresh', await c.refresh(o.json.refresh_token));
      show('cc', await c.token({ grant_type: 'client_credentials' }, { basic: 'svc:svc-secret' }));
      show('offline', await c.password('alice', 'pw', { scope: 'offline_access' }));
      c.fact('refresh token', Object.keys(decodeJwt(o.json.refresh_token).claims).sort());
      c.fact('refresh header', Object.keys(decodeJwt(o.json.refresh_token).header).sort());
      c.fact('refresh constants', some(o.json.refresh_token, 'typ', 'iss', 'aud', 'azp', 'scope'));
      const off = await c.password('alice', 'pw', { scope: 'offline_access' });
      c.fact('offline token', Object.keys(decodeJwt(off.json.refresh_token).claims).sort());
      c.fact('offline constants', some(off.json.refresh_token, 'typ', 'iss', 'aud', 'azp', 'scope'));
    } },
  { id: 'b-tok-code-members', title: 'claims of tokens of a browser login', tags: T, realm,
    async run(c) {
      const b = await c.browserLogin('alice', { auth: { nonce: 'n-7', acr_values: '1', scope: 'openid email' } });
      const t = (await c.code(b.page.params.code)).json;
      c.claims('access', t.access_token); c.claims('id', t.id_token);
      c.fact('refresh', Object.keys(decodeJwt(t.refresh_token).claims).sort());
      c.fact('members', Object.keys(t).sort());
      await b.open(c.authUrl({ nonce: 'n-8' }));
      const s = (await c.code(b.page.params.code)).json;
      c.claims('sso access', s.access_token); c.claims('sso id', s.id_token);
      c.fact('auth_time kept', decodeJwt(s.id_token).claims.auth_time === decodeJwt(t.id_token).claims.auth_time);
      const r = (await c.refresh(s.refresh_token)).json;
      c.claims('refreshed id', r.id_token); c.claims('refreshed access', r.access_token);
      c.record('callback parameters', b.page);
    } },
  { id: 'b-tok-introspect-kinds', title: 'introspection of each kind of token', tags: T, realm,
    async run(c) {
      const g = await c.grant('alice', 'pw', { scope: 'openid offline_access' }); c.known(g.sid);
      const keys = (r) => Object.keys(r.json).sort();
      c.fact('access', keys(await c.introspect(g.access_token)));
      c.record('id token', await c.introspect(g.id_token));
      c.fact('offline', keys(await c.introspect(g.refresh_token)));
      c.record('offline answer', await c.introspect(g.refresh_token), { drop: ['jti'] });
      c.record('hint', await c.token({ token: g.access_token, token_type_hint: 'refresh_token' }, { basic: 'svc:svc-secret', path: 'token/introspect' }), { pick: ['active', 'error', 'error_description'] });
      c.record('unknown hint', await c.token({ token: g.access_token, token_type_hint: 'magic' }, { basic: 'svc:svc-secret', path: 'token/introspect' }), { pick: ['active', 'error', 'error_description'] });
      const s = (await c.token({ grant_type: 'client_credentials' }, { basic: 'svc:svc-secret' })).json;
      c.record('service account', await c.introspect(s.access_token));
      c.record('no client', await c.token({ token: g.access_token }, { path: 'token/introspect' }));
      c.record('bearer instead', await c.http('POST', `${c.oidc}/token/introspect`, { headers: { accept: 'application/json', authorization: `Bearer ${g.access_token}` }, form: { token: g.access_token } }));
      c.record('GET', await c.http('GET', `${c.oidc}/token/introspect`, { headers: { accept: 'application/json' } }));
    } },
  { id: 'b-tok-userinfo-signed', title: 'signed userinfo', tags: T, realm: { ...realm, clients: [app({ attributes: { 'user.info.response.signature.alg': 'RS256' } }), conf('svc')] },
    async run(c) {
      const g = await c.grant('alice', 'pw', { scope: 'openid' });
      const r = c.record('userinfo', await c.userinfo(g.access_token));
      c.claims('claims', r.text);
      c.fact('members', Object.keys(decodeJwt(r.text).claims).sort());
    } },
  { id: 'b-tok-userinfo-errors', title: 'userinfo: errors and methods', tags: T, realm,
    async run(c) {
      const g = await c.grant('alice', 'pw', { scope: 'openid' });
      const u = `${c.oidc}/userinfo`;
      c.record('refresh token', await c.userinfo(g.refresh_token));
      c.record('id token', await c.userinfo(g.id_token));
      c.record('post header', await c.http('POST', u, { headers: { authorization: `Bearer ${g.access_token}` } }));
      c.record('post nothing', await c.http('POST', u, { form: {} }));
      c.record('both', await c.http('POST', u, { headers: { authorization: `Bearer ${g.access_token}` }, form: { access_token: g.access_token } }));
      c.record('query', await c.http('GET', `${u}?access_token=${g.access_token}`));
      c.record('lower case scheme', await c.http('GET', u, { headers: { authorization: `bearer ${g.access_token}` } }));
      c.record('basic', await c.http('GET', u, { headers: { authorization: 'Basic YTpi' } }));
      c.record('put', await c.http('PUT', u, { headers: { authorization: `Bearer ${g.access_token}` } }));
      const s = (await c.token({ grant_type: 'client_credentials', scope: 'openid' }, { basic: 'svc:svc-secret' })).json;
      c.record('service account', await c.userinfo(s.access_token));
      await c.must('PUT', `/users/${await c.userId('alice')}`, { enabled: false });
      c.record('disabled user', await c.userinfo(g.access_token));
    } },
  { id: 'b-tok-userinfo-gone', title: 'userinfo after the user or client has gone', tags: T, realm,
    async run(c) {
      const g = await c.grant('alice', 'pw', { scope: 'openid' });
      const h = await c.grant('bob', 'pw', { scope: 'openid', client_id: 'app2' });
      const id = await c.clientUuid('app2');
      await c.must('PUT', `/clients/${id}`, { ...(await c.must('GET', `/clients/${id}`)), enabled: false });
      c.record('disabled client', await c.userinfo(h.access_token));
      c.record('refresh at the disabled client', await c.refresh(h.refresh_token, { client_id: 'app2' }), PICK);
      c.record('introspect of a disabled client', await c.introspect(h.access_token));
      await c.must('DELETE', `/users/${await c.userId('alice')}`);
      c.record('deleted user', await c.userinfo(g.access_token));
      c.record('refresh', await c.refresh(g.refresh_token), PICK);
      c.record('introspect', await c.introspect(g.access_token));
    } },
  { id: 'b-tok-revoke-more', title: 'revocation: errors and offline tokens', tags: T, realm,
    async run(c) {
      const rv = (f, o) => c.token(f, { path: 'revoke', ...o });
      const g = await c.grant('alice', 'pw', { scope: 'openid offline_access' });
      c.record('other client', await rv({ client_id: 'app2', token: g.refresh_token }));
      c.record('no client', await rv({ token: g.refresh_token }));
      c.record('unknown client', await rv({ client_id: 'zzz', token: g.refresh_token }));
      c.record('id token', await rv({ client_id: 'app', token: g.id_token }));
      c.record('hint', await rv({ client_id: 'app', token: g.access_token, token_type_hint: 'access_token' }));
      c.record('unknown hint', await rv({ client_id: 'app', token: g.access_token, token_type_hint: 'magic' }));
      c.record('userinfo', await c.userinfo(g.access_token));
      c.record('offline', await rv({ client_id: 'app', token: g.refresh_token }));
      c.record('refresh', await c.refresh(g.refresh_token), PICK);
      c.record('again', await rv({ client_id: 'app', token: g.refresh_token }));
      c.record('GET', await c.http('GET', `${c.oidc}/revoke`, { headers: { accept: 'application/json' } }));
      const id = await c.clientUuid('app');
      c.record('offline count', await c.admin('GET', `/clients/${id}/offline-session-count`));
    } },
  { id: 'b-tok-reuse-limit', title: 'refresh token rotation with one reuse', tags: T, realm: { ...realm, revokeRefreshToken: true, refreshTokenMaxReuse: 1 },
    async run(c) {
      const g = await c.grant('alice');
      c.record('first', await c.refresh(g.refresh_token), PICK);
      c.record('second', await c.refresh(g.refresh_token), PICK);
      c.record('third', await c.refresh(g.refresh_token), PICK);
      c.fact('sessions', await c.sessionCount('alice'));
    } },
  { id: 'b-tok-rotation-offline', title: 'rotation of offline tokens', tags: T, realm: { ...realm, revokeRefreshToken: true },
    async run(c) {
      const g = await c.grant('alice', 'pw', { scope: 'offline_access' });
      await c.sleep(1100);
      const r = c.record('first', await c.refresh(g.refresh_token), PICK);
      await c.sleep(1100);
      c.record('old', await c.refresh(g.refresh_token), PICK);
      c.record('new', await c.refresh(r.json.refresh_token), PICK);
    } },
  { id: 'b-tok-spans', title: 'lifetimes of realm and client', tags: T, realm: { ...realm, accessTokenLifespan: 100, ssoSessionIdleTimeout: 1000, ssoSessionMaxLifespan: 2000, offlineSessionIdleTimeout: 5000, offlineSessionMaxLifespanEnabled: true, offlineSessionMaxLifespan: 6000,
    clients: [app(), conf('svc'),
      pub('short', { attributes: { 'access.token.lifespan': '50' } }), pub('idle', { attributes: { 'client.session.idle.timeout': '300' } }), pub('max', { attributes: { 'client.session.max.lifespan': '200' } }),
      pub('offidle', { attributes: { 'client.offline.session.idle.timeout': '400', 'client.offline.session.max.lifespan': '350' } }), pub('long', { attributes: { 'access.token.lifespan': '9000' } }), pub('minus', { attributes: { 'access.token.lifespan': '-1' } })] },
    async run(c) {
      for (const id of ['app', 'short', 'idle', 'max', 'offidle', 'long', 'minus']) {
        c.record(id, await c.password('alice', 'pw', { client_id: id }), PICK);
        c.record(`${id} offline`, await c.password('alice', 'pw', { client_id: id, scope: 'offline_access' }), PICK);
      }
      c.record('cc', await c.token({ grant_type: 'client_credentials' }, { basic: 'svc:svc-secret' }), PICK);
    } },
  { id: 'b-tok-realm-client-spans', title: 'client session lifetimes of the realm', tags: T, realm: { ...realm, accessTokenLifespan: 100, ssoSessionIdleTimeout: 1000, ssoSessionMaxLifespan: 2000, clientSessionIdleTimeout: 500, clientSessionMaxLifespan: 80, clientOfflineSessionIdleTimeout: 700, accessTokenLifespanForImplicitFlow: 33, clients: [pub('app', { implicitFlowEnabled: true })] },
    async run(c) {
      c.record('app', await c.password('alice'), PICK);
      c.record('offline', await c.password('alice', 'pw', { scope: 'offline_access' }), PICK);
      const b = await c.browserLogin('alice', { auth: { response_type: 'token id_token', nonce: 'n' } });
      c.fact('implicit', [b.page.params.expires_in, b.page.params.token_type, Object.keys(b.page.params).sort()]);
    } },
  { id: 'b-tok-remember-me', title: 'lifetimes with remember me', tags: T, realm: { ...realm, rememberMe: true, ssoSessionIdleTimeout: 1000, ssoSessionMaxLifespan: 2000, ssoSessionIdleTimeoutRememberMe: 3000, ssoSessionMaxLifespanRememberMe: 4000 },
    async run(c) {
      const b = c.browser();
      await b.open(c.authUrl());
      await b.submit({ username: 'alice', password: 'pw', rememberMe: 'on' });
      c.record('with', await c.code(b.page.params.code), PICK);
      c.fact('cookies', b.cookieNames());
      c.fact('session', (await c.sessions('alice')).map((s) => s.rememberMe));
      const d = await c.browserLogin('alice');
      c.record('without', await c.code(d.page.params.code), PICK);
      c.fact('cookies without', d.cookieNames());
    } },
  { id: 'b-tok-algorithms', title: 'signature algorithms', tags: T, plain: true, realm: { ...realm,
    clients: [app(), conf('svc'), pub('es', { attributes: { 'access.token.signed.response.alg': 'ES256', 'id.token.signed.response.alg': 'PS256' } }), pub('ed', { attributes: { 'access.token.signed.response.alg': 'EdDSA', 'id.token.signed.response.alg': 'ES384' } }), pub('hs', { attributes: { 'id.token.signed.response.alg': 'HS256' } }), pub('at', { attributes: { 'access.token.header.type.rfc9068': 'true' } })],
    passwordPolicy: 'hashAlgorithm(pbkdf2-sha512) and hashIterations(1)',
    components: { 'org.keycloak.keys.KeyProvider': [
      { name: 'rsa', providerId: 'rsa-generated', config: { priority: ['100'] } }, { name: 'ps', providerId: 'rsa-generated', config: { priority: ['90'], algorithm: ['PS256'] } },
      { name: 'es', providerId: 'ecdsa-generated', config: { priority: ['100'], ecdsaEllipticCurveKey: ['P-256'] } }, { name: 'es384', providerId: 'ecdsa-generated', config: { priority: ['99'], ecdsaEllipticCurveKey: ['P-384'] } },
      { name: 'ed', providerId: 'eddsa-generated', config: { priority: ['100'] } }, { name: 'hmac', providerId: 'hmac-generated', config: { priority: ['100'], algorithm: ['HS512'] } }, { name: 'hmac2', providerId: 'hmac-generated', config: { priority: ['100'], algorithm: ['HS256'] } }] } },
    async run(c) {
      for (const id of ['app', 'es', 'ed', 'hs', 'at']) {
        const g = await c.grant('alice', 'pw', { client_id: id, scope: 'openid' });
        c.fact(id, [g.access_token, g.id_token, g.refresh_token].map((t) => { const h = decodeJwt(t).header; return { ...h, kid: typeof h.kid }; }));
      }
      const k = await c.http('GET', `${c.oidc}/certs`);
      c.fact('keys', (k.json?.keys || []).map((x) => ({ kty: x.kty, alg: x.alg, use: x.use, crv: x.crv || null, members: Object.keys(x).sort() })).sort((a, b) => (a.alg < b.alg ? -1 : 1)));
    } },
  { id: 'b-tok-hashes', title: 'at_hash, c_hash and fragments', tags: T, realm: { ...realm, clients: [pub('app', { implicitFlowEnabled: true })] },
    async run(c) {
      const b = c.browser();
      await b.open(c.authUrl({ response_type: 'code id_token token', nonce: 'n' }));
      c.record('hybrid', await b.login('alice'));
      c.fact('parameters', Object.keys(b.page.params).sort());
      c.claims('id', b.page.params.id_token);
      c.fact('claims', Object.keys(decodeJwt(b.page.params.id_token).claims).sort());
      c.record('id_token', await b.open(c.authUrl({ response_type: 'id_token', nonce: 'n' })));
      c.fact('id_token parameters', Object.keys(b.page.params).sort());
      c.record('code token', await b.open(c.authUrl({ response_type: 'code token', nonce: 'n' })));
      c.fact('code token parameters', Object.keys(b.page.params).sort());
      c.record('code id_token', await b.open(c.authUrl({ response_type: 'code id_token', nonce: 'n' })));
      c.fact('code id_token parameters', Object.keys(b.page.params).sort());
      c.record('no nonce', await b.open(c.authUrl({ response_type: 'id_token' })));
      c.record('query for a token', await b.open(c.authUrl({ response_type: 'token', response_mode: 'query' })));
      c.record('form post', await b.open(c.authUrl({ response_type: 'code', response_mode: 'form_post' })));
      c.record('fragment', await b.open(c.authUrl({ response_type: 'code', response_mode: 'fragment' })));
      c.record('unknown mode', await b.open(c.authUrl({ response_mode: 'magic' })));
      c.record('none', await b.open(c.authUrl({ response_type: 'none' })));
      c.record('token order', await b.open(c.authUrl({ response_type: 'token code', nonce: 'n' })));
    } },
  { id: 'b-tok-exchange', title: 'token exchange', tags: T, realm,
    async run(c) {
      const g = await c.grant('alice');
      const f = { grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange', subject_token: g.access_token, subject_token_type: 'urn:ietf:params:oauth:token-type:access_token' };
      c.record('public client', await c.token({ ...f, client_id: 'app' }), PICK);
      c.record('not enabled', await c.token(f, { basic: 'svc:svc-secret' }), PICK);
      c.record('device', await c.token({ grant_type: 'urn:ietf:params:oauth:grant-type:device_code', device_code: 'x', client_id: 'app' }), PICK);
      c.record('ciba', await c.token({ grant_type: 'urn:openid:params:grant-type:ciba', auth_req_id: 'x' }, { basic: 'svc:svc-secret' }), PICK);
      c.record('uma', await c.token({ grant_type: 'urn:ietf:params:oauth:grant-type:uma-ticket', audience: 'svc' }, { basic: 'svc:svc-secret' }), PICK);
      c.record('jwt bearer', await c.token({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: 'x' }, { basic: 'svc:svc-secret' }), PICK);
    } },
  { id: 'b-tok-lightweight', title: 'lightweight access tokens', tags: T, realm: { ...realm, clients: [app({ attributes: { 'client.use.lightweight.access.token.enabled': 'true' } }), conf('svc')] },
    async run(c) {
      const g = await c.grant('alice', 'pw', { scope: 'openid' });
      c.claims('access', g.access_token);
      c.record('userinfo', await c.userinfo(g.access_token));
      const i = await c.introspect(g.access_token);
      c.fact('introspection', Object.keys(i.json).sort());
    } },
  { id: 'b-tok-pairwise', title: 'pairwise subject', tags: T, realm: { ...realm, clients: [app({ protocolMappers: [AUD, { name: 'pw', protocol: 'openid-connect', protocolMapper: 'oidc-sha256-pairwise-sub-mapper', config: { pairwiseSubAlgorithmSalt: 'salt' } }] }), conf('svc')] },
    async run(c) {
      const g = await c.grant('alice', 'pw', { scope: 'openid' });
      const id = await c.userId('alice');
      const sub = decodeJwt(g.access_token).claims.sub;
      c.fact('pairwise', [sub === id, decodeJwt(g.id_token).claims.sub === sub, sub.length]);
      c.fact('userinfo', (await c.userinfo(g.access_token)).json.sub === sub);
      c.fact('introspect', (await c.introspect(g.access_token)).json.sub === sub);
      c.record('refresh', await c.refresh(g.refresh_token), PICK);
    } },
  { id: 'b-tok-discovery-others', title: 'other well-known documents', tags: T, realm,
    async run(c) {
      const r = await c.http('GET', `${c.issuer}/.well-known/openid-configuration`);
      c.fact('flags', ['claims_parameter_supported', 'request_parameter_supported', 'require_request_uri_registration', 'require_pushed_authorization_requests', 'frontchannel_logout_session_supported', 'frontchannel_logout_supported', 'backchannel_logout_supported', 'backchannel_logout_session_supported', 'authorization_response_iss_parameter_supported', 'tls_client_certificate_bound_access_tokens'].map((k) => [k, r.json[k] ?? null]));
      c.record('uma', await c.http('GET', `${c.issuer}/.well-known/nothing`));
      const o = await c.http('GET', `${c.issuer}/.well-known/oauth-authorization-server`);
      c.record('oauth', o, { pick: ['issuer', 'token_endpoint'] });
      c.record('post', await c.http('POST', `${c.issuer}/.well-known/openid-configuration`));
      c.record('unknown path', await c.http('GET', `${c.oidc}/nothing`));
      c.record('no such protocol', await c.http('GET', `${c.issuer}/protocol/magic/auth`));
    } },
];
