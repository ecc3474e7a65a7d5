import { user, pub, conf, otpCredential, totp, decodeJwt, OFFLINE, pkce } from '../../oracle/lib.mjs';

const T = ['browser'];
const SEC = 'abcdefghijklmnopqrst';
const realm = {
  eventsEnabled: true,
  clients: [pub('app', { attributes: { 'post.logout.redirect.uris': '+' } }), pub('app2'), conf('svc'), pub('nostd', { standardFlowEnabled: false }), conf('bearer', { bearerOnly: true }), pub('noredir', { redirectUris: [] }), pub('two', { redirectUris: ['http://a.test/x', 'http://b.test/*'], rootUrl: 'http://root.test', baseUrl: '/home' }), pub('rel', { rootUrl: 'http://root.test', redirectUris: ['/back/*'] })],
  users: [user('alice', OFFLINE), user('bob'), user('otto', { credentials: [{ type: 'password', value: 'pw' }, otpCredential(SEC)] }), user('gone', { enabled: false })],
};
const TOK = { pick: ['token_type', 'scope', 'error', 'error_description'] };
const raw = (c, p) => { const u = new URL(`${c.oidc}/auth`); for (const [k, v] of Object.entries(p)) if (v !== undefined) for (const x of [].concat(v)) u.searchParams.append(k, x); return u.toString(); };

