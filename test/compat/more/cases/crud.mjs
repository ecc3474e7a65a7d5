import { user, pub, conf } from '../../oracle/lib.mjs';

const T = ['crud'];
const realm = { clients: [pub('app'), conf('svc')], users: [user('alice'), user('bob')] };
const last = (r) => (r.headers.location || '').split('/').pop();
const many = ['anna', 'annika', 'bert', 'berta'];
const people = { clients: [pub('app')], users: many.map((u, i) => user(u, { enabled: u !== 'bert', emailVerified: i % 2 === 0, attributes: { team: [i < 2 ? 'red' : 'blue'], city: ['Bern'] } })) };
const open = (up) => ({ ...up, unmanagedAttributePolicy: 'ENABLED' });

export default [
  { id: 'crud-user-lists', title: 'search, filters, attributes, order and counts of users', tags: T, realm: people,
    async run(c) {
      await c.must('PUT', '/users/profile', open(await c.must('GET', '/users/profile')));
      for (const u of many) { const r = (await c.must('GET', `/users?username=${u}&exact=true`))[0]; await c.must('PUT', `/users/${r.id}`, { ...r, attributes: { team: [u[0] === 'a' ? 'red' : 'blue'], city: ['Bern'] } }); }
      const q = {};
      for (const s of ['?search=', '?search=anna tester', '?search="anna"', '?search=*ert', '?search=ANNA', '?search=anna%20bert', '?q=team:red', '?q=team:red%20city:Bern', '?q=team:green', '?q=nothing', '?enabled=true', '?enabled=false', '?emailVerified=true', '?max=1', '?first=3', '?first=9', '?max=0', '?first=-1&max=-1', '?username=BERT', '?username=ert', '?username=Bert&exact=true', '?email=@example', '?email=anna@example.test&exact=true', '?firstName=ann&lastName=tes', '?firstName=anna&exact=true', '?search=bert&enabled=true', '?search=bert&exact=true', '?idpAlias=x', '?search=example.test&max=2', '?briefRepresentation=false&username=anna&exact=true']) {
        const r = await c.admin('GET', `/users${encodeURI(decodeURI(s))}`);
        q[s] = Array.isArray(r.json) ? r.json.map((u) => u.username) : `${r.status} ${r.text}`;
      }
      c.fact('names', q);
      const n = {};
      for (const s of ['', '?search=ann', '?username=bert', '?username=bert&exact=true', '?enabled=false', '?emailVerified=true', '?email=anna', '?q=team:red', '?firstName=a', '?search=*ert', '?search=bert&enabled=true', '?max=1']) n[s] = (await c.admin('GET', `/users/count${s}`)).json;
      c.fact('counts', n);
      c.record('brief', await c.admin('GET', '/users?username=anna&exact=true&briefRepresentation=true'));
      c.record('full', await c.admin('GET', '/users?username=anna&exact=true&briefRepresentation=false'));
      c.record('not a number', await c.admin('GET', '/users?max=many'));
      c.record('not a flag', await c.admin('GET', '/users?enabled=perhaps'));
    } },
  { id: 'crud-user-members', title: 'users: all members, partial updates, names in capitals, null and empty members', tags: T, realm,
    async run(c) {
      const r = c.record('create', await c.admin('POST', '/users', { username: 'CAROL', email: 'Carol@Example.test', enabled: true, requiredActions: ['UPDATE_PASSWORD'], realmRoles: ['offline_access'], groups: [] }));
      const id = last(r);
      c.record('read', await c.admin('GET', `/users/${id}`));
      c.record('with metadata', await c.admin('GET', `/users/${id}?userProfileMetadata=true`));
      c.record('only e-mail', await c.admin('PUT', `/users/${id}`, { email: 'c2@example.test' }));
      c.record('read e-mail', await c.admin('GET', `/users/${id}`));
      c.record('empty names', await c.admin('PUT', `/users/${id}`, { firstName: '', lastName: null, email: '' }));
      c.record('read empty', await c.admin('GET', `/users/${id}`));
      c.record('actions', await c.admin('PUT', `/users/${id}`, { requiredActions: ['VERIFY_EMAIL', 'nonsense'] }));
      c.record('read actions', await c.admin('GET', `/users/${id}`), { sort: ['requiredActions'] });
      c.record('no actions', await c.admin('PUT', `/users/${id}`, { requiredActions: [] }));
      c.record('another user name', await c.admin('PUT', `/users/${id}`, { username: 'caroline' }));
      c.record('read name', await c.admin('GET', `/users/${id}`));
      c.record('taken e-mail', await c.admin('PUT', `/users/${id}`, { email: 'alice@example.test' }));
      c.record('bad e-mail', await c.admin('PUT', `/users/${id}`, { email: 'nope' }));
      c.record('unmanaged attribute', await c.admin('PUT', `/users/${id}`, { attributes: { color: ['red'] } }));
      c.record('read attributes', await c.admin('GET', `/users/${id}`));
      c.record('empty body', await c.admin('PUT', `/users/${id}`, {}));
      c.record('unknown user', await c.admin('PUT', '/users/nope', { firstName: 'x' }));
      c.record('list body', await c.admin('PUT', `/users/${id}`, []));
    } },
  { id: 'crud-user-name-edit', title: 'user name that may be edited', tags: T, realm: { ...realm, editUsernameAllowed: true, loginWithEmailAllowed: false, duplicateEmailsAllowed: true },
    async run(c) {
      const id = await c.userId('alice');
      c.record('rename', await c.admin('PUT', `/users/${id}`, { username: 'alicia' }));
      c.record('read', await c.admin('GET', `/users/${id}`));
      c.record('to a taken name', await c.admin('PUT', `/users/${id}`, { username: 'bob' }));
      c.record('empty', await c.admin('PUT', `/users/${id}`, { username: '' }));
      c.record('same e-mail as another', await c.admin('PUT', `/users/${id}`, { email: 'bob@example.test' }));
      c.record('too long', await c.admin('PUT', `/users/${id}`, { username: 'x'.repeat(300) }));
      c.record('odd characters', await c.admin('POST', '/users', { username: 'a<b>c', enabled: true }));
      c.record('one letter', await c.admin('POST', '/users', { username: 'a', enabled: true }));
      c.record('name with space', await c.admin('POST', '/users', { username: 'a b c', enabled: true }));
      c.record('long first name', await c.admin('POST', '/users', { username: 'dora', firstName: 'x'.repeat(300), enabled: true }));
      c.record('first name with markup', await c.admin('POST', '/users', { username: 'dora', firstName: '<b>', enabled: true }));
    } },
  { id: 'crud-email-name', title: 'registration e-mail as user name', tags: T, realm: { ...realm, registrationEmailAsUsername: true },
    async run(c) {
      const r = c.record('create', await c.admin('POST', '/users', { username: 'other', email: 'eve@example.test', enabled: true }));
      c.record('read', await c.admin('GET', `/users/${last(r)}`));
      c.record('without e-mail', await c.admin('POST', '/users', { username: 'mallory', enabled: true }));
      c.record('change e-mail', await c.admin('PUT', `/users/${last(r)}`, { email: 'eva@example.test' }));
      c.record('read again', await c.admin('GET', `/users/${last(r)}`));
    } },
  { id: 'crud-credentials', title: 'credentials: label, order, delete, unknown ids', tags: T, realm,
    async run(c) {
      const id = await c.userId('alice');
      const P = { pick: ['id', 'type', 'userLabel'] };
      const [one] = c.record('list', await c.admin('GET', `/users/${id}/credentials`), P).json;
      c.record('label', await c.admin('PUT', `/users/${id}/credentials/${one.id}/userLabel`, 'my label', { headers: { 'content-type': 'text/plain' } }));
      c.record('label of unknown', await c.admin('PUT', `/users/${id}/credentials/nope/userLabel`, 'x', { headers: { 'content-type': 'text/plain' } }));
      c.record('list with label', await c.admin('GET', `/users/${id}/credentials`), P);
      c.record('move to first', await c.admin('POST', `/users/${id}/credentials/${one.id}/moveToFirst`));
      c.record('move unknown', await c.admin('POST', `/users/${id}/credentials/nope/moveToFirst`));
      c.record('move after unknown', await c.admin('POST', `/users/${id}/credentials/${one.id}/moveAfter/nope`));
      c.record('delete unknown', await c.admin('DELETE', `/users/${id}/credentials/nope`));
      c.record('delete', await c.admin('DELETE', `/users/${id}/credentials/${one.id}`));
      c.record('delete again', await c.admin('DELETE', `/users/${id}/credentials/${one.id}`));
      c.record('empty list', await c.admin('GET', `/users/${id}/credentials`));
      c.record('login', await c.password('alice'), { pick: ['error', 'error_description'] });
      c.record('types', await c.admin('GET', `/users/${id}/configured-user-storage-credential-types`));
      c.record('disable types', await c.admin('PUT', `/users/${id}/disable-credential-types`, ['password']));
      c.record('reset without value', await c.admin('PUT', `/users/${id}/reset-password`, { type: 'password' }));
      c.record('reset without type', await c.admin('PUT', `/users/${id}/reset-password`, { value: 'x1' }));
      c.record('reset of another type', await c.admin('PUT', `/users/${id}/reset-password`, { type: 'otp', value: 'x1' }));
      c.record('credentials of unknown', await c.admin('GET', '/users/nope/credentials'));
    } },
  { id: 'crud-policy', title: 'password policy: refusals at reset and create', tags: T, plain: true, realm: { ...realm, users: [], passwordPolicy: 'length(8) and digits(1) and upperCase(1) and specialChars(1) and notUsername(undefined) and notEmail(undefined) and passwordHistory(2)' },
    async run(c) {
      const id = last(c.record('create', await c.admin('POST', '/users', { username: 'carlotta', email: 'carlotta@example.test', enabled: true })));
      for (const v of ['a', 'abcdefgh', 'Abcdefgh', 'Abcdefg1', 'Abcdefg1!', 'Abcdefg1!', 'carlotta', 'carlotta@example.test']) c.record(`reset to ${v} ${c.entries.length}`, await c.admin('PUT', `/users/${id}/reset-password`, { type: 'password', value: v, temporary: false }));
      c.record('create with weak one', await c.admin('POST', '/users', { username: 'dora', enabled: true, credentials: [{ type: 'password', value: 'weak' }] }));
      c.fact('dora is there', (await c.admin('GET', '/users?username=dora')).json.length);
      c.record('bad policy', await c.admin('PUT', '', { passwordPolicy: 'nonsense(1)' }));
      c.record('bad number', await c.admin('PUT', '', { passwordPolicy: 'length(many)' }));
      c.record('policy', await c.admin('GET', ''), { pick: ['passwordPolicy'] });
    } },
  { id: 'crud-user-groups', title: 'groups of a user: counts, search, pages, errors', tags: T, realm: { ...realm, groups: [{ name: 'g1', subGroups: [{ name: 'g11' }] }, { name: 'g2' }, { name: 'h1' }], users: [user('alice', { groups: ['/g1', '/g2', '/g1/g11'] }), user('bob', { groups: ['/g1'] })] },
    async run(c) {
      const u = await c.userId('alice');
      c.record('list', await c.admin('GET', `/users/${u}/groups`), { drop: ['access'] });
      c.record('full', await c.admin('GET', `/users/${u}/groups?briefRepresentation=false`));
      c.record('search', await c.admin('GET', `/users/${u}/groups?search=g1`));
      c.record('page', await c.admin('GET', `/users/${u}/groups?first=1&max=1`));
      c.record('count', await c.admin('GET', `/users/${u}/groups/count`));
      c.record('count search', await c.admin('GET', `/users/${u}/groups/count?search=11`));
      c.record('join unknown', await c.admin('PUT', `/users/${u}/groups/nope`));
      c.record('leave unknown', await c.admin('DELETE', `/users/${u}/groups/nope`));
      const g = (await c.must('GET', '/groups?search=h1'))[0];
      c.record('leave one not joined', await c.admin('DELETE', `/users/${u}/groups/${g.id}`));
      c.record('join', await c.admin('PUT', `/users/${u}/groups/${g.id}`));
      c.record('join twice', await c.admin('PUT', `/users/${u}/groups/${g.id}`));
      const g1 = (await c.must('GET', '/groups?search=g1&exact=true'))[0];
      c.record('members', await c.admin('GET', `/groups/${g1.id}/members`));
      c.record('members brief', await c.admin('GET', `/groups/${g1.id}/members?briefRepresentation=true&first=0&max=1`));
      c.record('members of unknown', await c.admin('GET', '/groups/nope/members'));
      c.record('groups of an unknown user', await c.admin('GET', '/users/nope/groups'));
    } },
  { id: 'crud-group-tree', title: 'groups: tree, search, counts, move, rename, attributes', tags: T, realm: { ...realm, groups: [{ name: 'a', attributes: { k: ['v'] }, subGroups: [{ name: 'aa', subGroups: [{ name: 'deep' }] }, { name: 'ab' }] }, { name: 'b' }, { name: 'c' }] },
    async run(c) {
      const D = { sort: ['subGroups'] };
      c.record('top', await c.admin('GET', '/groups'));
      c.record('full', await c.admin('GET', '/groups?briefRepresentation=false'));
      c.record('search', await c.admin('GET', '/groups?search=deep'), D);
      c.record('search a', await c.admin('GET', '/groups?search=a'), D);
      c.record('exact', await c.admin('GET', '/groups?search=a&exact=true'), D);
      c.record('no hierarchy', await c.admin('GET', '/groups?search=deep&populateHierarchy=false'), D);
      c.record('without counts', await c.admin('GET', '/groups?subGroupsCount=false'));
      c.record('attribute', await c.admin('GET', '/groups?q=k:v'), D);
      c.record('page', await c.admin('GET', '/groups?first=1&max=1'), { ordered: true });
      c.record('count', await c.admin('GET', '/groups/count'));
      c.record('count top', await c.admin('GET', '/groups/count?top=true'));
      c.record('count search', await c.admin('GET', '/groups/count?search=a'));
      const [a, b] = (await c.must('GET', '/groups')).sort((x, y) => (x.name < y.name ? -1 : 1));
      c.record('one', await c.admin('GET', `/groups/${a.id}`));
      c.record('children', await c.admin('GET', `/groups/${a.id}/children`));
      c.record('children search', await c.admin('GET', `/groups/${a.id}/children?search=ab`));
      c.record('children page', await c.admin('GET', `/groups/${a.id}/children?first=0&max=1&briefRepresentation=false`));
      const aa = (await c.must('GET', `/groups/${a.id}/children?search=aa`))[0];
      c.record('by path', await c.admin('GET', '/group-by-path/a/aa'));
      c.record('by wrong path', await c.admin('GET', '/group-by-path/a/zz'));
      c.record('move', await c.admin('POST', `/groups/${b.id}/children`, { id: aa.id, name: 'aa' }));
      c.record('moved', await c.admin('GET', `/groups/${aa.id}`));
      c.record('to the top', await c.admin('POST', '/groups', { id: aa.id, name: 'aa' }));
      c.record('at the top', await c.admin('GET', `/groups/${aa.id}`));
      c.record('rename to a taken name', await c.admin('PUT', `/groups/${aa.id}`, { name: 'b' }));
      c.record('rename', await c.admin('PUT', `/groups/${aa.id}`, { name: 'zz', attributes: { x: ['1', '2'] } }));
      c.record('renamed', await c.admin('GET', `/groups/${aa.id}`));
      c.record('without name', await c.admin('PUT', `/groups/${aa.id}`, { attributes: {} }));
      c.record('create without name', await c.admin('POST', '/groups', {}));
      c.record('create with empty name', await c.admin('POST', '/groups', { name: '' }));
      c.record('child without name', await c.admin('POST', `/groups/${a.id}/children`, {}));
      c.record('child that is there', await c.admin('POST', `/groups/${a.id}/children`, { name: 'ab' }));
      c.record('child of unknown', await c.admin('POST', '/groups/nope/children', { name: 'x' }));
      c.record('update unknown', await c.admin('PUT', '/groups/nope', { name: 'x' }));
      c.record('delete unknown', await c.admin('DELETE', '/groups/nope'));
      c.record('name with a slash', await c.admin('POST', '/groups', { name: 'x/y' }));
    } },
  { id: 'crud-role-edit', title: 'roles: names, attributes, composites, by id', tags: T, realm,
    async run(c) {
      const svc = await c.clientUuid('svc');
      c.record('create', await c.admin('POST', '/roles', { name: 'a', description: 'd', attributes: { k: ['v'] }, composite: true, composites: { realm: ['offline_access'] } }));
      c.record('read', await c.admin('GET', '/roles/a'), { keepProse: true });
      c.record('list brief', await c.admin('GET', '/roles?search=a&max=2'), { ordered: true });
      c.record('list full', await c.admin('GET', '/roles?briefRepresentation=false&search=a'));
      c.record('no name', await c.admin('POST', '/roles', {}));
      c.record('name with slash', await c.admin('POST', '/roles', { name: 'x/y' }));
      c.record('update', await c.admin('PUT', '/roles/a', { name: 'b', attributes: { k: ['w'], l: ['m'] } }));
      c.record('read b', await c.admin('GET', '/roles/b'), { keepProse: true });
      c.record('read a', await c.admin('GET', '/roles/a'));
      c.record('rename to taken', await c.admin('PUT', '/roles/b', { name: 'offline_access' }));
      c.record('update without name', await c.admin('PUT', '/roles/b', { description: 'x' }));
      c.record('update unknown', await c.admin('PUT', '/roles/nope', { name: 'nope' }));
      c.record('delete unknown', await c.admin('DELETE', '/roles/nope'));
      c.record('client role', await c.admin('POST', `/clients/${svc}/roles`, { name: 'cr' }));
      c.record('client role again', await c.admin('POST', `/clients/${svc}/roles`, { name: 'cr' }));
      const cr = c.record('read it', await c.admin('GET', `/clients/${svc}/roles/cr`)).json;
      const b = await c.must('POST', '/roles', { name: 'top' }).then(() => c.must('GET', '/roles/top'));
      c.record('composites at first', await c.admin('GET', '/roles/top/composites'));
      c.record('add composites', await c.admin('POST', '/roles/top/composites', [cr, { id: (await c.must('GET', '/roles/b')).id, name: 'b' }]));
      c.record('all', await c.admin('GET', '/roles/top/composites'));
      c.record('realm ones', await c.admin('GET', '/roles/top/composites/realm'));
      c.record('client ones', await c.admin('GET', `/roles/top/composites/clients/${svc}`));
      c.record('by id', await c.admin('GET', `/roles-by-id/${b.id}`));
      c.record('by id, composites', await c.admin('GET', `/roles-by-id/${b.id}/composites?search=cr`));
      c.record('by unknown id', await c.admin('GET', '/roles-by-id/nope'));
      c.record('add unknown composite', await c.admin('POST', '/roles/top/composites', [{ id: 'nope', name: 'nope' }]));
      c.record('remove composites', await c.admin('DELETE', '/roles/top/composites', [cr]));
      c.record('composites of unknown', await c.admin('GET', '/roles/nope/composites'));
      c.record('update by id', await c.admin('PUT', `/roles-by-id/${b.id}`, { name: 'top2' }));
      c.record('delete by id', await c.admin('DELETE', `/roles-by-id/${b.id}`));
      c.record('delete the default roles', await c.admin('DELETE', `/roles/default-roles-${c.realm}`));
      c.record('groups of a role', await c.admin('GET', '/roles/b/groups'));
      c.record('users of unknown', await c.admin('GET', '/roles/nope/users'));
    } },
  { id: 'crud-role-maps', title: 'role mappings of users and groups: available, composite, errors', tags: T, realm: { ...realm, roles: { realm: [{ name: 'r1' }, { name: 'r2', composites: { realm: ['r1'] } }], client: { svc: [{ name: 'c1' }] } }, groups: [{ name: 'g', realmRoles: ['r2'] }] },
    async run(c) {
      const u = await c.userId('alice'); const svc = await c.clientUuid('svc'); const g = (await c.must('GET', '/groups'))[0].id;
      const r2 = await c.must('GET', '/roles/r2'); const c1 = await c.must('GET', `/clients/${svc}/roles/c1`);
      c.record('all', await c.admin('GET', `/users/${u}/role-mappings`));
      c.record('available', await c.admin('GET', `/users/${u}/role-mappings/realm/available`));
      c.record('map realm role', await c.admin('POST', `/users/${u}/role-mappings/realm`, [{ id: r2.id, name: 'r2' }]));
      c.record('map client role', await c.admin('POST', `/users/${u}/role-mappings/clients/${svc}`, [{ id: c1.id, name: 'c1' }]));
      c.record('effective', await c.admin('GET', `/users/${u}/role-mappings/realm/composite`));
      c.record('effective full', await c.admin('GET', `/users/${u}/role-mappings/realm/composite?briefRepresentation=false`));
      c.record('all again', await c.admin('GET', `/users/${u}/role-mappings`));
      c.record('client roles', await c.admin('GET', `/users/${u}/role-mappings/clients/${svc}`));
      c.record('client available', await c.admin('GET', `/users/${u}/role-mappings/clients/${svc}/available`));
      c.record('client effective', await c.admin('GET', `/users/${u}/role-mappings/clients/${svc}/composite`));
      c.record('unknown role', await c.admin('POST', `/users/${u}/role-mappings/realm`, [{ id: 'nope', name: 'nope' }]));
      c.record('role by name only', await c.admin('POST', `/users/${u}/role-mappings/realm`, [{ name: 'r1' }]));
      c.record('wrong id for the name', await c.admin('POST', `/users/${u}/role-mappings/realm`, [{ id: 'nope', name: 'r1' }]));
      c.record('client role as realm role', await c.admin('POST', `/users/${u}/role-mappings/realm`, [c1]));
      c.record('not a list', await c.admin('POST', `/users/${u}/role-mappings/realm`, { name: 'r1' }));
      c.record('unknown client', await c.admin('GET', `/users/${u}/role-mappings/clients/nope`));
      c.record('delete all of the client', await c.admin('DELETE', `/users/${u}/role-mappings/clients/${svc}`, []));
      c.record('client roles after', await c.admin('GET', `/users/${u}/role-mappings/clients/${svc}`));
      c.record('delete without body', await c.admin('DELETE', `/users/${u}/role-mappings/realm`));
      c.record('realm roles after', await c.admin('GET', `/users/${u}/role-mappings/realm`));
      c.record('group mappings', await c.admin('GET', `/groups/${g}/role-mappings`));
      c.record('group effective', await c.admin('GET', `/groups/${g}/role-mappings/realm/composite`));
      c.record('group available', await c.admin('GET', `/groups/${g}/role-mappings/realm/available`));
      c.record('unknown user', await c.admin('GET', '/users/nope/role-mappings'));
      c.record('unknown group', await c.admin('GET', '/groups/nope/role-mappings'));
    } },
  { id: 'crud-client-edit', title: 'clients: lists, search, partial updates, errors', tags: T, realm,
    async run(c) {
      const names = async (s) => ((await c.admin('GET', `/clients${s}`)).json || []).map?.((x) => x.clientId);
      const q = {}; for (const s of ['', '?clientId=app', '?clientId=ap', '?clientId=ap&search=true', '?clientId=AP&search=true', '?first=0&max=2', '?first=1&max=1', '?clientId=nope', '?viewableOnly=true']) q[s] = await names(s);
      c.fact('ids', q);
      const id = await c.clientUuid('app');
      const CP = { drop: ['secret'] };
      c.record('read', await c.admin('GET', `/clients/${id}`), CP);
      c.record('no body members', await c.admin('PUT', `/clients/${id}`, {}));
      c.record('one member', await c.admin('PUT', `/clients/${id}`, { name: 'The app', attributes: { 'post.logout.redirect.uris': '+', x: 'y' } }));
      c.record('read again', await c.admin('GET', `/clients/${id}`), { ...CP, keepProse: true });
      c.record('remove an attribute', await c.admin('PUT', `/clients/${id}`, { attributes: { x: '' } }));
      c.record('read without', await c.admin('GET', `/clients/${id}`), { pick: ['attributes'] });
      c.record('to a taken id', await c.admin('PUT', `/clients/${id}`, { clientId: 'svc' }));
      c.record('bad redirect', await c.admin('PUT', `/clients/${id}`, { redirectUris: ['http://a b'] }));
      c.record('redirect with fragment', await c.admin('PUT', `/clients/${id}`, { redirectUris: ['http://a.test/#x'] }));
      c.record('script redirect', await c.admin('PUT', `/clients/${id}`, { redirectUris: ['javascript:alert(1)'] }));
      c.record('bad root url', await c.admin('PUT', `/clients/${id}`, { rootUrl: 'no url at all' }));
      c.record('bad base url', await c.admin('PUT', `/clients/${id}`, { baseUrl: 'javascript:x' }));
      c.record('create without id', await c.admin('POST', '/clients', {}));
      c.record('create with empty id', await c.admin('POST', '/clients', { clientId: '' }));
      c.record('create saml', await c.admin('POST', '/clients', { clientId: 'saml', protocol: 'nonsense' }));
      const r = c.record('create with own uuid', await c.admin('POST', '/clients', { id: '11111111-2222-4333-8444-555555555555', clientId: 'own', bearerOnly: true }));
      c.record('read own', await c.admin('GET', `/clients/${last(r)}`), CP);
      c.record('unknown', await c.admin('GET', '/clients/nope'));
      c.record('update unknown', await c.admin('PUT', '/clients/nope', { clientId: 'x' }));
      c.record('delete unknown', await c.admin('DELETE', '/clients/nope'));
      c.record('service account of app', await c.admin('GET', `/clients/${id}/service-account-user`));
      c.record('service account of svc', await c.admin('GET', `/clients/${await c.clientUuid('svc')}/service-account-user`));
      c.record('session count', await c.admin('GET', `/clients/${id}/session-count`));
      c.record('offline session count', await c.admin('GET', `/clients/${id}/offline-session-count`));
      c.record('sessions', await c.admin('GET', `/clients/${id}/user-sessions`));
      c.record('delete a client of the server', await c.admin('DELETE', `/clients/${await c.clientUuid('account')}`));
    } },
  { id: 'crud-scopes', title: 'client scopes: create, change, attach, defaults, errors', tags: T, realm,
    async run(c) {
      const id = last(c.record('create', await c.admin('POST', '/client-scopes', { name: 'team', protocol: 'openid-connect', description: 'd', attributes: { 'include.in.token.scope': 'true' } })));
      c.record('again', await c.admin('POST', '/client-scopes', { name: 'team', protocol: 'openid-connect' }));
      c.record('no name', await c.admin('POST', '/client-scopes', { protocol: 'openid-connect' }));
      c.record('name with space', await c.admin('POST', '/client-scopes', { name: 'a b', protocol: 'openid-connect' }));
      c.record('no protocol', await c.admin('POST', '/client-scopes', { name: 'np' }));
      c.record('read', await c.admin('GET', `/client-scopes/${id}`));
      c.record('change', await c.admin('PUT', `/client-scopes/${id}`, { name: 'crew' }));
      c.record('read again', await c.admin('GET', `/client-scopes/${id}`));
      c.record('to a taken name', await c.admin('PUT', `/client-scopes/${id}`, { name: 'email' }));
      c.record('unknown', await c.admin('GET', '/client-scopes/nope'));
      const app = await c.clientUuid('app');
      c.record('attach', await c.admin('PUT', `/clients/${app}/optional-client-scopes/${id}`));
      c.record('optional', await c.admin('GET', `/clients/${app}/optional-client-scopes`));
      c.record('attach as default too', await c.admin('PUT', `/clients/${app}/default-client-scopes/${id}`));
      c.record('default', await c.admin('GET', `/clients/${app}/default-client-scopes`));
      c.record('attach unknown', await c.admin('PUT', `/clients/${app}/default-client-scopes/nope`));
      c.record('detach', await c.admin('DELETE', `/clients/${app}/optional-client-scopes/${id}`));
      c.record('realm default', await c.admin('PUT', `/default-default-client-scopes/${id}`));
      c.record('realm defaults', await c.admin('GET', '/default-default-client-scopes'));
      c.record('realm optionals', await c.admin('GET', '/default-optional-client-scopes'));
      c.record('realm unknown', await c.admin('PUT', '/default-optional-client-scopes/nope'));
      c.record('delete while attached', await c.admin('DELETE', `/client-scopes/${id}`));
      c.record('remove from realm defaults', await c.admin('DELETE', `/default-default-client-scopes/${id}`));
      c.record('delete again', await c.admin('DELETE', `/client-scopes/${id}`));
      c.record('list', await c.admin('GET', '/client-scopes'), { pick: ['name', 'protocol'] });
    } },
  { id: 'crud-mappers', title: 'protocol mappers: create, change, lists, errors', tags: T, realm,
    async run(c) {
      const app = await c.clientUuid('app'); const P = `/clients/${app}/protocol-mappers`;
      const m = { name: 'm', protocol: 'openid-connect', protocolMapper: 'oidc-hardcoded-claim-mapper', config: { 'claim.name': 'x', 'claim.value': 'y', 'access.token.claim': 'true' } };
      const id = last(c.record('create', await c.admin('POST', `${P}/models`, m)));
      c.record('again', await c.admin('POST', `${P}/models`, m));
      c.record('no name', await c.admin('POST', `${P}/models`, { ...m, name: undefined }));
      c.record('unknown kind', await c.admin('POST', `${P}/models`, { ...m, name: 'u', protocolMapper: 'nope' }));
      c.record('no protocol', await c.admin('POST', `${P}/models`, { ...m, name: 'np', protocol: undefined }));
      c.record('no config', await c.admin('POST', `${P}/models`, { ...m, name: 'nc', config: undefined }));
      c.record('read', await c.admin('GET', `${P}/models/${id}`));
      c.record('list', await c.admin('GET', `${P}/models`));
      c.record('of a protocol', await c.admin('GET', `${P}/protocol/openid-connect`));
      c.record('of another protocol', await c.admin('GET', `${P}/protocol/saml`));
      c.record('change', await c.admin('PUT', `${P}/models/${id}`, { ...m, id, config: { ...m.config, 'claim.value': 'z' } }));
      c.record('read again', await c.admin('GET', `${P}/models/${id}`));
      c.record('unknown', await c.admin('GET', `${P}/models/nope`));
      c.record('change unknown', await c.admin('PUT', `${P}/models/nope`, { ...m, id: 'nope' }));
      c.record('several', await c.admin('POST', `${P}/add-models`, [{ ...m, name: 'p' }, { ...m, name: 'q' }]));
      c.record('several with a taken name', await c.admin('POST', `${P}/add-models`, [{ ...m, name: 'p' }]));
      c.record('delete', await c.admin('DELETE', `${P}/models/${id}`));
      c.record('delete again', await c.admin('DELETE', `${P}/models/${id}`));
      const s = (await c.must('GET', '/client-scopes')).find((x) => x.name === 'email').id;
      c.record('of a scope', await c.admin('GET', `/client-scopes/${s}/protocol-mappers/models`));
      c.record('into a scope', await c.admin('POST', `/client-scopes/${s}/protocol-mappers/models`, m));
    } },
  { id: 'crud-scope-maps', title: 'scope mappings of clients and scopes', tags: T, realm: { ...realm, roles: { realm: [{ name: 'r1' }, { name: 'r2', composites: { realm: ['r1'] } }], client: { svc: [{ name: 'c1' }] } }, clients: [pub('app', { fullScopeAllowed: false }), conf('svc')] },
    async run(c) {
      const app = await c.clientUuid('app'), svc = await c.clientUuid('svc'); const S = `/clients/${app}/scope-mappings`;
      const r2 = await c.must('GET', '/roles/r2'); const c1 = await c.must('GET', `/clients/${svc}/roles/c1`);
      c.record('all', await c.admin('GET', S));
      c.record('available', await c.admin('GET', `${S}/realm/available`));
      c.record('add', await c.admin('POST', `${S}/realm`, [r2]));
      c.record('add client role', await c.admin('POST', `${S}/clients/${svc}`, [c1]));
      c.record('realm', await c.admin('GET', `${S}/realm`));
      c.record('realm effective', await c.admin('GET', `${S}/realm/composite`));
      c.record('client', await c.admin('GET', `${S}/clients/${svc}`));
      c.record('client available', await c.admin('GET', `${S}/clients/${svc}/available`));
      c.record('all again', await c.admin('GET', S));
      c.record('unknown role', await c.admin('POST', `${S}/realm`, [{ id: 'nope', name: 'nope' }]));
      c.record('unknown client', await c.admin('GET', `${S}/clients/nope`));
      c.record('remove', await c.admin('DELETE', `${S}/realm`, [r2]));
      c.record('remove all', await c.admin('DELETE', `${S}/clients/${svc}`));
      c.record('of unknown', await c.admin('GET', '/clients/nope/scope-mappings'));
      c.record('of an unknown scope', await c.admin('GET', '/client-scopes/nope/scope-mappings'));
    } },
  { id: 'crud-default-groups', title: 'default groups', tags: T, realm: { ...realm, groups: [{ name: 'all' }, { name: 'some' }] },
    async run(c) {
      const [a, s] = (await c.must('GET', '/groups')).sort((x, y) => (x.name < y.name ? -1 : 1));
      c.record('none', await c.admin('GET', '/default-groups'));
      c.record('add', await c.admin('PUT', `/default-groups/${a.id}`));
      c.record('add again', await c.admin('PUT', `/default-groups/${a.id}`));
      c.record('list', await c.admin('GET', '/default-groups'));
      c.record('unknown', await c.admin('PUT', '/default-groups/nope'));
      const id = last(await c.admin('POST', '/users', { username: 'new', enabled: true }));
      c.record('groups of a new user', await c.admin('GET', `/users/${id}/groups`));
      c.record('realm', await c.admin('GET', ''), { pick: ['defaultGroups', 'defaultRole'] });
      c.record('remove another', await c.admin('DELETE', `/default-groups/${s.id}`));
      c.record('remove', await c.admin('DELETE', `/default-groups/${a.id}`));
      c.record('remove unknown', await c.admin('DELETE', '/default-groups/nope'));
      c.record('group of the defaults goes', await c.admin('DELETE', `/groups/${a.id}`));
      c.record('roles of a new user', await c.admin('GET', `/users/${id}/role-mappings/realm`));
    } },
  { id: 'crud-components', title: 'components: list, read, create, change, delete, errors', tags: T, realm,
    async run(c) {
      const K = 'org.keycloak.keys.KeyProvider';
      const rid = (await c.must('GET', '')).id;
      c.record('of another parent', await c.admin('GET', '/components?parent=nope'));
      const body = { name: 'aes2', providerId: 'aes-generated', providerType: K, parentId: rid, config: { priority: ['5'], secretSize: ['32'] } };
      const id = last(c.record('create', await c.admin('POST', '/components', body)));
      c.record('read', await c.admin('GET', `/components/${id}`), { drop: ['kid', 'secret'] });
      c.record('change', await c.admin('PUT', `/components/${id}`, { ...body, id, config: { priority: ['7'] } }));
      c.record('read again', await c.admin('GET', `/components/${id}`), { drop: ['kid', 'secret'] });
      c.record('bad priority', await c.admin('POST', '/components', { ...body, config: { priority: ['x'] } }));
      c.record('unknown provider', await c.admin('POST', '/components', { ...body, providerId: 'nope' }));
      c.record('unknown type', await c.admin('POST', '/components', { ...body, providerType: 'nope' }));
      c.record('no name', await c.admin('POST', '/components', { ...body, name: undefined }));
      c.record('unknown', await c.admin('GET', '/components/nope'));
      c.record('change unknown', await c.admin('PUT', '/components/nope', body));
      c.record('delete', await c.admin('DELETE', `/components/${id}`));
      c.record('delete again', await c.admin('DELETE', `/components/${id}`));
    } },
  { id: 'crud-profile', title: 'user profile: read, change, errors', tags: T, realm,
    async run(c) {
      const p = c.record('read', await c.admin('GET', '/users/profile'), { keepProse: true }).json;
      c.record('metadata', await c.admin('GET', '/users/profile/metadata'));
      const more = { name: 'nick', displayName: 'Nick', validations: { length: { min: 2, max: 5 } }, permissions: { view: ['admin', 'user'], edit: ['admin'] }, multivalued: false };
      c.record('add', await c.admin('PUT', '/users/profile', { ...p, attributes: [...p.attributes, more] }));
      const id = await c.userId('alice');
      const u = await c.must('GET', `/users/${id}`);
      c.record('too short', await c.admin('PUT', `/users/${id}`, { ...u, attributes: { nick: ['x'] } }));
      c.record('good', await c.admin('PUT', `/users/${id}`, { ...u, attributes: { nick: ['xyz'] } }));
      c.record('user', await c.admin('GET', `/users/${id}`), { pick: ['attributes', 'username'] });
      c.record('twice', await c.admin('PUT', '/users/profile', { ...p, attributes: [...p.attributes, more, more] }));
      c.record('no name', await c.admin('PUT', '/users/profile', { ...p, attributes: [...p.attributes, {}] }));
      c.record('bad validator', await c.admin('PUT', '/users/profile', { ...p, attributes: [...p.attributes, { name: 'z', validations: { nope: {} } }] }));
      c.record('without username', await c.admin('PUT', '/users/profile', { ...p, attributes: p.attributes.filter((a) => a.name !== 'username') }));
      c.record('unknown group', await c.admin('PUT', '/users/profile', { ...p, attributes: [...p.attributes, { name: 'z', group: 'nope' }] }));
      c.record('required', await c.admin('PUT', '/users/profile', { ...p, attributes: [...p.attributes, { ...more, required: {} }] }));
      c.record('create without it', await c.admin('POST', '/users', { username: 'carol', enabled: true }));
      c.record('unmanaged', await c.admin('GET', `/users/${id}/unmanagedAttributes`));
    } },
  { id: 'crud-attack', title: 'attack detection: unknown users, clearing one', tags: T, realm: { ...realm, bruteForceProtected: true, failureFactor: 2, quickLoginCheckMilliSeconds: 0, waitIncrementSeconds: 60 },
    async run(c) {
      const id = await c.userId('alice');
      c.record('unknown user', await c.admin('GET', '/attack-detection/brute-force/users/nope'));
      for (let i = 0; i < 2; i++) { await c.password('alice', 'bad'); await c.sleep(1200); }
      c.fact('locked', (await c.admin('GET', `/attack-detection/brute-force/users/${id}`)).json.disabled);
      c.record('with brute force', await c.admin('GET', '/ui-ext/brute-force-user?search=alice'), { pick: ['username', 'enabled', 'bruteForceStatus'], map: (v) => (Array.isArray(v) ? v.map((u) => ({ username: u.username, enabled: u.enabled, disabled: u.bruteForceStatus?.disabled })) : v) });
      c.record('clear', await c.admin('DELETE', `/attack-detection/brute-force/users/${id}`));
      c.record('none', await c.admin('GET', `/attack-detection/brute-force/users/${id}`));
      c.record('clear unknown', await c.admin('DELETE', '/attack-detection/brute-force/users/nope'));
      c.record('login', await c.password('alice'), { pick: ['token_type', 'error'] });
    } },
  { id: 'crud-realm-edit', title: 'realms: partial updates, bad values, names, list', tags: T, realm,
    async run(c) {
      const P = { pick: ['displayName', 'accessTokenLifespan', 'attributes', 'sslRequired', 'loginTheme', 'supportedLocales', 'internationalizationEnabled', 'defaultLocale', 'smtpServer'], keepProse: true };
      c.record('empty', await c.admin('PUT', '', {}));
      c.record('change', await c.admin('PUT', '', { displayName: 'Shown', accessTokenLifespan: 111, attributes: { mine: 'yes' }, internationalizationEnabled: true, supportedLocales: ['en', 'de'], defaultLocale: 'de', smtpServer: { host: 'h', from: 'a@b.test', password: 'geheim', user: 'u' } }));
      c.record('read', await c.admin('GET', ''), P);
      c.record('bad ssl', await c.admin('PUT', '', { sslRequired: 'sometimes' }));
      c.record('not a number', await c.admin('PUT', '', { accessTokenLifespan: 'long' }));
      c.record('unknown member', await c.admin('PUT', '', { nonsense: true }));
      c.record('empty display name', await c.admin('PUT', '', { displayName: '' }));
      c.record('read after', await c.admin('GET', ''), P);
      c.record('taken name', await c.admin('PUT', '', { realm: 'master' }));
      c.record('bad name', await c.admin('POST', '//realms', { realm: 'a/b' }));
      c.record('name with space', await c.admin('POST', '//realms', { realm: `${c.realm} x`, enabled: false }));
      await c.admin('DELETE', `//realms/${encodeURIComponent(`${c.realm} x`)}`);
      c.record('list', await c.admin('GET', '//realms?briefRepresentation=true'), { map: (v) => v.filter((r) => r.realm === c.realm) });
      c.record('update unknown', await c.admin('PUT', '//realms/no-such-realm', {}));
      c.record('delete unknown', await c.admin('DELETE', '//realms/no-such-realm'));
      c.record('client session stats', await c.admin('GET', '/client-session-stats'));
      c.record('logout all', await c.admin('POST', '/logout-all'));
      c.record('push revocation', await c.admin('POST', '/push-revocation'));
      c.record('credential registrators', await c.admin('GET', '/credential-registrators'));
      c.record('events config', await c.admin('GET', '/events/config'), { pick: ['eventsEnabled', 'eventsListeners', 'adminEventsEnabled', 'adminEventsDetailsEnabled'] });
      c.record('unknown path', await c.admin('GET', '/no-such-thing'));
      c.record('method not allowed', await c.admin('PATCH', '/users'));
    } },
  { id: 'crud-rights', title: 'what callers with few rights are told', tags: T, realm: { ...realm, users: [user('alice'), ...['view-users', 'query-users', 'view-clients', 'query-clients', 'manage-users', 'query-groups', 'view-realm'].map((r) => user(`u-${r}`, { clientRoles: { 'realm-management': [r] } }))] },
    async run(c) {
      const id = await c.userId('alice'); const app = await c.clientUuid('app');
      for (const r of ['view-users', 'query-users', 'view-clients', 'query-clients', 'manage-users', 'query-groups', 'view-realm']) {
        const token = (await c.grant(`u-${r}`)).access_token; const out = {};
        for (const p of ['', '/users', '/users/count', `/users/${id}`, '/groups', '/groups/count', '/roles', '/clients', `/clients/${app}`, '/client-scopes', '/components', '/keys', '/events', '/authentication/flows', '/users/profile', '/identity-provider/instances', '/default-groups', '/attack-detection/brute-force/users/x', '/sessions/x']) { const a = await c.admin('GET', p, undefined, { token }); out[p.replace(id, ':id').replace(app, ':app')] = Array.isArray(a.json) ? `${a.status} list${a.json.length === 0 ? ' empty' : ''}` : a.status; }
        c.fact(r, out);
      }
      const token = (await c.grant('alice')).access_token;
      c.record('nothing at all', await c.admin('GET', '', undefined, { token }));
      c.record('creates', await c.admin('POST', '/users', { username: 'x' }, { token }));
      c.record('no token', await c.admin('GET', '/users', undefined, { noAuth: true }));
      c.record('other realm', await c.admin('GET', '//realms/master/users', undefined, { token }));
      c.record('realms', await c.admin('GET', '//realms', undefined, { token }));
    } },
];
