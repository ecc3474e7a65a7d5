import { user, pub, conf } from '../../oracle/lib.mjs';

const F = '/authentication/flows';
const E = '/authentication/executions';
const A = '/authentication/required-actions';
const T = ['flows'];
const realm = { clients: [pub('app')], users: [user('alice')] };
const infoPick = (rows) => (Array.isArray(rows) ? rows.map(({ id, flowId, authenticationConfig, ...r }) => ({ ...r, hasId: !!id, ...(flowId ? { flowId: 'set' } : {}), ...(authenticationConfig ? { authenticationConfig: 'set' } : {}) })) : rows);
const info = { map: infoPick, ordered: true };
const top = (alias, extra = {}) => ({ alias, description: 'made by a case', providerId: 'basic-flow', topLevel: true, builtIn: false, ...extra });
const sub = (alias, extra = {}) => ({ alias, type: 'basic-flow', description: '', provider: 'registration-page-form', ...extra });
const at = (alias, what) => `${F}/${encodeURIComponent(alias)}/executions${what ? `/${what}` : ''}`;

export default [
  { id: 'flow-copy-names', title: 'copy: names of the sub-flows, of a sub-flow, of the other built-in flows', tags: T, realm,
    async run(c) {
      c.record('copy of registration', await c.admin('POST', `${F}/registration/copy`, { newName: 'reg2' }));
      c.record('its executions', await c.admin('GET', at('reg2')), info);
      c.record('copy of reset credentials', await c.admin('POST', `${F}/reset%20credentials/copy`, { newName: 'reset2' }));
      c.record('its executions too', await c.admin('GET', at('reset2')), info);
      c.record('copy of direct grant', await c.admin('POST', `${F}/direct%20grant/copy`, { newName: 'dg2' }));
      c.record('executions of the direct grant', await c.admin('GET', at('dg2')), info);
      c.record('copy of clients', await c.admin('POST', `${F}/clients/copy`, { newName: 'clients2' }));
      c.record('executions of the clients', await c.admin('GET', at('clients2')), info);
      c.record('copy of first broker login', await c.admin('POST', `${F}/first%20broker%20login/copy`, { newName: 'fbl2' }));
      c.record('executions of it', await c.admin('GET', at('fbl2')), info);
      c.fact('flows', (await c.flows()).map((f) => `${f.alias} ${f.providerId} ${f.builtIn} ${f.topLevel}`).sort());
    } },
  { id: 'flow-copy-keeps', title: 'a copy keeps requirements, configs and nested flows; the original is untouched', tags: T, realm,
    async run(c) {
      await c.must('POST', F, top('src', { description: 'the source' }));
      await c.addExecution('src', 'identity-provider-redirector', 'ALTERNATIVE', { defaultProvider: 'x' }, 'redir');
      await c.must('POST', at('src', 'flow'), sub('inner', { description: 'in' }));
      await c.require('src', 'inner', 'CONDITIONAL');
      await c.addExecution('inner', 'conditional-user-configured', 'REQUIRED');
      await c.must('POST', at('inner', 'flow'), sub('deep'));
      await c.addExecution('deep', 'auth-otp-form', 'REQUIRED');
      c.record('copy', await c.admin('POST', `${F}/src/copy`, { newName: 'dst' }));
      c.record('executions', await c.admin('GET', at('dst')), info);
      c.record('flow', await c.admin('GET', `${F}/${await c.flowId('dst')}`));
      const one = (await c.execution('src', 'identity-provider-redirector')).authenticationConfig;
      const two = (await c.execution('dst', 'identity-provider-redirector')).authenticationConfig;
      c.fact('configs are apart', one !== two);
      c.record('config of the copy', await c.admin('GET', `/authentication/config/${two}`));
    } },
  { id: 'flow-update', title: 'update of a flow: parts, unknown members, built-in', tags: T, realm,
    async run(c) {
      await c.must('POST', F, top('one'));
      const id = await c.flowId('one');
      c.record('description only', await c.admin('PUT', `${F}/${id}`, { description: 'x' }));
      c.record('alias only', await c.admin('PUT', `${F}/${id}`, { alias: 'uno' }));
      c.record('read', await c.admin('GET', `${F}/${id}`), { keepProse: true });
      c.record('empty alias', await c.admin('PUT', `${F}/${id}`, { alias: '' }));
      c.record('alias with a slash', await c.admin('PUT', `${F}/${id}`, { alias: 'a/b' }));
      c.record('same alias', await c.admin('PUT', `${F}/${id}`, { alias: 'uno', description: 'again' }));
      c.record('alias of a built-in flow', await c.admin('PUT', `${F}/${id}`, { alias: 'browser' }));
      const b = await c.must('GET', `${F}/${await c.flowId('browser')}`);
      c.record('built-in, description', await c.admin('PUT', `${F}/${b.id}`, { ...b, description: 'mine' }));
      c.record('built-in, alias', await c.admin('PUT', `${F}/${b.id}`, { ...b, alias: 'brow' }));
      c.fact('browser is', (await c.must('GET', `${F}/${b.id}`)).alias);
    } },
  { id: 'flow-create-bad', title: 'creating flows with odd bodies', tags: T, realm,
    async run(c) {
      c.record('empty alias', await c.admin('POST', F, top('')));
      c.record('no top level', await c.admin('POST', F, { alias: 'low', providerId: 'basic-flow' }));
      c.record('client flow', await c.admin('POST', F, top('cl', { providerId: 'client-flow' })));
      c.record('broken json', await c.admin('POST', F, '{"alias":', { headers: { 'content-type': 'application/json' } }));
      c.record('wrong type', await c.admin('POST', F, { ...top('x'), topLevel: 'maybe' }));
      c.record('unknown member', await c.admin('POST', F, { ...top('y'), nonsense: 1 }));
      c.record('with spaces and letters', await c.admin('POST', F, top('Ünï cödé flow')));
      c.record('without description', await c.admin('POST', F, { alias: 'bare', providerId: 'basic-flow', topLevel: true }));
      const id = await c.flowId('bare');
      c.record('read', await c.admin('GET', `${F}/${id}`), { keepProse: true });
      c.fact('flows', (await c.flows()).filter((f) => !f.builtIn).map((f) => `${f.alias} ${f.providerId} ${f.topLevel}`).sort());
    } },
  { id: 'flow-subflow-bad', title: 'adding sub-flows: odd bodies', tags: T, realm,
    async run(c) {
      await c.must('POST', F, top('outer'));
      c.record('alias of a top flow', await c.admin('POST', at('outer', 'flow'), sub('browser')));
      c.record('alias with a slash', await c.admin('POST', at('outer', 'flow'), sub('x/y')));
      c.record('no provider', await c.admin('POST', at('outer', 'flow'), { alias: 'np', type: 'basic-flow' }));
      c.record('no description', await c.admin('POST', at('outer', 'flow'), { alias: 'nd', type: 'basic-flow', provider: 'x' }));
      c.record('executions', await c.admin('GET', at('outer')), info);
    } },
  { id: 'flow-execution-by-id', title: 'one execution by id', tags: T, realm,
    async run(c) {
      await c.must('POST', F, top('mine'));
      const id = c.known(await c.addExecution('mine', 'auth-otp-form', 'REQUIRED'));
      c.record('read', await c.admin('GET', `${E}/${id}`));
      c.record('unknown', await c.admin('GET', `${E}/nope`));
      await c.must('POST', at('mine', 'flow'), sub('inner'));
      const s = await c.execution('mine', 'inner');
      c.record('sub-flow', await c.admin('GET', `${E}/${s.id}`));
      c.record('raise unknown', await c.admin('POST', `${E}/nope/raise-priority`));
      c.record('lower unknown', await c.admin('POST', `${E}/nope/lower-priority`));
      c.record('delete unknown', await c.admin('DELETE', `${E}/nope`));
    } },
  { id: 'flow-execution-post', title: 'a new execution through POST executions', tags: T, realm,
    async run(c) {
      await c.must('POST', F, top('mine'));
      const flow = await c.flowId('mine');
      c.record('add', await c.admin('POST', E, { parentFlow: flow, authenticator: 'auth-otp-form', requirement: 'REQUIRED', priority: 7 }));
      c.record('unknown parent', await c.admin('POST', E, { parentFlow: 'nope', authenticator: 'auth-otp-form', requirement: 'REQUIRED' }));
      c.record('no parent', await c.admin('POST', E, { authenticator: 'auth-otp-form', requirement: 'REQUIRED' }));
      c.record('into a built-in flow', await c.admin('POST', E, { parentFlow: await c.flowId('browser'), authenticator: 'auth-otp-form', requirement: 'REQUIRED' }));
      c.record('list', await c.admin('GET', at('mine')), info);
    } },
  { id: 'flow-execution-add-bad', title: 'adding executions with odd bodies', tags: T, realm,
    async run(c) {
      await c.must('POST', F, top('mine'));
      c.record('no provider', await c.admin('POST', at('mine', 'execution'), {}));
      c.record('form action in a basic flow', await c.admin('POST', at('mine', 'execution'), { provider: 'registration-user-creation' }));
      c.record('client authenticator in a basic flow', await c.admin('POST', at('mine', 'execution'), { provider: 'client-secret' }));
      c.record('unknown flow', await c.admin('POST', at('none', 'execution'), { provider: 'auth-otp-form' }));
      c.record('twice', await c.admin('POST', at('mine', 'execution'), { provider: 'auth-cookie' }));
      c.record('twice again', await c.admin('POST', at('mine', 'execution'), { provider: 'auth-cookie' }));
      c.record('with requirement', await c.admin('POST', at('mine', 'execution'), { provider: 'auth-otp-form', requirement: 'REQUIRED' }));
      c.record('with priority', await c.admin('POST', at('mine', 'execution'), { provider: 'auth-password-form', priority: 3 }));
      c.record('list', await c.admin('GET', at('mine')), info);
    } },
  { id: 'flow-client-flow', title: 'a client flow of ones own', tags: T, realm,
    async run(c) {
      await c.must('POST', F, top('cl', { providerId: 'client-flow' }));
      for (const p of ['client-secret', 'client-jwt', 'client-secret-jwt', 'client-x509']) c.record(`add ${p}`, await c.admin('POST', at('cl', 'execution'), { provider: p }));
      c.record('an authenticator of users', await c.admin('POST', at('cl', 'execution'), { provider: 'auth-cookie' }));
      c.record('unknown', await c.admin('POST', at('cl', 'execution'), { provider: 'nope' }));
      c.record('list', await c.admin('GET', at('cl')), info);
    } },
  { id: 'flow-form-flow', title: 'a form flow with form actions', tags: T, realm,
    async run(c) {
      await c.must('POST', F, top('reg'));
      c.record('form', await c.admin('POST', at('reg', 'flow'), sub('form', { type: 'form-flow' })));
      for (const p of ['registration-user-creation', 'registration-password-action', 'registration-recaptcha-action', 'registration-terms-and-conditions']) c.record(`add ${p}`, await c.admin('POST', at('form', 'execution'), { provider: p }));
      c.record('an authenticator', await c.admin('POST', at('form', 'execution'), { provider: 'auth-cookie' }));
      c.record('list', await c.admin('GET', at('reg')), info);
      c.record('unknown form', await c.admin('POST', at('reg', 'flow'), sub('form2', { type: 'form-flow', provider: 'no-such-form' })));
    } },
  { id: 'flow-execution-update', title: 'updates of executions: requirement, priority, names of sub-flows', tags: T, realm,
    async run(c) {
      await c.must('POST', F, top('mine'));
      for (const p of ['auth-cookie', 'auth-otp-form']) await c.addExecution('mine', p);
      await c.must('POST', at('mine', 'flow'), sub('inner', { description: 'first' }));
      const [a, b, s] = await c.executions('mine');
      c.record('not in its choices', await c.admin('PUT', at('mine'), { ...a, requirement: 'CONDITIONAL' }));
      c.record('unknown requirement', await c.admin('PUT', at('mine'), { ...a, requirement: 'SOMETIMES' }));
      c.record('small letters', await c.admin('PUT', at('mine'), { ...a, requirement: 'required' }));
      c.record('unknown id', await c.admin('PUT', at('mine'), { ...a, id: 'nope' }));
      c.record('no id', await c.admin('PUT', at('mine'), { requirement: 'REQUIRED' }));
      c.record('priority', await c.admin('PUT', at('mine'), { ...b, priority: 90, requirement: 'REQUIRED' }));
      c.record('order', await c.admin('GET', at('mine')), info);
      c.record('rename the sub-flow', await c.admin('PUT', at('mine'), { ...s, displayName: 'renamed', description: 'second', requirement: 'CONDITIONAL' }));
      c.record('after', await c.admin('GET', at('mine')), { ...info, keepProse: true, drop: ['displayName'] });
      c.record('sub-flow to a taken name', await c.admin('PUT', at('mine'), { ...s, displayName: 'browser' }));
      c.record('through another flow', await c.admin('PUT', at('browser'), { ...b, requirement: 'DISABLED' }));
      c.record('through an unknown flow', await c.admin('PUT', at('none'), { ...b, requirement: 'DISABLED' }));
    } },
  { id: 'flow-priorities', title: 'raise and lower with priorities, in sub-flows, at the ends', tags: T, realm,
    async run(c) {
      await c.must('POST', F, top('mine'));
      for (const p of ['auth-cookie', 'auth-spnego', 'identity-provider-redirector']) await c.addExecution('mine', p);
      await c.must('POST', at('mine', 'flow'), sub('inner'));
      for (const p of ['auth-username-form', 'auth-password-form']) await c.addExecution('inner', p, 'REQUIRED');
      const rows = await c.executions('mine');
      const order = async () => (await c.executions('mine')).map((e) => `${e.level}.${e.index} ${e.priority} ${e.providerId || e.displayName}`);
      c.fact('at first', await order());
      c.record('sub-flow up', await c.admin('POST', `${E}/${rows[3].id}/raise-priority`));
      c.fact('sub-flow is third', await order());
      c.record('password form up', await c.admin('POST', `${E}/${rows[5].id}/raise-priority`));
      c.fact('password is first of inner', await order());
      c.record('first up', await c.admin('POST', `${E}/${rows[0].id}/raise-priority`));
      c.record('last down', await c.admin('POST', `${E}/${rows[2].id}/lower-priority`));
      c.record('last of inner down', await c.admin('POST', `${E}/${rows[4].id}/lower-priority`));
      c.fact('at the ends', await order());
      c.record('add', await c.admin('POST', at('mine', 'execution'), { provider: 'auth-otp-form' }));
      c.fact('new one is last', await order());
    } },
  { id: 'flow-delete-parts', title: 'deleting a sub-flow takes what is in it', tags: T, realm,
    async run(c) {
      await c.must('POST', F, top('mine'));
      await c.must('POST', at('mine', 'flow'), sub('inner'));
      const id = await c.addExecution('inner', 'conditional-user-role', 'REQUIRED', { condUserRole: 'r' }, 'role');
      await c.must('POST', at('inner', 'flow'), sub('deep'));
      const cfg = (await c.execution('mine', 'conditional-user-role')).authenticationConfig;
      const e = await c.execution('mine', 'inner');
      c.record('delete', await c.admin('DELETE', `${E}/${e.id}`));
      c.record('list', await c.admin('GET', at('mine')));
      c.record('list of inner', await c.admin('GET', at('inner')));
      c.record('execution of inner', await c.admin('GET', `${E}/${id}`));
      c.record('flow by id', await c.admin('GET', `${F}/${e.flowId}`));
      c.record('alias is free', await c.admin('POST', at('mine', 'flow'), sub('inner')));
      c.fact('config status', (await c.admin('GET', `/authentication/config/${cfg}`)).status);
    } },
  { id: 'flow-subflow-read', title: 'a sub-flow by id and by alias', tags: T, realm,
    async run(c) {
      const rows = await c.executions('browser');
      const forms = rows.find((r) => r.displayName === 'forms');
      c.record('by id', await c.admin('GET', `${F}/${forms.flowId}`));
      c.record('executions by alias', await c.admin('GET', at('forms')), info);
      c.fact('in the list', (await c.flows()).some((f) => f.alias === 'forms'));
      c.record('copy of a sub-flow', await c.admin('POST', `${F}/forms/copy`, { newName: 'forms copy' }));
      c.fact('copy in the list', (await c.flows()).filter((f) => f.alias === 'forms copy').map((f) => f.topLevel));
      c.record('delete a built-in sub-flow', await c.admin('DELETE', `${E}/${forms.id}`));
    } },
  { id: 'flow-config-odd', title: 'configs: no alias, null values, second config, unknown ids', tags: T, realm,
    async run(c) {
      await c.must('POST', F, top('mine'));
      const id = await c.addExecution('mine', 'conditional-user-attribute');
      c.record('no alias', await c.admin('POST', `${E}/${id}/config`, { config: { attribute_name: 'a' } }));
      c.record('with alias', await c.admin('POST', `${E}/${id}/config`, { alias: 'one', config: { attribute_name: 'a', attribute_expected_value: 'b', not: 'false', empty: '', gone: null } }));
      const cfg = c.known((await c.execution('mine', 'conditional-user-attribute')).authenticationConfig);
      c.record('read', await c.admin('GET', `/authentication/config/${cfg}`));
      c.record('execution', await c.admin('GET', `${E}/${id}`), { drop: ['id', 'parentFlow'] });
      c.record('through the execution', await c.admin('GET', `${E}/${id}/config/${cfg}`));
      c.record('second config', await c.admin('POST', `${E}/${id}/config`, { alias: 'two', config: { attribute_name: 'z' } }));
      c.fact('config alias', (await c.must('GET', `/authentication/config/${(await c.execution('mine', 'conditional-user-attribute')).authenticationConfig}`)).alias);
      c.record('update without config', await c.admin('PUT', `/authentication/config/${cfg}`, { alias: 'uno' }));
      c.record('update unknown', await c.admin('PUT', '/authentication/config/nope', { alias: 'uno', config: {} }));
      c.record('read unknown', await c.admin('GET', '/authentication/config/nope'));
      c.record('delete unknown', await c.admin('DELETE', '/authentication/config/nope'));
    } },
  { id: 'flow-config-alias', title: 'configs: alias taken by another execution, change of alias', tags: T, realm,
    async run(c) {
      await c.must('POST', F, top('mine'));
      const a = await c.addExecution('mine', 'conditional-user-role');
      const b = await c.addExecution('mine', 'conditional-user-attribute');
      c.record('first', await c.admin('POST', `${E}/${a}/config`, { alias: 'same', config: { condUserRole: 'x' } }));
      c.record('same alias', await c.admin('POST', `${E}/${b}/config`, { alias: 'same', config: { attribute_name: 'x' } }));
      c.record('config of an execution without settings', await c.admin('POST', `${E}/${await c.addExecution('mine', 'auth-cookie')}/config`, { alias: 'ck', config: { k: 'v' } }));
      const cfg = (await c.execution('mine', 'conditional-user-role')).authenticationConfig;
      c.record('new alias', await c.admin('PUT', `/authentication/config/${cfg}`, { id: cfg, alias: 'other', config: { condUserRole: 'y', more: '1' } }));
      c.record('read', await c.admin('GET', `/authentication/config/${cfg}`));
      c.record('list', await c.admin('GET', at('mine')), info);
    } },
  { id: 'flow-config-built-in', title: 'config of an execution of a built-in flow', tags: T, realm,
    async run(c) {
      const e = await c.execution('browser', 'identity-provider-redirector');
      c.record('create', await c.admin('POST', `${E}/${e.id}/config`, { alias: 'r', config: { defaultProvider: 'x' } }));
      const cfg = (await c.execution('browser', 'identity-provider-redirector')).authenticationConfig;
      c.record('update', await c.admin('PUT', `/authentication/config/${cfg}`, { alias: 'r', config: { defaultProvider: 'y' } }));
      c.record('delete', await c.admin('DELETE', `/authentication/config/${cfg}`));
      c.record('list', await c.admin('GET', at('browser')), info);
      const d = await c.execution('first broker login', 'idp-review-profile');
      c.record('config that was there', await c.admin('GET', `/authentication/config/${d.authenticationConfig}`));
    } },
  { id: 'flow-config-descriptions', title: 'config descriptions of conditions and authenticators', tags: T, realm,
    async run(c) {
      for (const p of ['conditional-user-attribute', 'conditional-user-configured', 'conditional-client-scope', 'conditional-credential', 'conditional-sub-flow-executed', 'conditional-level-of-authentication', 'auth-otp-form', 'auth-conditional-otp-form', 'reset-credential-email', 'deny-access-authenticator', 'allow-access-authenticator', 'direct-grant-validate-otp', 'auth-username-password-form', 'registration-recaptcha-action', 'idp-review-profile', 'client-x509', 'client-secret'])
        c.record(p, await c.admin('GET', `/authentication/config-description/${p}`));
    } },
  { id: 'flow-per-client', title: 'per client config descriptions', tags: T, realm,
    async run(c) { c.record('read', await c.admin('GET', '/authentication/per-client-config-description')); } },
  { id: 'flow-authenticators', title: 'list of the authenticators', tags: T, realm,
    async run(c) {
      const r = await c.admin('GET', '/authentication/authenticator-providers');
      c.fact('ids', (r.json || []).map((p) => p.id).sort());
      c.fact('members', [...new Set((r.json || []).flatMap((p) => Object.keys(p)))].sort());
      c.fact('mapper of the provider', (await c.must('GET', '/authentication/client-authenticator-providers')).map((p) => [p.id, Object.keys(p).sort().join(' ')]).sort());
    } },
  { id: 'flow-action-priorities', title: 'required actions: raise and lower', tags: T, realm,
    async run(c) {
      const order = async () => (await c.must('GET', A)).map((a) => a.alias);
      c.record('raise', await c.admin('POST', `${A}/UPDATE_PROFILE/raise-priority`));
      c.fact('raised', await order());
      c.record('lower', await c.admin('POST', `${A}/CONFIGURE_TOTP/lower-priority`));
      c.fact('lowered', await order());
      c.record('raise the first', await c.admin('POST', `${A}/${(await order())[0]}/raise-priority`));
      c.record('lower the last', await c.admin('POST', `${A}/${(await order()).pop()}/lower-priority`));
      c.fact('ends', await order());
      c.record('raise unknown', await c.admin('POST', `${A}/NOPE/raise-priority`));
      c.record('lower unknown', await c.admin('POST', `${A}/NOPE/lower-priority`));
    } },
  { id: 'flow-action-config', title: 'required actions: config and its description', tags: T, realm,
    async run(c) {
      for (const a of ['UPDATE_PASSWORD', 'delete_account', 'VERIFY_EMAIL', 'TERMS_AND_CONDITIONS', 'NOPE']) c.record(`description ${a}`, await c.admin('GET', `${A}/${a}/config-description`));
      c.record('config at first', await c.admin('GET', `${A}/UPDATE_PASSWORD/config`));
      c.record('set', await c.admin('PUT', `${A}/UPDATE_PASSWORD/config`, { config: { max_auth_age: '120' } }));
      c.record('read', await c.admin('GET', `${A}/UPDATE_PASSWORD/config`));
      c.record('bad value', await c.admin('PUT', `${A}/UPDATE_PASSWORD/config`, { config: { max_auth_age: 'long' } }));
      c.record('negative', await c.admin('PUT', `${A}/UPDATE_PASSWORD/config`, { config: { max_auth_age: '-1' } }));
      c.record('in the action', await c.admin('GET', `${A}/UPDATE_PASSWORD`));
      c.record('delete', await c.admin('DELETE', `${A}/UPDATE_PASSWORD/config`));
      c.record('read deleted', await c.admin('GET', `${A}/UPDATE_PASSWORD/config`));
      c.record('config of an unknown one', await c.admin('GET', `${A}/NOPE/config`));
      c.record('set config of an unknown one', await c.admin('PUT', `${A}/NOPE/config`, { config: {} }));
    } },
  { id: 'flow-action-edit', title: 'required actions: edits, renames, errors', tags: T, realm,
    async run(c) {
      const a = await c.must('GET', `${A}/UPDATE_PROFILE`);
      c.record('disable', await c.admin('PUT', `${A}/UPDATE_PROFILE`, { ...a, enabled: false }));
      c.record('read', await c.admin('GET', `${A}/UPDATE_PROFILE`));
      c.record('unknown', await c.admin('PUT', `${A}/NOPE`, { ...a, alias: 'NOPE' }));
      c.record('delete unknown', await c.admin('DELETE', `${A}/NOPE`));
      c.record('register twice', await c.admin('POST', '/authentication/register-required-action', { providerId: 'UPDATE_PASSWORD', name: 'x' }));
      c.record('register unknown', await c.admin('POST', '/authentication/register-required-action', { providerId: 'nope', name: 'x' }));
      c.record('register nothing', await c.admin('POST', '/authentication/register-required-action', {}));
      c.record('unregistered', await c.admin('GET', '/authentication/unregistered-required-actions'), { dropName: true });
      c.record('delete', await c.admin('DELETE', `${A}/UPDATE_EMAIL`));
      c.record('delete another', await c.admin('DELETE', `${A}/VERIFY_EMAIL`));
      c.record('register again', await c.admin('POST', '/authentication/register-required-action', { providerId: 'VERIFY_EMAIL', name: 'Verify it' }));
      c.record('list', await c.admin('GET', A), { ordered: true, dropName: true });
    } },
  { id: 'flow-rights', title: 'flows without the right to see or change them', tags: T, realm: { ...realm, clients: [pub('app')], users: [user('alice'), user('viewer', { clientRoles: { 'realm-management': ['view-realm'] } }), user('queryer', { clientRoles: { 'realm-management': ['view-users'] } })] },
    async run(c) {
      const t = async (u) => (await c.grant(u)).access_token;
      const alice = await t('alice'), viewer = await t('viewer'), q = await t('queryer');
      c.record('nobody', await c.admin('GET', F, undefined, { noAuth: true }));
      c.record('alice lists', await c.admin('GET', F, undefined, { token: alice }));
      c.fact('viewer lists', (await c.admin('GET', F, undefined, { token: viewer })).status);
      c.record('viewer creates', await c.admin('POST', F, top('x'), { token: viewer }));
      c.record('viewer copies', await c.admin('POST', `${F}/browser/copy`, { newName: 'x' }, { token: viewer }));
      c.fact('viewer of users: flows', (await c.admin('GET', F, undefined, { token: q })).status);
      c.fact('viewer of users: required actions', (await c.admin('GET', A, undefined, { token: q })).status);
      c.record('bad token', await c.admin('GET', F, undefined, { token: 'abc' }));
    } },
];