export default [
  { id: 'b-br-redirects', title: 'redirect addresses', tags: T, realm,
    async run(c) {
      const open = async (n, p) => c.record(n, await c.browser().open(c.authUrl(p)));
      for (const r of ['http://app.test/', 'http://app.test', 'http://app.test/a/b?c=d', 'http://app.test/cb#f', 'https://app.test/cb', 'http://app.test:80/cb', 'http://APP.test/cb', 'http://app.test.evil.test/', 'http://app.test@evil.test/', '/cb', '', 'not a uri', 'http://app.test/../x', 'http://user@app.test/cb']) await open(`app ${r}`, { redirect_uri: r });
      await open('no list', { client_id: 'noredir' });
      await open('two, none given', { client_id: 'two', redirect_uri: null });
      await open('two, first', { client_id: 'two', redirect_uri: 'http://a.test/x' });
      await open('two, first with a query', { client_id: 'two', redirect_uri: 'http://a.test/x?y=z' });
      await open('two, second', { client_id: 'two', redirect_uri: 'http://b.test/x?y=z' });
      await open('relative', { client_id: 'rel', redirect_uri: 'http://root.test/back/x' });
      await open('relative given', { client_id: 'rel', redirect_uri: '/back/x' });
    } },
  { id: 'b-br-errors-more', title: 'errors of the authorization endpoint, continued', tags: T, realm,
    async run(c) {
      const open = async (n, p) => c.record(n, await c.browser().open(c.authUrl(p)));
      await open('standard flow off', { client_id: 'nostd' });
      await open('bearer only', { client_id: 'bearer' });
      await open('no client', { client_id: null });
      await open('empty client', { client_id: '' });
      await open('no state', { state: null });
      await open('wrong prompt', { prompt: 'magic' });
      await open('none and login', { prompt: 'none login' });
      await open('bad max_age', { max_age: 'abc' });
      await open('negative max_age', { max_age: '-1' });
      await open('request', { request: 'abc' });
      await open('request_uri', { request_uri: 'http://app.test/r' });
      await open('request and uri', { request: 'abc', request_uri: 'http://app.test/r' });
      await open('bad claims', { claims: 'abc' });
      await open('scope empty', { scope: '' });
      await open('scope without openid', { scope: 'email' });
      await open('no scope', { scope: null });
      await open('empty response type', { response_type: '' });
      await open('response type twice', { response_type: 'code code' });
      await open('implicit by query', { response_type: 'token', response_mode: 'query' });
      await open('error by form post', { response_type: 'token', response_mode: 'form_post' });
      await open('error by fragment', { response_type: 'magic', response_mode: 'fragment' });
      await open('unknown mode', { response_mode: 'magic' });
      await open('jwt mode', { response_mode: 'jwt' });
      await open('registration', { prompt: 'create' });
      await open('unknown acr', { acr_values: 'nonsense' });
      await open('essential acr', { claims: '{"id_token":{"acr":{"essential":true,"values":["nonsense"]}}}' });
      await open('ui_locales', { ui_locales: 'xx de' });
      await open('display', { display: 'popup', id_token_hint: 'abc', login_hint: 'alice' });
      c.record('state twice', await c.browser().open(raw(c, { client_id: 'app', redirect_uri: 'http://app.test/cb', response_type: 'code', scope: 'openid', state: ['a', 'b'] })));
      c.record('client twice', await c.browser().open(raw(c, { client_id: ['app', 'app2'], redirect_uri: 'http://app.test/cb', response_type: 'code', scope: 'openid' })));
      c.record('by post', await c.browser().request('POST', `${c.oidc}/auth`, new URLSearchParams({ client_id: 'app', redirect_uri: 'http://app.test/cb', response_type: 'code', scope: 'openid' })));
      c.record('unknown realm', await c.browser().open(c.authUrl().replace(c.realm, 'no-such-realm')));
    } },
  { id: 'b-br-none-errors', title: 'prompt=none: errors', tags: T, realm: { ...realm, clients: [...realm.clients, pub('ask', { consentRequired: true })], users: [...realm.users, user('act', { requiredActions: ['UPDATE_PROFILE'] })] },
    async run(c) {
      const b = c.browser();
      c.record('fragment', await b.open(c.authUrl({ prompt: 'none', response_mode: 'fragment' })));
      c.record('form post', await b.open(c.authUrl({ prompt: 'none', response_mode: 'form_post' })));
      c.record('no state', await b.open(c.authUrl({ prompt: 'none', state: null })));
      await c.browserLogin('alice', { browser: b });
      c.record('consent', await b.open(c.authUrl({ prompt: 'none', client_id: 'ask' })));
      c.record('large max_age', await b.open(c.authUrl({ prompt: 'none', max_age: '1000' })));
      await c.must('PUT', `/users/${await c.userId('alice')}`, { requiredActions: ['UPDATE_PASSWORD'] });
      c.record('required action', await b.open(c.authUrl({ prompt: 'none' })));
      await c.must('PUT', `/users/${await c.userId('alice')}`, { enabled: false });
      c.record('disabled', await b.open(c.authUrl({ prompt: 'none' })));
      c.fact('events', await c.events());
    } },
  { id: 'b-br-max-age', title: 'max_age and prompt=login', tags: T, realm,
    async run(c) {
      const b = await c.browserLogin('alice');
      const t = (await c.code(b.page.params.code)).json;
      await c.sleep(1200);
      c.record('max_age 0', await b.open(c.authUrl({ max_age: '0' })));
      c.record('wrong password', await b.submit({ password: 'x' }));
      c.record('password', await b.submit({ password: 'pw' }));
      const u = (await c.code(b.page.params.code)).json;
      c.fact('auth_time is later', decodeJwt(u.id_token).claims.auth_time > decodeJwt(t.id_token).claims.auth_time);
      c.record('large max_age', await b.open(c.authUrl({ max_age: '10000' })));
      c.record('prompt login and consent', await b.open(c.authUrl({ prompt: 'login consent' })));
      c.record('select_account', await b.open(c.authUrl({ prompt: 'select_account' })));
      c.fact('sessions', await c.sessionCount('alice'));
    } },
  { id: 'b-br-other-user', title: 'prompt=login with another user name', tags: T, realm,
    async run(c) {
      const b = await c.browserLogin('alice');
      await b.open(c.authUrl({ prompt: 'login' }));
      c.record('as bob', await b.submit({ username: 'bob', password: 'pw' }));
      c.record('next', await b.open(c.authUrl()));
      c.fact('sessions', [await c.sessionCount('alice'), await c.sessionCount('bob')]);
      c.fact('events', await c.events());
    } },
  { id: 'b-br-hint', title: 'login_hint', tags: T, realm,
    async run(c) {
      const b = c.browser();
      await b.open(c.authUrl({ login_hint: 'alice' }));
      const name = (page) => page.forms.flatMap((f) => f.inputs).find((i) => i.name === 'username')?.value;
      c.fact('filled', name(b.page));
      await b.login('alice', 'x');
      c.fact('after an error', name(b.page));
      await b.login('bob', 'x');
      c.fact('other name after an error', name(b.page));
      c.fact('names of inputs', [...new Set(b.page.forms.flatMap((f) => f.inputs.map((i) => i.name)))].filter((n) => ['username', 'password', 'rememberMe', 'credentialId'].includes(n)).sort());
      const d = c.browser();
      await d.open(c.authUrl({ login_hint: '<x>' }));
      c.fact('markup', name(d.page));
    } },
  { id: 'b-br-wrong-input', title: 'login page: wrong input', tags: T, realm,
    async run(c) {
      const b = c.browser();
      await b.open(c.authUrl());
      c.record('empty', await b.submit({ username: '', password: '' }));
      c.record('no password', await b.submit({ username: 'alice', password: '' }));
      c.record('no name', await b.submit({ username: '', password: 'pw' }));
      c.record('spaces', await b.submit({ username: ' alice ', password: 'pw' }));
      const d = c.browser(); await d.open(c.authUrl());
      c.record('e-mail', await d.login('ALICE@example.test'));
      const e = c.browser(); await e.open(c.authUrl());
      c.record('disabled, wrong password', await e.login('gone', 'x'));
      c.record('disabled, right password', await e.login('gone'));
      c.record('only the name sent', await e.request('POST', e.page.forms.find((f) => f.inputs.some((i) => i.name === 'password')).action, new URLSearchParams({ username: 'alice' })));
      c.fact('events', await c.events());
    } },
  { id: 'b-br-tabs', title: 'two tabs', tags: T, realm,
    async run(c) {
      const b = c.browser();
      const one = await b.open(c.authUrl({ state: 'one' }));
      const two = await b.open(c.authUrl({ state: 'two', client_id: 'app2' }));
      c.record('second tab', await b.submit({ username: 'alice', password: 'pw' }, { page: two }));
      c.record('first tab', await b.submit({ username: 'alice', password: 'pw' }, { page: one }));
      c.record('first tab again', await b.submit({ username: 'alice', password: 'pw' }, { page: one }));
      c.fact('sessions', await c.sessionCount('alice'));
      c.record('view of the first', await b.open(one.url));
      c.fact('events', await c.events());
    } },
  { id: 'b-br-tabs-users', title: 'two tabs, two users', tags: T, realm,
    async run(c) {
      const b = c.browser();
      const one = await b.open(c.authUrl({ state: 'one' }));
      const two = await b.open(c.authUrl({ state: 'two' }));
      await b.submit({ username: 'alice', password: 'x' }, { page: one });
      c.record('alice in the second', await b.submit({ username: 'alice', password: 'pw' }, { page: two }));
      c.record('bob in the first', await b.submit({ username: 'bob', password: 'pw' }, { page: one }));
      c.fact('sessions', [await c.sessionCount('alice'), await c.sessionCount('bob')]);
    } },
  { id: 'b-br-back', title: 'back button in a flow of two steps', tags: T, realm,
    async run(c) {
      const b = c.browser();
      const first = await b.open(c.authUrl());
      c.record('otp page', await b.login('otto'));
      const otp = b.page;
      c.record('back: the password again', await b.submit({ username: 'otto', password: 'pw' }, { page: first }));
      if (b.page.kind !== 'otp') c.record('continue', await b.open(otp.url));
      c.record('view the otp page', await b.open(otp.url));
      c.record('the code', await b.submit({ otp: totp(SEC) }, { page: b.page.forms.length ? b.page : otp }));
    } },
  { id: 'b-br-restart', title: 'restart login', tags: T, realm,
    async run(c) {
      const b = c.browser();
      await b.open(c.authUrl());
      await b.login('otto');
      const q = new URL(b.page.forms[0].action).searchParams;
      const u = `${c.issuer}/login-actions/restart?${new URLSearchParams({ client_id: 'app', tab_id: q.get('tab_id'), client_data: q.get('client_data') ?? '', skip_logout: 'true' })}`;
      c.record('restart', await b.open(u));
      c.record('login as another', await b.login('alice'));
      const d = c.browser();
      c.record('restart without a login', await d.open(`${c.issuer}/login-actions/restart?client_id=app`));
      c.record('authenticate without a login', await d.open(`${c.issuer}/login-actions/authenticate?client_id=app`));
      c.record('authenticate without anything', await d.open(`${c.issuer}/login-actions/authenticate`));
      c.record('required action without anything', await d.open(`${c.issuer}/login-actions/required-action`));
      c.record('consent without anything', await d.request('POST', `${c.issuer}/login-actions/consent`, new URLSearchParams({ accept: 'x' })));
      c.record('reset without anything', await d.open(`${c.issuer}/login-actions/reset-credentials`));
      c.record('registration without anything', await d.open(`${c.issuer}/login-actions/registration`));
      c.record('action token without a key', await d.open(`${c.issuer}/login-actions/action-token`));
      c.record('action token garbage', await d.open(`${c.issuer}/login-actions/action-token?key=abc`));
      c.record('unknown action', await d.open(`${c.issuer}/login-actions/magic`));
    } },
  { id: 'b-br-tampered', title: 'changed addresses of the login page', tags: T, realm,
    async run(c) {
      const b = c.browser();
      const page = await b.open(c.authUrl());
      const action = page.forms.find((f) => f.inputs.some((i) => i.name === 'password')).action;
      const with_ = (k, v) => { const u = new URL(action); if (v === null) u.searchParams.delete(k); else u.searchParams.set(k, v); return u.toString(); };
      const post = async (n, url) => c.record(n, await b.request('POST', url, new URLSearchParams({ username: 'alice', password: 'x' })));
      await post('wrong session code', with_('session_code', 'abc'));
      await post('no session code', with_('session_code', null));
      await post('wrong execution', with_('execution', '00000000-0000-0000-0000-000000000000'));
      await post('no execution', with_('execution', null));
      await post('unknown client', with_('client_id', 'zzz'));
      await post('other client', with_('client_id', 'app2'));
      await post('no client', with_('client_id', null));
      await post('unknown tab', with_('tab_id', 'abc'));
      await post('no tab', with_('tab_id', null));
      c.record('still works', await b.submit({ username: 'alice', password: 'pw' }, { page: await b.open(c.authUrl()) }));
    } },
  { id: 'b-br-profile', title: 'required action: update profile', tags: T, realm: { ...realm, users: [user('act', { requiredActions: ['UPDATE_PROFILE'] }), user('alice')] },
    async run(c) {
      const b = c.browser();
      await b.open(c.authUrl());
      c.record('page', await b.login('act'));
      const values = Object.fromEntries(b.page.forms.flatMap((f) => f.inputs).map((i) => [i.name, i.value]));
      c.fact('fields', Object.keys(values).filter((k) => !/submit|save|cancel/i.test(k)).sort());
      c.record('bad e-mail', await b.submit({ ...values, email: 'nonsense' }));
      c.record('e-mail taken', await b.submit({ ...values, email: 'alice@example.test' }));
      c.record('no last name', await b.submit({ ...values, lastName: '' }));
      c.record('good', await b.submit({ ...values, firstName: 'New', email: 'new@example.test' }));
      c.record('user', await c.admin('GET', `/users/${await c.userId('act')}`), { pick: ['firstName', 'lastName', 'email', 'emailVerified', 'requiredActions'] });
      c.fact('events', await c.events());
    } },
  { id: 'b-br-terms', title: 'required action: terms and conditions', tags: T, realm: { ...realm, users: [user('act', { requiredActions: ['TERMS_AND_CONDITIONS'] }), user('alice', { requiredActions: ['TERMS_AND_CONDITIONS'] })] },
    async run(c) {
      const ra = await c.must('GET', '/authentication/required-actions/TERMS_AND_CONDITIONS');
      await c.must('PUT', '/authentication/required-actions/TERMS_AND_CONDITIONS', { ...ra, enabled: true });
      const b = c.browser();
      await b.open(c.authUrl());
      c.record('page', await b.login('act'));
      c.record('accept', await b.submit({ accept: 'Accept' }));
      c.fact('attribute', Object.keys((await c.must('GET', `/users/${await c.userId('act')}`)).attributes ?? {}));
      const d = c.browser();
      await d.open(c.authUrl());
      await d.login('alice');
      c.record('decline', await d.submit({ cancel: 'Decline' }));
      c.fact('events', await c.events());
    } },
  { id: 'b-br-otp-setup', title: 'required action: one-time codes', tags: T, realm: { ...realm, users: [user('act', { requiredActions: ['CONFIGURE_TOTP'] })] },
    async run(c) {
      const b = c.browser();
      await b.open(c.authUrl());
      c.record('page', await b.login('act'));
      const secret = b.otpSetupSecret();
      c.fact('secret', [typeof secret, secret.length]);
      c.record('wrong', await b.submit({ totp: '000000', userLabel: 'x' }));
      c.fact('same secret', b.otpSetupSecret() === secret);
      c.record('empty', await b.submit({ totp: '', userLabel: 'x' }));
      c.record('good', await b.submit({ totp: totp(b.otpSetupSecret()), userLabel: 'my phone' }));
      c.record('credentials', await c.admin('GET', `/users/${await c.userId('act')}/credentials`), { drop: ['createdDate'], ignore: ['body.*.credentialData'] });
      c.fact('events', await c.events());
      const d = c.browser(); await d.open(c.authUrl());
      c.record('next login', await d.login('act'));
    } },
  { id: 'b-br-password-policy', title: 'update password under a policy', tags: T, plain: true, realm: { ...realm, passwordPolicy: 'length(8) and digits(1) and notUsername and passwordHistory(2) and hashIterations(1) and hashAlgorithm(pbkdf2-sha512)', users: [user('act', { requiredActions: ['UPDATE_PASSWORD'], credentials: [{ type: 'password', value: 'Password1', temporary: false }] })] },
    async run(c) {
      const b = c.browser();
      await b.open(c.authUrl());
      c.record('page', await b.login('act', 'Password1'));
      const set = async (n, p, q = p) => c.record(n, await b.submit({ 'password-new': p, 'password-confirm': q }));
      await set('empty', ''); await set('short', 'a1'); await set('no digit', 'abcdefghij'); await set('same as before', 'Password1'); await set('not confirmed', 'Password2', '');
      await set('good', 'Password2');
      c.fact('events', await c.events());
      c.record('admin reset', await c.admin('PUT', `/users/${await c.userId('act')}/reset-password`, { type: 'password', value: 'x', temporary: false }));
    } },
  { id: 'b-br-kc-action', title: 'application-initiated action', tags: T, realm,
    async run(c) {
      const b = c.browser();
      c.record('not signed in', await b.open(c.authUrl({ kc_action: 'UPDATE_PASSWORD' })));
      c.record('action', await b.login('alice'));
      c.record('done', await b.submit({ 'password-new': 'pw', 'password-confirm': 'pw' }));
      c.record('signed in', await b.open(c.authUrl({ kc_action: 'UPDATE_PROFILE' })));
      c.record('cancelled', await b.submit({ 'cancel-aia': 'true' }));
      c.record('unknown action', await b.open(c.authUrl({ kc_action: 'MAGIC' })));
      c.record('disabled action', await b.open(c.authUrl({ kc_action: 'TERMS_AND_CONDITIONS' })));
      c.record('none', await b.open(c.authUrl({ kc_action: 'UPDATE_PASSWORD', prompt: 'none' })));
      c.fact('events', await c.events());
    } },
  { id: 'b-br-consent', title: 'consent', tags: T, realm: { ...realm, clients: [pub('ask', { consentRequired: true }), pub('app')] },
    async run(c) {
      const b = c.browser();
      const ask = (p = {}) => c.authUrl({ client_id: 'ask', ...p });
      await b.open(ask());
      c.record('page', await b.login('alice'));
      c.fact('sessions before', await c.sessionCount('alice'));
      c.record('denied', await b.submit({ cancel: 'No' }));
      c.record('again', await b.open(ask()));
      if (b.page.kind === 'login') c.record('login again', await b.login('alice'));
      c.record('accepted', await b.submit({ accept: 'Yes' }));
      const t = await c.code(b.page.params.code, { client_id: 'ask' });
      c.record('token', t, TOK);
      c.record('consents', await c.admin('GET', `/users/${await c.userId('alice')}/consents`), { drop: ['createdDate', 'lastUpdatedDate'] });
      c.record('not asked again', await b.open(ask()));
      c.record('prompt consent', await b.open(ask({ prompt: 'consent' })));
      c.record('accept', await b.submit({ accept: 'Yes' }));
      c.record('more scopes', await b.open(ask({ scope: 'openid phone address' })));
      c.record('offline', await b.open(ask({ scope: 'openid offline_access' })));
      c.record('none with more scopes', await b.open(ask({ scope: 'openid phone', prompt: 'none' })));
      await c.must('DELETE', `/users/${await c.userId('alice')}/consents/ask`);
      c.record('refresh after revocation', await c.refresh(t.json.refresh_token, { client_id: 'ask' }), TOK);
      c.record('after revocation', await b.open(ask()));
      c.record('client that does not ask, prompt=consent', await b.open(c.authUrl({ prompt: 'consent' })));
      c.fact('events', await c.events());
    } },
  { id: 'b-br-logout', title: 'logout endpoint', tags: T, realm,
    async run(c) {
      const out = (b, p) => b.open(`${c.oidc}/logout?${new URLSearchParams(p)}`);
      const fresh = async () => { const b = await c.browserLogin('alice'); const t = (await c.code(b.page.params.code)).json; return { b, t }; };
      c.record('nobody', await out(c.browser(), {}));
      let { b, t } = await fresh();
      c.record('confirm', await out(b, {}));
      c.fact('still there', await c.sessionCount('alice'));
      c.record('confirmed', await b.submit({ confirmLogout: 'Logout' }));
      c.fact('gone', await c.sessionCount('alice'));
      ({ b, t } = await fresh());
      c.record('hint only', await out(b, { id_token_hint: t.id_token }));
      c.record('hint again', await out(b, { id_token_hint: t.id_token, post_logout_redirect_uri: 'http://app.test/bye' }));
      ({ b, t } = await fresh());
      c.record('bad redirect', await out(b, { id_token_hint: t.id_token, post_logout_redirect_uri: 'http://evil.test/bye' }));
      c.record('redirect without client', await out(b, { post_logout_redirect_uri: 'http://app.test/bye' }));
      c.record('bad hint', await out(b, { id_token_hint: 'abc' }));
      c.record('access token as hint', await out(b, { id_token_hint: t.access_token }));
      c.record('unknown client', await out(b, { client_id: 'zzz', post_logout_redirect_uri: 'http://app.test/bye' }));
      c.record('other client than the hint', await out(b, { client_id: 'app2', id_token_hint: t.id_token }));
      c.record('client and redirect', await out(b, { client_id: 'app', post_logout_redirect_uri: 'http://app.test/bye', state: 'x' }));
      c.record('confirm that', await b.submit({ confirmLogout: 'Logout' }));
      c.record('state without redirect', await out(c.browser(), { client_id: 'app', state: 'x' }));
      c.record('old parameter', await out(c.browser(), { redirect_uri: 'http://app.test/bye' }));
      ({ b, t } = await fresh());
      c.record('in another browser', await out(c.browser(), { id_token_hint: t.id_token, post_logout_redirect_uri: 'http://app.test/bye' }));
      c.fact('session after that', await c.sessionCount('alice'));
      c.record('post', await b.request('POST', `${c.oidc}/logout`, new URLSearchParams({ id_token_hint: t.id_token, post_logout_redirect_uri: 'http://app.test/bye' })));
      c.fact('cookies', b.cookieNames());
      c.fact('events', await c.events(['LOGOUT', 'LOGOUT_ERROR']));
    } },
  { id: 'b-br-logout-not-allowed', title: 'logout: redirect addresses not listed', tags: T, realm: { ...realm, clients: [pub('app'), pub('minus', { attributes: { 'post.logout.redirect.uris': '-' } }), pub('list', { attributes: { 'post.logout.redirect.uris': 'http://x.test/a##http://y.test/*' } })] },
    async run(c) {
      for (const [id, uri] of [['app', 'http://app.test/bye'], ['minus', 'http://app.test/bye'], ['list', 'http://x.test/a'], ['list', 'http://x.test/b'], ['list', 'http://y.test/b'], ['list', 'http://app.test/bye']]) {
        const b = await c.browserLogin('alice', { auth: { client_id: id } });
        const t = (await c.code(b.page.params.code, { client_id: id })).json;
        c.record(`${id} ${uri}`, await b.open(`${c.oidc}/logout?${new URLSearchParams({ id_token_hint: t.id_token, post_logout_redirect_uri: uri })}`));
      }
      c.fact('sessions', await c.sessionCount('alice'));
    } },
  { id: 'b-br-reset', title: 'reset credentials pages', tags: T, realm: { ...realm, resetPasswordAllowed: true },
    async run(c) {
      const b = c.browser();
      await b.open(c.authUrl());
      const action = new URL(b.page.forms.find((f) => f.inputs.some((i) => i.name === 'password')).action);
      const q = new URLSearchParams({ client_id: 'app', tab_id: action.searchParams.get('tab_id'), client_data: action.searchParams.get('client_data') ?? '' });
      c.record('page', await b.open(`${c.issuer}/login-actions/reset-credentials?${q}`));
      c.record('empty name', await b.submit({ username: '' }));
      c.record('unknown', await b.submit({ username: 'nobody' }));
      const d = c.browser();
      c.record('directly', await d.open(`${c.issuer}/login-actions/reset-credentials?client_id=app`));
      c.record('unknown client', await c.browser().open(`${c.issuer}/login-actions/reset-credentials?client_id=zzz`));
      c.fact('events', await c.events());
    } },
  { id: 'b-br-reset-off', title: 'reset credentials switched off', tags: T, realm,
    async run(c) {
      const b = c.browser();
      await b.open(c.authUrl());
      const action = new URL(b.page.forms.find((f) => f.inputs.some((i) => i.name === 'password')).action);
      const q = new URLSearchParams({ client_id: 'app', tab_id: action.searchParams.get('tab_id'), client_data: action.searchParams.get('client_data') ?? '' });
      c.record('reset', await b.open(`${c.issuer}/login-actions/reset-credentials?${q}`));
      c.record('registration', await b.open(`${c.issuer}/login-actions/registration?${q}`));
    } },
  { id: 'b-br-switched-off', title: 'realm and client switched off during a login', tags: T, realm,
    async run(c) {
      const b = c.browser(); const page = await b.open(c.authUrl());
      const id = await c.clientUuid('app'); const rep = await c.must('GET', `/clients/${id}`);
      await c.must('PUT', `/clients/${id}`, { ...rep, enabled: false });
      c.record('client off', await b.login('alice'));
      await c.must('PUT', `/clients/${id}`, { ...rep, enabled: true });
      c.record('client on', await b.submit({ username: 'alice', password: 'pw' }, { page }));
      const d = c.browser(); await d.open(c.authUrl());
      await c.must('PUT', '', { enabled: false });
      c.record('realm off', await d.login('alice'));
      c.record('auth', await c.browser().open(c.authUrl()));
      c.record('token', await c.password('alice'), TOK);
      c.record('discovery', await c.http('GET', `${c.issuer}/.well-known/openid-configuration`));
      c.record('realm document', await c.http('GET', c.issuer));
      c.record('certs', await c.http('GET', `${c.oidc}/certs`));
      c.record('userinfo', await c.userinfo('abc'));
    } },
  { id: 'b-br-otp-again', title: 'a one-time code used twice', tags: T, realm,
    async run(c) {
      const code = totp(SEC);
      const b = await c.browserLogin('otto');
      c.record('first', await b.submit({ otp: code }));
      const d = await c.browserLogin('otto');
      c.record('same code', await d.submit({ otp: code }));
      c.record('direct grant', await c.password('otto', 'pw', { totp: code }), TOK);
    } },
  { id: 'b-br-user-changes', title: 'the user changes during a login', tags: T, realm,
    async run(c) {
      const b = await c.browserLogin('otto');
      const id = await c.userId('otto');
      await c.must('PUT', `/users/${id}`, { enabled: false });
      c.record('disabled before the code', await b.submit({ otp: totp(SEC) }));
      const d = await c.browserLogin('alice');
      await c.must('PUT', `/users/${await c.userId('alice')}`, { enabled: false });
      c.record('sso of a disabled user', await d.open(c.authUrl()));
      c.record('code of a disabled user', await c.code((await c.browserLogin('bob')).page.params.code), TOK);
      const e = await c.browserLogin('bob');
      await c.must('PUT', `/users/${await c.userId('bob')}`, { enabled: false });
      c.record('code after being disabled', await c.code(e.page.params.code), TOK);
      const f = await c.browserLogin('bob');
      await c.must('DELETE', `/users/${await c.userId('bob')}`);
      c.record('deleted', await f.open(c.authUrl()));
    } },
  { id: 'b-br-ended-session', title: 'sign in again after the session was ended', tags: T, realm,
    async run(c) {
      const b = await c.browserLogin('alice');
      const first = c.known(b.page.params.session_state);
      const code = b.page.params.code;
      await c.must('DELETE', `/sessions/${first}`);
      c.record('code of the ended session', await c.code(code), TOK);
      c.record('sso', await b.open(c.authUrl()));
      c.record('login', await b.login('alice'));
      c.fact('same id', b.page.params.session_state === first);
      c.fact('events', await c.events());
    } },
  { id: 'b-br-remember', title: 'remember me off and on', tags: T, realm,
    async run(c) {
      const has = (p) => p.forms.some((f) => f.inputs.some((i) => i.name === 'rememberMe'));
      const b = c.browser(); await b.open(c.authUrl());
      c.fact('off', has(b.page));
      await c.must('PUT', '', { rememberMe: true });
      await b.open(c.authUrl());
      c.fact('on', has(b.page));
      await b.submit({ username: 'alice', password: 'x', rememberMe: 'on' });
      c.fact('kept after an error', b.page.forms.flatMap((f) => f.inputs).find((i) => i.name === 'rememberMe')?.checked);
      c.record('login', await b.submit({ username: 'alice', password: 'pw', rememberMe: 'on' }));
      c.fact('lifetimes', [...b.jar.values()].filter((x) => /KEYCLOAK/.test(x.name)).map((x) => [x.name, 'max-age' in x.attrs]).sort());
      await c.must('POST', `/users/${await c.userId('alice')}/logout`);
      await b.open(c.authUrl());
      c.fact('name remembered', b.page.forms.flatMap((f) => f.inputs).find((i) => i.name === 'username')?.value ?? null);
      c.record('login without', await b.login('alice'));
      c.fact('cookies', b.cookieNames());
    } },
  { id: 'b-br-by-email-off', title: 'realm settings of the login page', tags: T, realm: { ...realm, loginWithEmailAllowed: false },
    async run(c) {
      c.record('e-mail', (await c.browserLogin('alice@example.test')).page);
      c.record('name', (await c.browserLogin('alice')).page);
      c.record('direct', await c.password('alice@example.test'), TOK);
    } },
  { id: 'b-br-session-iframe', title: 'session state frames and small documents', tags: T, realm,
    async run(c) {
      const r = await c.http('GET', `${c.oidc}/login-status-iframe.html`);
      c.fact('frame', [r.status, r.type]);
      const s = await c.http('GET', `${c.oidc}/3p-cookies/step1.html`);
      c.fact('step 1', [s.status, s.type]);
      c.record('init without', await c.http('GET', `${c.oidc}/login-status-iframe.html/init`));
      c.record('init', await c.http('GET', `${c.oidc}/login-status-iframe.html/init?client_id=app&origin=${encodeURIComponent('http://app.test')}`));
      c.record('init other origin', await c.http('GET', `${c.oidc}/login-status-iframe.html/init?client_id=app&origin=${encodeURIComponent('http://evil.test')}`));
      c.record('init unknown client', await c.http('GET', `${c.oidc}/login-status-iframe.html/init?client_id=zzz&origin=${encodeURIComponent('http://app.test')}`));
      c.record('account', await c.browser().open(`${c.issuer}/account`));
      c.record('oob', await c.http('GET', `${c.oidc}/oauth/oob`));
    } },
  { id: 'b-br-post-body', title: 'authorization request by POST and code by form post', tags: T, realm,
    async run(c) {
      const b = c.browser(); const p = pkce();
      c.record('page', await b.request('POST', `${c.oidc}/auth`, new URLSearchParams({ client_id: 'app', redirect_uri: 'http://app.test/cb', response_type: 'code', scope: 'openid', response_mode: 'form_post', code_challenge: p.challenge, code_challenge_method: 'S256', state: 'ü & x' })));
      c.record('login', await b.login('alice'));
      c.fact('state', b.page.params.state);
      c.record('code', await c.code(b.page.params.code, { code_verifier: p.verifier }), TOK);
      c.record('empty post', await c.browser().request('POST', `${c.oidc}/auth`, new URLSearchParams({})));
    } },
];
