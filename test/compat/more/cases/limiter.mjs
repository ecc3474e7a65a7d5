import { DENY, OLDEST, directSteps, browserSteps, user, pub, OFFLINE } from '../../oracle/lib.mjs';
import { limiterCase } from '../../oracle/scenarios.mjs';

const al = (c, x = {}) => ({ d: 'alice', c, ...x });
const br = (c, x = {}) => ({ b: 'alice', c, ...x });
const cfg = (realm, client, behavior = DENY, more = {}) => ({ userRealmLimit: String(realm), userClientLimit: String(client), behavior, ...more });
const role = { realm: { roles: { realm: [{ name: 'capped' }] } }, users: [user('alice', { realmRoles: ['capped'] }), user('bob')] };
const conditional = (lim, kind) => {
  const sub = { flow: `cap ${kind}`, req: 'CONDITIONAL', steps: [['conditional-user-role', 'REQUIRED', { condUserRole: 'capped', negate: 'false' }], lim] };
  return kind === 'direct' ? directSteps(sub) : browserSteps(sub);
};
export default [
  limiterCase({ id: 'b-lim-conditional-direct', events: true, title: 'direct grant: limiter in a conditional sub-flow', ...role, after: ['alice', 'bob'], config: cfg(1, 0), flow: conditional, steps: [al(), al(), { d: 'bob' }, { d: 'bob' }] }),
  limiterCase({ id: 'b-lim-conditional-browser', title: 'browser: limiter in a conditional sub-flow', binding: 'browser', ...role, after: ['alice', 'bob'], config: cfg(1, 0), flow: conditional, steps: [br(), br(), { b: 'bob' }, { b: 'bob' }] }),
  limiterCase({ id: 'b-lim-both-flows', events: true, title: 'both flows: sessions of the browser count in the direct grant', binding: ['browser', 'direct'], config: cfg(2, 0), steps: [br(), al(), al(), br()] }),
  limiterCase({ id: 'b-lim-client-oldest', events: true, title: 'direct grant: client limit, terminate oldest', config: cfg(0, 1, OLDEST), steps: [al(), al('app2'), al(), { refresh: 's1' }, { refresh: 's2' }] }),
  limiterCase({ id: 'b-lim-oldest-two', title: 'direct grant: realm limit 2, terminate oldest', config: cfg(2, 0, OLDEST), steps: [al(), al(), al(), al()] }),
  limiterCase({ id: 'b-lim-lowered', title: 'direct grant: limit lowered, terminate oldest', config: cfg(3, 0, OLDEST), steps: [al(), al(), al(), { config: cfg(1, 0, OLDEST) }, al()] }),
  limiterCase({ id: 'b-lim-lowered-deny', title: 'direct grant: limit lowered, deny, then raised', config: cfg(3, 0), steps: [al(), al(), { config: cfg(1, 0) }, al(), { config: cfg(3, 0) }, al(), al()] }),
  limiterCase({ id: 'b-lim-freed', title: 'direct grant: a place is freed by an end, a logout, an administrator', config: cfg(1, 0), steps: [al(), al(), { end: 's1' }, al(), { logout: 's3' }, al(), { logoutUser: 'alice' }, al()] }),
  limiterCase({ id: 'b-lim-offline', title: 'direct grant: offline sessions do not count', users: [user('alice', OFFLINE)], config: cfg(1, 0), steps: [al(undefined, { form: { scope: 'offline_access' } }), al(undefined, { form: { scope: 'offline_access' } }), al(), al()] }),
  limiterCase({ id: 'b-lim-browser-client', title: 'browser: client limit 1, terminate oldest', binding: 'browser', config: cfg(0, 1, OLDEST), steps: [br(), br('app2'), br(), br('app2')] }),
  limiterCase({ id: 'b-lim-browser-both', title: 'browser: both limits, deny', binding: 'browser', config: cfg(2, 1), steps: [br(), br(), br('app2'), br('app2'), br('app', { in: 'A' })] }),
  limiterCase({ id: 'b-lim-reauth', events: true, title: 'browser: prompt=login with the cap reached', binding: 'browser', config: cfg(1, 0), steps: [br('app', { in: 'A' }), br('app', { in: 'A', auth: { prompt: 'login' } }), br('app', { in: 'A', auth: { max_age: '0' } }), br('app', { in: 'B' })] }),
  limiterCase({ id: 'b-lim-reauth-oldest', title: 'browser: prompt=login, terminate oldest', binding: 'browser', config: cfg(1, 0, OLDEST), steps: [br('app', { in: 'A' }), br('app', { in: 'A', auth: { prompt: 'login' } }), br('app2', { in: 'A' })] }),
  limiterCase({ id: 'b-lim-reauth-client', title: 'browser: client limit, prompt=login', binding: 'browser', config: cfg(0, 1), steps: [br('app', { in: 'A' }), br('app', { in: 'A', auth: { prompt: 'login' } }), br('app2', { in: 'A' }), br('app2', { in: 'A', auth: { prompt: 'login' } })] }),
  limiterCase({ id: 'b-lim-override', title: 'limiter for one client only', config: cfg(1, 0), extra: { only: 'app' }, steps: [al(), al(), al('app2'), al('app2'), al()] }),
  limiterCase({ id: 'b-lim-override-browser', title: 'browser: limiter for one client only', binding: 'browser', config: cfg(1, 0), extra: { only: 'app' }, steps: [br(), br(), br('app2'), br('app2')] }),
  limiterCase({ id: 'b-lim-disabled', title: 'direct grant: a limiter that is disabled', config: cfg(1, 0), extra: { requirement: 'DISABLED' }, steps: [al(), al()] }),
  limiterCase({ id: 'b-lim-two', events: true, title: 'direct grant: two limiters', config: cfg(2, 0), flow: (lim) => directSteps(lim, ['user-session-limits', 'REQUIRED', cfg(0, 1, OLDEST)]), steps: [al(), al(), al('app2'), al('app2')] }),
  limiterCase({ id: 'b-lim-two-denies', title: 'direct grant: two limiters with messages', config: cfg(2, 0, DENY, { errorMessage: 'first' }), flow: (lim) => directSteps(lim, ['user-session-limits', 'REQUIRED', cfg(0, 1, DENY, { errorMessage: 'second' })]), steps: [al(), al(undefined, { accept: 'application/json' }), al('app2'), al('app2', { accept: 'application/json' })] }),
  limiterCase({ id: 'b-lim-before-cookie', title: 'browser: limiter in a sub-flow after the cookie', binding: 'browser', config: cfg(1, 0), flow: (lim) => [{ flow: 'who', req: 'REQUIRED', steps: [['auth-cookie', 'ALTERNATIVE'], { flow: 'form', req: 'ALTERNATIVE', steps: [['auth-username-password-form', 'REQUIRED']] }] }, { flow: 'cap', req: 'REQUIRED', steps: [lim] }], steps: [br('app', { in: 'A' }), br('app', { in: 'A' }), br('app2', { in: 'A' }), br('app', { in: 'B' })] }),
  limiterCase({ id: 'b-lim-before-cookie-client', title: 'browser: client limit after the cookie', binding: 'browser', config: cfg(0, 1), flow: (lim) => [{ flow: 'who', req: 'REQUIRED', steps: [['auth-cookie', 'ALTERNATIVE'], { flow: 'form', req: 'ALTERNATIVE', steps: [['auth-username-password-form', 'REQUIRED']] }] }, { flow: 'cap', req: 'REQUIRED', steps: [lim] }], steps: [br('app', { in: 'A' }), br('app', { in: 'A' }), br('app2', { in: 'A' }), br('app2', { in: 'B' }), br('app', { in: 'B' })] }),
  limiterCase({ id: 'b-lim-after-cookie-oldest', title: 'browser: limiter after the cookie, terminate oldest', binding: 'browser', config: cfg(1, 0, OLDEST), flow: (lim) => [{ flow: 'who', req: 'REQUIRED', steps: [['auth-cookie', 'ALTERNATIVE'], { flow: 'form', req: 'ALTERNATIVE', steps: [['auth-username-password-form', 'REQUIRED']] }] }, { flow: 'cap', req: 'REQUIRED', steps: [lim] }], steps: [br('app', { in: 'A' }), br('app2', { in: 'A' }), br('app', { in: 'B' }), br('app', { in: 'A' })] }),
  limiterCase({ id: 'b-lim-username-first', title: 'browser: limiter between user name and password', binding: 'browser', config: cfg(1, 0), flow: (lim) => [['auth-cookie', 'ALTERNATIVE'], { flow: 'name first', req: 'ALTERNATIVE', steps: [['auth-username-form', 'REQUIRED'], lim, ['auth-password-form', 'REQUIRED']] }],
    steps: [], finish: async (c) => {
      const go = async (n) => { const b = c.browser(); await b.open(c.authUrl()); c.record(`${n} name`, await b.submit({ username: 'alice' })); if (b.page.kind === 'password') c.record(`${n} password`, await b.submit({ password: 'pw' })); };
      await go('first'); await go('second');
    } }),
  limiterCase({ id: 'b-lim-message-key', title: 'direct grant: message given as a key, and empty', config: cfg(1, 0, DENY, { errorMessage: 'sessionLimitExceeded' }), steps: [al(), al(undefined, { accept: 'application/json' }), { config: cfg(1, 0, DENY, { errorMessage: '' }) }, al(undefined, { accept: 'application/json' }), { config: cfg(1, 0, DENY, { errorMessage: '<b>no</b>' }) }, al(undefined, { accept: 'application/json' })] }),
  limiterCase({ id: 'b-lim-browser-after-denial', title: 'browser: after the denial', binding: 'browser', config: cfg(1, 0), steps: [br('app', { in: 'A' })],
    finish: async (c) => {
      const b = c.browser();
      await b.open(c.authUrl());
      const page = b.page;
      c.record('denied', await b.login('alice'));
      c.record('same post again', await b.submit({ username: 'alice', password: 'pw' }, { page }));
      c.record('open again', await b.open(c.authUrl()));
      c.record('prompt none', await b.open(c.authUrl({ prompt: 'none' })));
      await c.must('POST', `/users/${await c.userId('alice')}/logout`);
      await b.open(c.authUrl());
      c.record('free now', await b.login('alice'));
    } }),
  limiterCase({ id: 'b-lim-other-client-deny', title: 'direct grant: both limits, deny, several clients', clients: [pub('app'), pub('app2'), pub('app3')], config: cfg(3, 1), steps: [al(), al('app2'), al('app3'), al('app'), al('app2'), { end: 's1' }, al('app2'), al('app')] }),
  limiterCase({ id: 'b-lim-other-client-oldest', events: true, title: 'direct grant: both limits, terminate, several clients', clients: [pub('app'), pub('app2'), pub('app3')], config: cfg(2, 1, OLDEST), steps: [al(), al('app2'), al('app3'), al('app3')] }),
  limiterCase({ id: 'b-lim-copied-flow', title: 'limiter added to a copy of the built-in direct grant flow', config: null, steps: [], flow: () => directSteps(),
    finish: async (c) => {
      await c.must('POST', '/authentication/flows/direct%20grant/copy', { newName: 'mine' });
      await c.addExecution('mine', 'user-session-limits', 'REQUIRED', { userRealmLimit: '1', userClientLimit: '1', behavior: DENY });
      await c.bind({ directGrantFlow: 'mine' });
      c.record('one', await c.password('alice'), { pick: ['token_type'] });
      c.record('two', await c.password('alice', 'pw', {}, { headers: { accept: 'application/json' } }));
      c.record('config', await c.admin('GET', `/authentication/config/${(await c.execution('mine', 'user-session-limits')).authenticationConfig}`), { drop: ['alias'] });
      c.record('description', await c.admin('GET', '/authentication/config-description/user-session-limits'));
    } }),
];
