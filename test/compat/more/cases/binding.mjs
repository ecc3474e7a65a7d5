import { user, pub, conf, directSteps, browserSteps } from '../../oracle/lib.mjs';

const T = ['binding'];
const realm = { clients: [pub('app'), pub('app2'), conf('svc')], users: [user('alice'), user('bob')], roles: { realm: [{ name: 'vip' }] } };
const FIELDS = ['browserFlow', 'registrationFlow', 'directGrantFlow', 'resetCredentialsFlow', 'clientAuthenticationFlow', 'dockerAuthenticationFlow', 'firstBrokerLoginFlow'];
const PICK = { pick: ['token_type', 'scope', 'error', 'error_description'] };
const F = '/authentication/flows';
const answer = (r) => `${r.status}${r.json?.error ? ` ${r.json.error}: ${r.json.error_description}` : ''}`;

/** Logs somebody in through pages: what came, page by page. */
async function walk(c, steps, auth = {}) {
  const b = c.browser();
  await b.open(c.authUrl(auth));
  const seen = [b.page.kind];
  for (const s of steps) { await b.submit(s); seen.push(`${b.page.kind}${b.page.error ? ' with error' : ''}${b.page.params?.code ? ' with code' : ''}${b.page.params?.error ? ` ${b.page.params.error}` : ''}`); }
  return seen;
}
const login = { username: 'alice', password: 'pw' };

