import { user, pub, conf, OFFLINE, AUD, decodeJwt } from '../../oracle/lib.mjs';

const T = ['sessions'];
const realm = { eventsEnabled: true, adminEventsEnabled: true, adminEventsDetailsEnabled: true, clients: [pub('app', { protocolMappers: [AUD] }), conf('svc'), pub('app2'), pub('off')], users: [user('alice', OFFLINE), user('bob', OFFLINE)] };
const S = { drop: ['rememberMe'] };
const TOK = { pick: ['token_type', 'scope', 'error', 'error_description'] };
/** Events with their details; what is one-time is left out. */
const detailed = (list) => list.map((e) => ({ type: e.type, error: e.error ?? null, clientId: e.clientId ?? null, user: !!e.userId, session: !!e.sessionId, ip: !!e.ipAddress,
  details: Object.fromEntries(Object.entries(e.details ?? {}).map(([k, v]) => [k, ['token_id', 'refresh_token_id', 'updated_refresh_token_id', 'code_id', 'access_token_expiration_time', 'credential_id'].includes(k) ? `<${k}>` : v])) }))
  .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

export default [
  { id: 'b-ses-events-details', title: 'events and their details', tags: ['sessions', 'events'], realm,
    async run(c) {
      const g = await c.grant('alice', 'pw', { scope: 'openid' });
      const r = await c.refresh(g.refresh_token);
      await c.password('alice', 'x'); await c.password('nobody', 'x'); await c.refresh('abc');
      await c.userinfo(g.access_token); await c.introspect(g.access_token);
      await c.token({ client_id: 'app', token: g.access_token }, { path: 'revoke' });
      await c.token({ client_id: 'app', refresh_token: r.json.refresh_token }, { path: 'logout' });
      await c.token({ grant_type: 'client_credentials' }, { basic: 'svc:svc-secret' });
      await c.token({ grant_type: 'client_credentials' }, { basic: 'svc:x' });
      await c.sleep(100);
      c.fact('events', detailed(await c.must('GET', '/events?max=100')));
    } },
  { id: 'b-ses-events-browser', title: 'events of a browser login and their details', tags: ['sessions', 'events'], realm,
    async run(c) {
      const b = c.browser();
      await b.open(c.authUrl());
      await b.login('alice', 'x'); await b.login('nobody', 'x'); await b.login('alice');
      const t = await c.code(b.page.params.code);
      await b.open(c.authUrl({ client_id: 'app2' }));
      await b.open(c.authUrl({ client_id: 'zzz' })); await b.open(c.authUrl({ redirect_uri: 'http://evil.test' })); await b.open(c.authUrl({ response_type: 'magic' }));
      await c.browser().open(c.authUrl({ prompt: 'none' }));
      await b.open(`${c.oidc}/logout?${new URLSearchParams({ id_token_hint: t.json.id_token, post_logout_redirect_uri: 'http://app.test/bye' })}`);
      await c.sleep(100);
      c.fact('events', detailed(await c.must('GET', '/events?max=100')));
    } },
  { id: 'b-ses-admin-events', title: 'admin events of sessions', tags: ['sessions', 'events'], realm,
    async run(c) {
      const id = await c.userId('alice');
      const g = await c.grant('alice'); const o = await c.grant('alice', 'pw', { scope: 'offline_access' });
      await c.must('DELETE', `/sessions/${g.sid}`);
      await c.must('DELETE', `/sessions/${o.sid}?isOffline=true`);
      await c.must('POST', `/users/${id}/logout`);
      await c.admin('POST', '/logout-all');
      await c.admin('POST', '/push-revocation');
      await c.admin('DELETE', '/sessions/nope');
      await c.admin('DELETE', `/users/${id}/consents/app`);
      await c.sleep(100);
      const list = await c.must('GET', '/admin-events?max=100');
      c.fact('events', list.map((e) => [e.operationType, e.resourceType, e.resourcePath.replace(/[0-9a-f-]{36}/g, '<id>').replace(/^sessions\/.*/, 'sessions/<session>'), e.representation ?? null, e.error ?? null, Object.keys(e.authDetails).sort()]).sort());
    } },
  { id: 'b-ses-representation', title: 'representation of a session', tags: T, realm,
    async run(c) {
      const b = await c.browserLogin('alice'); c.known(b.page.params.session_state);
      await b.open(c.authUrl({ client_id: 'app2' }));
      const id = await c.userId('alice');
      c.record('of the user', await c.admin('GET', `/users/${id}/sessions`), S);
      c.fact('members', Object.keys((await c.sessions('alice'))[0]).sort());
      c.record('of the client', await c.admin('GET', `/clients/${await c.clientUuid('app2')}/user-sessions`), S);
      c.fact('client members', Object.keys((await c.must('GET', `/clients/${await c.clientUuid('app2')}/user-sessions`))[0]).sort());
      c.record('stats', await c.admin('GET', '/client-session-stats'));
    } },
  { id: 'b-ses-paging', title: 'paging of sessions', tags: T, realm,
    async run(c) {
      for (let i = 0; i < 4; i++) await c.grant(i % 2 ? 'alice' : 'bob');
      const id = await c.clientUuid('app'); const u = await c.userId('alice');
      const n = async (q) => { const r = await c.admin('GET', `/clients/${id}/user-sessions${q}`); return [q, r.status, Array.isArray(r.json) ? r.json.length : r.json ?? null]; };
      for (const q of ['', '?max=0', '?max=-1', '?first=-1', '?first=2', '?first=3&max=5', '?first=9', '?max=2']) c.fact(`page ${q}`, await n(q));
      c.record('not a number', await c.admin('GET', `/clients/${id}/user-sessions?max=abc`));
      c.fact('of a user', [(await c.admin('GET', `/users/${u}/sessions?max=1`)).json?.length, (await c.admin('GET', `/users/${u}/sessions?first=1`)).json?.length]);
      c.record('count', await c.admin('GET', `/clients/${id}/session-count`));
      c.record('offline list', await c.admin('GET', `/clients/${id}/offline-sessions`));
      c.record('offline unknown', await c.admin('GET', '/clients/nope/offline-sessions'));
      c.record('offline count unknown', await c.admin('GET', '/clients/nope/offline-session-count'));
      c.record('count unknown', await c.admin('GET', '/clients/nope/session-count'));
      c.record('offline of a user, unknown client', await c.admin('GET', `/users/${u}/offline-sessions/nope`));
    } },
  { id: 'b-ses-stats-mixed', title: 'stats with offline sessions', tags: T, realm,
    async run(c) {
      await c.grant('alice'); await c.grant('alice', 'pw', { scope: 'offline_access' }); await c.grant('bob', 'pw', { scope: 'offline_access', client_id: 'app2' });
      c.record('stats', await c.admin('GET', '/client-session-stats'));
      await c.must('POST', `/users/${await c.userId('alice')}/logout`);
      c.record('after the logout of alice', await c.admin('GET', '/client-session-stats'));
      await c.admin('POST', '/logout-all');
      c.record('after logout-all', await c.admin('GET', '/client-session-stats'));
    } },
  { id: 'b-ses-offline-browser', title: 'offline session of a browser login', tags: T, realm,
    async run(c) {
      const b = await c.browserLogin('alice', { auth: { scope: 'openid offline_access' } }); const sid = c.known(b.page.params.session_state);
      const t = (await c.code(b.page.params.code)).json;
      const id = await c.userId('alice'); const app = await c.clientUuid('app');
      c.record('online', await c.admin('GET', `/users/${id}/sessions`), S);
      c.record('offline', await c.admin('GET', `/users/${id}/offline-sessions/${app}`), S);
      c.fact('same id', decodeJwt(t.access_token).claims.sid === sid);
      c.record('delete the online one', await c.admin('DELETE', `/sessions/${sid}`));
      c.record('refresh', await c.refresh(t.refresh_token), TOK);
      c.record('userinfo', await c.userinfo(t.access_token));
      c.record('introspect', await c.introspect(t.access_token), { pick: ['active'] });
      c.record('delete the offline one as an online one', await c.admin('DELETE', `/sessions/${sid}`));
      c.record('delete the offline one', await c.admin('DELETE', `/sessions/${sid}?isOffline=true`));
      c.record('again', await c.admin('DELETE', `/sessions/${sid}?isOffline=true`));
      c.record('refresh after that', await c.refresh(t.refresh_token), TOK);
    } },
  { id: 'b-ses-client-change', title: 'sessions when client, user or password change', tags: T, realm,
    async run(c) {
      const g = await c.grant('alice'); const h = await c.grant('bob', 'pw', { client_id: 'app2' });
      const id = await c.userId('alice');
      await c.must('PUT', `/users/${id}/reset-password`, { type: 'password', value: 'new', temporary: false });
      c.fact('after a password', await c.sessionCount('alice'));
      await c.must('PUT', `/users/${id}`, { enabled: false });
      c.fact('after being disabled', await c.sessionCount('alice'));
      c.record('refresh', await c.refresh(g.refresh_token), TOK);
      await c.must('DELETE', `/users/${id}`);
      c.record('sessions of nobody', await c.admin('GET', `/users/${id}/sessions`));
      c.record('count', await c.admin('GET', `/clients/${await c.clientUuid('app')}/session-count`));
      await c.must('DELETE', `/clients/${await c.clientUuid('app2')}`);
      c.record('refresh at a deleted client', await c.refresh(h.refresh_token, { client_id: 'app2' }), TOK);
    } },
  { id: 'b-ses-logout-others', title: 'logout with tokens', tags: T, realm,
    async run(c) {
      const out = (f, o) => c.token(f, { path: 'logout', ...o });
      const g = await c.grant('alice', 'pw', { scope: 'openid' });
      c.record('no token', await out({ client_id: 'app' }));
      c.record('garbage', await out({ client_id: 'app', refresh_token: 'abc' }));
      c.record('access token', await out({ client_id: 'app', refresh_token: g.access_token }));
      c.record('other client', await out({ client_id: 'app2', refresh_token: g.refresh_token }));
      c.record('no client', await out({ refresh_token: g.refresh_token }));
      c.record('unknown client', await out({ client_id: 'zzz', refresh_token: g.refresh_token }));
      c.fact('still there', await c.sessionCount('alice'));
      c.record('confidential, no secret', await out({ client_id: 'svc', refresh_token: g.refresh_token }));
      const s = await c.grant('bob', 'pw', { client_id: 'svc', client_secret: 'svc-secret' });
      c.record('confidential', await out({ refresh_token: s.refresh_token }, { basic: 'svc:svc-secret' }));
      c.record('right', await out({ client_id: 'app', refresh_token: g.refresh_token }));
      c.record('userinfo', await c.userinfo(g.access_token));
      c.record('introspect', await c.introspect(g.access_token));
      const o = await c.grant('alice', 'pw', { scope: 'offline_access' });
      c.record('offline', await out({ client_id: 'app', refresh_token: o.refresh_token }));
      c.record('refresh offline', await c.refresh(o.refresh_token), TOK);
      c.fact('events', await c.events(['LOGOUT', 'LOGOUT_ERROR']));
    } },
  { id: 'b-ses-client-logout', title: 'end of sessions by a client with several sessions', tags: T, realm,
    async run(c) {
      const b = await c.browserLogin('alice'); const t = (await c.code(b.page.params.code)).json;
      await b.open(c.authUrl({ client_id: 'app2' }));
      const t2 = (await c.code(b.page.params.code, { client_id: 'app2' })).json;
      c.record('logout at app', await c.token({ client_id: 'app', refresh_token: t.refresh_token }, { path: 'logout' }));
      c.record('refresh at app2', await c.refresh(t2.refresh_token, { client_id: 'app2' }), TOK);
      c.fact('sessions', await c.sessionCount('alice'));
      c.record('sso', await b.open(c.authUrl()));
      const e = await c.browserLogin('bob'); const r = (await c.code(e.page.params.code)).json;
      await e.open(c.authUrl({ client_id: 'app2' })); const r2 = (await c.code(e.page.params.code, { client_id: 'app2' })).json;
      c.record('revoke at app', await c.token({ client_id: 'app', token: r.refresh_token }, { path: 'revoke' }));
      c.record('refresh at app after that', await c.refresh(r.refresh_token), TOK);
      c.record('refresh at app2 after that', await c.refresh(r2.refresh_token, { client_id: 'app2' }), TOK);
      c.fact('clients left', (await c.sessions('bob')).map((s) => Object.values(s.clients).sort()));
    } },
  { id: 'b-ses-event-queries', title: 'queries of events', tags: ['sessions', 'events'], realm,
    async run(c) {
      await c.grant('alice'); await c.password('alice', 'x'); await c.grant('bob', 'pw', { client_id: 'app2' });
      await c.sleep(100);
      const u = await c.userId('alice');
      const n = async (q) => c.fact(`events ${q}`, await (async () => { const r = await c.admin('GET', `/events?${q.replace('<alice>', u)}`); return [r.status, Array.isArray(r.json) ? r.json.map((e) => e.type) : r.json]; })());
      for (const q of ['type=LOGIN', 'type=LOGIN&type=LOGIN_ERROR', 'client=app2', 'user=<alice>', 'max=1', 'first=1&max=1', 'direction=asc', 'dateFrom=2000-01-01', 'dateTo=2000-01-01', 'ipAddress=1.2.3.4', 'type=MAGIC', 'dateFrom=abc', 'max=0', 'direction=magic']) await n(q);
      c.record('config', await c.admin('GET', '/events/config'), { ignore: ['body.enabledEventTypes'] });
      c.record('clear', await c.admin('DELETE', '/events'));
      c.record('none', await c.admin('GET', '/events'));
      c.record('clear admin events', await c.admin('DELETE', '/admin-events'));
    } },
  { id: 'b-ses-impersonate', title: 'impersonation', tags: T, realm,
    async run(c) {
      const r = await c.admin('POST', `/users/${await c.userId('alice')}/impersonation`);
      c.record('impersonate', r, { pick: ['sameRealm', 'redirect', 'error'] });
      c.fact('sessions', await c.sessionCount('alice'));
      c.record('unknown', await c.admin('POST', '/users/nope/impersonation'));
      await c.must('PUT', `/users/${await c.userId('bob')}`, { enabled: false });
      c.record('disabled', await c.admin('POST', `/users/${await c.userId('bob')}/impersonation`));
    } },
  { id: 'b-ses-times', title: 'times of a session', tags: T, realm,
    async run(c) {
      const g = await c.grant('alice');
      const one = async () => (await c.sessions('alice'))[0];
      const a = await one();
      await c.sleep(1500);
      await c.refresh(g.refresh_token);
      const b = await one();
      c.fact('start stays', a.start === b.start);
      c.fact('last access moves', b.lastAccess > a.lastAccess);
      c.fact('whole seconds', [a.start % 1000, a.lastAccess % 1000]);
    } },
];