export default [
  { id: 'bind-each-field', title: 'every flow field of a realm, one by one', tags: T, realm,
    async run(c) {
      for (const [field, flow] of [['registrationFlow', 'registration'], ['resetCredentialsFlow', 'reset credentials'], ['clientAuthenticationFlow', 'clients'], ['dockerAuthenticationFlow', 'docker auth'], ['firstBrokerLoginFlow', 'first broker login'], ['directGrantFlow', 'direct grant']]) {
        await c.must('POST', `${F}/${encodeURIComponent(flow)}/copy`, { newName: `my ${flow}` });
        c.record(field, await c.admin('PUT', '', { [field]: `my ${flow}` }));
      }
      c.record('read', await c.admin('GET', ''), { pick: FIELDS });
      c.record('nothing about flows', await c.admin('PUT', '', { displayName: 'x' }));
      c.record('read again', await c.admin('GET', ''), { pick: FIELDS });
      c.record('null', await c.admin('PUT', '', { browserFlow: null, directGrantFlow: null }));
      c.record('read after null', await c.admin('GET', ''), { pick: FIELDS });
      c.fact('still works', answer(await c.password('alice')));
    } },
  { id: 'bind-rename', title: 'a bound flow is renamed', tags: T, realm,
    async run(c) {
      await c.must('POST', `${F}/browser/copy`, { newName: 'mine' });
      await c.bind({ browserFlow: 'mine' });
      const f = await c.must('GET', `${F}/${await c.flowId('mine')}`);
      c.record('rename', await c.admin('PUT', `${F}/${f.id}`, { ...f, alias: 'yours' }));
      c.record('read', await c.admin('GET', ''), { pick: FIELDS });
      c.record('bind the old name', await c.admin('PUT', '', { browserFlow: 'mine' }));
      c.fact('login', await walk(c, [login]));
    } },
  { id: 'bind-override-new-client', title: 'overrides in a new client, and what a list shows of them', tags: T, realm,
    async run(c) {
      await c.flow('name only', [['direct-grant-validate-username', 'REQUIRED']]);
      const flow = c.known(await c.flowId('name only'));
      c.record('create', await c.admin('POST', '/clients', pub('app3', { authenticationFlowBindingOverrides: { direct_grant: flow } })));
      const id = await c.clientUuid('app3');
      c.record('read', await c.admin('GET', `/clients/${id}`), { pick: ['clientId', 'authenticationFlowBindingOverrides'] });
      c.record('in the list', await c.admin('GET', '/clients?clientId=app3'), { pick: ['clientId', 'authenticationFlowBindingOverrides'] });
      c.fact('no password', answer(await c.password('alice', 'wrong', { client_id: 'app3' })));
      c.record('change something else', await c.admin('PUT', `/clients/${id}`, { name: 'x' }));
      c.record('read again', await c.admin('GET', `/clients/${id}`), { pick: ['clientId', 'authenticationFlowBindingOverrides'] });
      c.record('both keys', await c.admin('PUT', `/clients/${id}`, { authenticationFlowBindingOverrides: { browser: await c.flowId('browser'), direct_grant: await c.flowId('direct grant') } }));
      c.record('read both', await c.admin('GET', `/clients/${id}`), { pick: ['authenticationFlowBindingOverrides'] });
      c.record('one of them', await c.admin('PUT', `/clients/${id}`, { authenticationFlowBindingOverrides: { browser: await c.flowId('browser') } }));
      c.record('read one', await c.admin('GET', `/clients/${id}`), { pick: ['authenticationFlowBindingOverrides'] });
      c.record('null', await c.admin('PUT', `/clients/${id}`, { authenticationFlowBindingOverrides: { browser: null } }));
      c.record('read null', await c.admin('GET', `/clients/${id}`), { pick: ['authenticationFlowBindingOverrides'] });
      c.fact('password again', answer(await c.password('alice', 'wrong', { client_id: 'app3' })));
    } },
  { id: 'bind-override-copy', title: 'an override follows the edits of its flow', tags: T, realm,
    async run(c) {
      await c.flow('steps', [['direct-grant-validate-username', 'REQUIRED'], ['direct-grant-validate-password', 'REQUIRED']]);
      await c.override('app2', { direct_grant: await c.flowId('steps') });
      c.fact('wrong password', answer(await c.password('alice', 'no', { client_id: 'app2' })));
      await c.require('steps', 'direct-grant-validate-password', 'DISABLED');
      c.fact('password not asked', answer(await c.password('alice', 'no', { client_id: 'app2' })));
      c.fact('the realm asks', answer(await c.password('alice', 'no')));
      await c.require('steps', 'direct-grant-validate-password', 'REQUIRED');
      c.fact('asked again', answer(await c.password('alice', 'no', { client_id: 'app2' })));
      c.fact('right', answer(await c.password('alice', 'pw', { client_id: 'app2' })));
    } },
  { id: 'bind-direct-nested', title: 'direct grant with nested flows', tags: T, realm,
    async run(c) {
      await c.flow('nested', [['direct-grant-validate-username', 'REQUIRED'], { flow: 'inner', req: 'REQUIRED', steps: [{ flow: 'deep', req: 'REQUIRED', steps: [['direct-grant-validate-password', 'REQUIRED']] }] }]);
      await c.bind({ directGrantFlow: 'nested' });
      c.fact('right', answer(await c.password('alice')));
      c.fact('wrong', answer(await c.password('alice', 'no')));
      c.fact('unknown', answer(await c.password('nobody')));
      c.fact('without a user', answer(await c.token({ grant_type: 'password', client_id: 'app', password: 'pw' })));
      c.fact('without a password', answer(await c.token({ grant_type: 'password', client_id: 'app', username: 'alice' })));
    } },
  { id: 'bind-direct-role', title: 'direct grant: conditional sub-flow by role, denied and negated', tags: T, realm: { ...realm, users: [user('alice', { realmRoles: ['vip'] }), user('bob')] },
    async run(c) {
      const cond = (not) => [['direct-grant-validate-username', 'REQUIRED'], ['direct-grant-validate-password', 'REQUIRED'], { flow: `if ${not}`, req: 'CONDITIONAL', steps: [['conditional-user-role', 'REQUIRED', { condUserRole: 'vip', negate: not }], ['deny-access-authenticator', 'REQUIRED']] }];
      await c.flow('no vips', cond('false'));
      await c.bind({ directGrantFlow: 'no vips' });
      c.fact('alice has the role', answer(await c.password('alice', 'pw', {}, { headers: { accept: 'application/json' } })));
      c.fact('bob', answer(await c.password('bob')));
      await c.flow('only vips', cond('true'));
      await c.bind({ directGrantFlow: 'only vips' });
      c.fact('alice, negated', answer(await c.password('alice')));
      c.fact('bob, negated', answer(await c.password('bob', 'pw', {}, { headers: { accept: 'application/json' } })));
    } },
  { id: 'bind-browser-role', title: 'browser: conditional sub-flow by role with a message', tags: T, realm: { ...realm, users: [user('alice', { realmRoles: ['vip'] }), user('bob')] },
    async run(c) {
      await c.flow('vips out', browserSteps({ flow: 'if vip', req: 'CONDITIONAL', steps: [['conditional-user-role', 'REQUIRED', { condUserRole: 'vip' }], ['deny-access-authenticator', 'REQUIRED', { denyErrorMessage: 'no vips here' }]] }));
      await c.bind({ browserFlow: 'vips out' });
      const b = c.browser();
      await b.open(c.authUrl());
      c.record('alice', await b.login('alice'));
      c.fact('message', b.page.text.includes('no vips here'));
      c.fact('bob', await walk(c, [{ username: 'bob', password: 'pw' }]));
    } },
  { id: 'bind-browser-attribute', title: 'browser: conditional sub-flow by attribute', tags: T, realm: { ...realm, users: [user('alice', { attributes: { level: ['gold'] } }), user('bob')] },
    async run(c) {
      const p = await c.must('GET', '/users/profile');
      await c.must('PUT', '/users/profile', { ...p, unmanagedAttributePolicy: 'ENABLED' });
      const a = (await c.must('GET', '/users?username=alice&exact=true'))[0];
      await c.must('PUT', `/users/${a.id}`, { ...a, attributes: { level: ['gold'] } });
      await c.flow('gold', browserSteps({ flow: 'if gold', req: 'CONDITIONAL', steps: [['conditional-user-attribute', 'REQUIRED', { attribute_name: 'level', attribute_expected_value: 'gold', not: 'false' }], ['auth-otp-form', 'REQUIRED']] }));
      await c.bind({ browserFlow: 'gold' });
      c.fact('alice has to set up a code', await walk(c, [login]));
      c.fact('bob', await walk(c, [{ username: 'bob', password: 'pw' }]));
    } },
  { id: 'bind-conditional-empty', title: 'conditional sub-flows without a condition, with a disabled one, disabled themselves', tags: T, realm,
    async run(c) {
      const flow = async (name, steps) => { await c.flow(name, [...directSteps(), ...steps]); await c.bind({ directGrantFlow: name }); return answer(await c.password('alice', 'pw', {}, { headers: { accept: 'application/json' } })); };
      c.fact('no condition', await flow('f1', [{ flow: 's1', req: 'CONDITIONAL', steps: [['deny-access-authenticator', 'REQUIRED']] }]));
      c.fact('condition disabled', await flow('f2', [{ flow: 's2', req: 'CONDITIONAL', steps: [['conditional-user-role', 'DISABLED', { condUserRole: 'vip' }], ['deny-access-authenticator', 'REQUIRED']] }]));
      c.fact('sub-flow disabled', await flow('f3', [{ flow: 's3', req: 'DISABLED', steps: [['deny-access-authenticator', 'REQUIRED']] }]));
      c.fact('sub-flow required with a condition', await flow('f4', [{ flow: 's4', req: 'REQUIRED', steps: [['conditional-user-role', 'REQUIRED', { condUserRole: 'vip' }], ['deny-access-authenticator', 'REQUIRED']] }]));
      c.fact('two conditions, one fails', await flow('f5', [{ flow: 's5', req: 'CONDITIONAL', steps: [['conditional-user-configured', 'REQUIRED'], ['conditional-user-role', 'REQUIRED', { condUserRole: 'vip' }], ['deny-access-authenticator', 'REQUIRED']] }]));
    } },
  { id: 'bind-browser-alternatives', title: 'browser: alternatives, a disabled form, a second page', tags: T, realm,
    async run(c) {
      await c.flow('alt', [['auth-cookie', 'ALTERNATIVE'], { flow: 'page one', req: 'ALTERNATIVE', steps: [['auth-username-form', 'REQUIRED'], { flow: 'proofs', req: 'REQUIRED', steps: [['auth-password-form', 'ALTERNATIVE'], ['auth-otp-form', 'ALTERNATIVE']] }] }]);
      await c.bind({ browserFlow: 'alt' });
      c.fact('right', await walk(c, [{ username: 'alice' }, { password: 'pw' }]));
      c.fact('wrong password', await walk(c, [{ username: 'alice' }, { password: 'no' }, { password: 'pw' }]));
      c.fact('unknown user', await walk(c, [{ username: 'nobody' }]));
      c.fact('empty name', await walk(c, [{ username: '' }]));
    } },
  { id: 'bind-cookie-forms', title: 'a session in the browser joins other applications, prompts', tags: T, realm,
    async run(c) {
      const b = await c.browserLogin('alice');
      c.fact('first', b.page.kind);
      c.fact('second application', (await b.open(c.authUrl({ client_id: 'app2' }))).kind);
      c.fact('prompt none', (await b.open(c.authUrl({ client_id: 'app2', prompt: 'none' }))).params?.error ?? 'code');
      c.fact('prompt login', (await b.open(c.authUrl({ client_id: 'app2', prompt: 'login' }))).kind);
      c.fact('max age 0', (await b.open(c.authUrl({ client_id: 'app2', max_age: '0' }))).kind);
      c.fact('nobody, prompt none', (await c.browser().open(c.authUrl({ prompt: 'none' }))).params?.error);
      await c.flow('no cookie', [['auth-username-password-form', 'REQUIRED']]);
      await c.override('app2', { browser: await c.flowId('no cookie') });
      c.fact('a flow without the cookie asks again', (await b.open(c.authUrl({ client_id: 'app2' }))).kind);
    } },
  { id: 'bind-delete-override', title: 'a flow that a client uses cannot go; a free one can', tags: T, realm,
    async run(c) {
      await c.flow('free', directSteps());
      c.fact('free goes', (await c.admin('DELETE', `${F}/${await c.flowId('free')}`)).status);
      await c.flow('used', directSteps());
      await c.override('app2', { direct_grant: await c.flowId('used') });
      c.fact('used stays', (await c.admin('DELETE', `${F}/${await c.flowId('used')}`)).status >= 400);
      await c.override('app2', {});
      await c.must('DELETE', `/clients/${await c.clientUuid('app2')}`);
      c.fact('its client is gone', (await c.admin('DELETE', `${F}/${await c.flowId('used')}`)).status);
    } },
];
