import { describe, expect, it } from 'vitest';
import {
  ENVIRONMENT,
  TestLogin,
  alternative,
  attempted,
  conditional,
  disabled,
  error,
  flow,
  form,
  gist,
  page,
  required,
  success,
  userFacts,
} from '../../test/support/flow-builder.js';
import type { Fakes } from '../../test/support/flow-builder.js';

const ALICE = success({ userId: 'alice', credentialType: 'password' });
const hasUser: Fakes[string] = { holds: ({ userId }) => userId !== undefined };

/** The built-in browser flow of the reference (1.2), organization included. */
const browser = flow(
  'browser',
  alternative('auth-cookie'),
  disabled('auth-spnego'),
  alternative('identity-provider-redirector'),
  alternative(
    flow(
      'Organization',
      conditional(
        flow(
          'Browser - Conditional Organization',
          required('conditional-user-configured', { id: 'org-configured' }),
          alternative('organization'),
        ),
      ),
    ),
  ),
  alternative(
    flow(
      'forms',
      required('auth-username-password-form'),
      conditional(
        flow(
          'Browser - Conditional 2FA',
          required('conditional-user-configured', { id: '2fa-configured' }),
          required('conditional-credential'),
          alternative('auth-otp-form'),
          disabled('webauthn-authenticator'),
        ),
      ),
    ),
  ),
);

const browserFakes = (twoFactor: boolean, cookie = attempted): Fakes => ({
  'auth-cookie': { start: cookie },
  'auth-spnego': { start: error('configuration_error') },
  'identity-provider-redirector': { start: attempted },
  organization: { start: attempted },
  'conditional-user-configured': {
    holds: ({ userId, execution }) => userId !== undefined && twoFactor && execution.id === '2fa-configured',
  },
  'conditional-credential': { holds: ({ credentialTypes }) => !credentialTypes.includes('webauthn-passwordless') },
  'auth-username-password-form': form('login', ALICE),
  'auth-otp-form': form('login-otp', success({ credentialType: 'otp' }), {
    needsUser: true,
    credentialType: 'otp',
    configured: true,
  }),
  'webauthn-authenticator': { start: error('configuration_error') },
});

describe('the built-in browser flow', () => {
  it('asks for the password, refuses a wrong one and lets the right one in', async () => {
    const login = new TestLogin(browser, browserFakes(false));
    expect(gist(await login.begin())).toBe('page login');
    const wrong = await login.submit('auth-username-password-form', { password: 'no' });
    expect(gist(wrong)).toBe('page login');
    expect(wrong.attempts).toMatchObject([
      { code: 'invalid_credentials', counts: true, executionId: 'auth-username-password-form' },
    ]);
    expect(gist(await login.submit('auth-username-password-form'))).toBe('passed alice');
    expect(login.state.credentialTypes).toEqual(['password']);
  });

  it('asks a user with a second factor for it', async () => {
    const login = new TestLogin(browser, browserFakes(true), userFacts({ alice: ['password', 'otp'] }));
    await login.begin();
    expect(gist(await login.submit('auth-username-password-form'))).toBe('page login-otp');
    expect(login.state.currentExecution).toBe('auth-otp-form');
    expect(gist(await login.submit('auth-otp-form'))).toBe('passed alice');
    expect(login.state.credentialTypes).toEqual(['password', 'otp']);
  });

  it('lets a valid cookie in without a page', async () => {
    const login = new TestLogin(browser, browserFakes(true, success({ userId: 'bob' })));
    expect(gist(await login.begin())).toBe('passed bob');
    expect(login.asked.filter((id) => !id.endsWith('-configured'))).toEqual(['auth-cookie']);
  });

  it('walks on from the first unfinished ancestor: the organization is not tried again after the password', async () => {
    const login = new TestLogin(browser, browserFakes(false));
    await login.begin();
    login.asked.length = 0;
    await login.submit('auth-username-password-form');
    expect(login.asked).toEqual(['2fa-configured']);
  });
});

describe('the built-in direct grant flow', () => {
  const directGrant = flow(
    'direct grant',
    required('username'),
    required('password'),
    conditional(flow('Direct Grant - Conditional OTP', required('conditional-user-configured'), required('otp'))),
  );
  const fakes = (hasOtp: boolean, password = success({ credentialType: 'password' })): Fakes => ({
    username: { start: success({ userId: 'alice', details: { username: 'alice' } }) },
    password: { start: password, needsUser: true },
    'conditional-user-configured': { holds: hasOtp },
    otp: { start: error('invalid_credentials'), needsUser: true, credentialType: 'otp', configured: true },
  });
  const direct = { ...ENVIRONMENT, channel: 'direct' } as const;

  it('passes in one run', async () => {
    const login = new TestLogin(directGrant, fakes(false), userFacts(), direct);
    const result = await login.begin();
    expect(gist(result)).toBe('passed alice');
    expect(result.state.details).toEqual({ username: 'alice' });
    expect(login.asked).toEqual(['username', 'password', 'conditional-user-configured']);
  });

  it.each([
    ['a wrong password', false, error('invalid_credentials'), 'refused invalid_credentials'],
    ['a missing one-time code', true, undefined, 'refused invalid_credentials'],
    ['a password step that only attempts', false, attempted, 'refused invalid_credentials'],
    ['a step that would show a page', false, page('login'), 'page login'],
  ])('%s', async (_, hasOtp, password, expected) => {
    const login = new TestLogin(directGrant, fakes(hasOtp, password), userFacts(), direct);
    expect(gist(await login.begin())).toBe(expected);
  });
});

describe('conditions', () => {
  const fakes: Fakes = {
    hasUser,
    extra: form('extra'),
    find: { start: success({ userId: 'alice' }) },
    form: form('form', ALICE),
    broken: { holds: error('unknown_user') },
  };

  it('are evaluated again after a posted form', async () => {
    const login = new TestLogin(
      flow('f', conditional(flow('x', required('hasUser'), required('extra'))), required('form')),
      fakes,
    );
    expect(gist(await login.begin())).toBe('page form');
    expect(gist(await login.submit('form'))).toBe('page extra');
    expect(gist(await login.submit('extra'))).toBe('passed alice');
  });

  it('are not evaluated again within one walk', async () => {
    const login = new TestLogin(
      flow('f', conditional(flow('x', required('hasUser'), required('extra'))), required('find')),
      fakes,
    );
    expect(gist(await login.begin())).toBe('passed alice');
    expect(login.asked).toEqual(['hasUser', 'find']);
  });

  it('that cannot tell are errors of the flow', async () => {
    const login = new TestLogin(
      flow('f', required('find'), conditional(flow('x', required('broken'), required('extra')))),
      fakes,
    );
    expect(gist(await login.begin())).toBe('refused unknown_user');
  });

  it('without a provider close the flow instead of vanishing', async () => {
    const unknown = conditional(flow('x', required('conditional-of-a-fork'), required('extra')));
    const login = new TestLogin(flow('f', required('find'), unknown), fakes);
    expect(gist(await login.begin())).toBe('refused configuration_error');
  });
});

describe('try another way', () => {
  const secondFactor = flow(
    'f',
    required('form'),
    required(flow('2fa', alternative('otp'), alternative('webauthn'), alternative('hidden'))),
  );
  const factor = (type: string) =>
    form(type, success({ credentialType: type }), { needsUser: true, credentialType: type, configured: true });
  const fakes: Fakes = {
    form: form('form', ALICE),
    otp: factor('otp'),
    webauthn: factor('webauthn'),
    hidden: { start: attempted },
  };
  const start = async (types: string[]): Promise<TestLogin> => {
    const login = new TestLogin(secondFactor, fakes, userFacts({ alice: types }));
    await login.begin();
    await login.submit('form');
    return login;
  };

  it("begins with the user's own first credential", async () => {
    const login = await start(['password', 'webauthn', 'otp']);
    expect(login.result && gist(login.result)).toBe('page webauthn');
    expect(login.state.options?.map(({ executionId }) => executionId)).toEqual(['webauthn', 'otp']);
    expect(gist(await login.submit('webauthn'))).toBe('passed alice');
  });

  it('offers the others and switches', async () => {
    const login = await start(['otp', 'webauthn']);
    const choice = await login.chooser();
    expect(choice).toMatchObject({
      kind: 'page',
      state: { choosing: true, currentExecution: 'otp' },
      view: {
        page: 'select-authenticator',
        data: {
          options: [
            { executionId: 'otp', authenticator: 'otp' },
            { executionId: 'webauthn', authenticator: 'webauthn' },
          ],
        },
      },
    });
    expect(gist(await login.refresh())).toBe('page select-authenticator');
    expect(gist(await login.select('webauthn'))).toBe('page webauthn');
    expect(login.state.choosing).toBeUndefined();
    expect(gist(await login.refresh())).toBe('page webauthn');
    expect(gist(await login.submit('webauthn'))).toBe('passed alice');
  });

  it('refuses what it does not offer', async () => {
    const login = await start(['otp']);
    for (const id of ['webauthn', 'hidden', 'form', 'nonsense']) {
      await expect(login.select(id)).rejects.toMatchObject({ code: 'execution_not_allowed' });
    }
  });

  it('offers nothing where there is no choice', async () => {
    const login = await start(['otp']);
    expect(login.state.options).toBeUndefined();
  });

  it('crosses sub-flows while each step is the first of its flow', async () => {
    const either = flow(
      'f',
      alternative(flow('a', required('password'), required('allow'))),
      alternative(flow('b', required('otp'))),
    );
    const login = new TestLogin(
      either,
      { ...fakes, password: factor('password'), allow: { start: success() } },
      userFacts({ alice: ['otp', 'password'] }),
    );
    expect(gist(await login.begin({ userId: 'alice', userFixed: true }))).toBe('page otp');
    expect(gist(await login.select('password'))).toBe('page password');
    expect(gist(await login.submit('password'))).toBe('passed alice');
  });

  it('keeps the page of the preferred way when the answer is wrong', async () => {
    const login = await start(['webauthn', 'otp']);
    expect(gist(await login.submit('webauthn', {}))).toBe('page webauthn');
  });
});

describe('a user without what a step needs', () => {
  const fakes = (setupAction?: string): Fakes => ({
    find: { start: success({ userId: 'alice' }) },
    otp: {
      ...form('otp', success(), { needsUser: true, credentialType: 'otp', configured: false }),
      ...(setupAction === undefined ? {} : { setupAction }),
    },
    allow: { start: success() },
  });
  const twoSteps = flow('f', required('find'), required('otp'));

  it.each([
    ['sets it up after the login', 'CONFIGURE_TOTP', ['CONFIGURE_TOTP'], 'passed alice'],
    ['cannot when the action is disabled', 'CONFIGURE_TOTP', [], 'refused credential_setup_required'],
    ['cannot when there is no action', undefined, ['CONFIGURE_TOTP'], 'refused credential_setup_required'],
  ])('%s', async (_, action, enabled, expected) => {
    const login = new TestLogin(twoSteps, fakes(action), userFacts({}, enabled));
    expect(gist(await login.begin())).toBe(expected);
    expect(login.state.requiredActions).toEqual(expected.startsWith('passed') ? ['CONFIGURE_TOTP'] : []);
  });

  it('goes on to the next alternative', async () => {
    const login = new TestLogin(
      flow('f', required('find'), required(flow('g', alternative('otp'), alternative('allow')))),
      fakes('CONFIGURE_TOTP'),
      userFacts({}, ['CONFIGURE_TOTP']),
    );
    expect(gist(await login.begin())).toBe('passed alice');
    expect(login.state.requiredActions).toEqual([]);
    expect(login.asked).toEqual(['find', 'allow']);
    expect(login.state.context.statuses).toEqual({ find: 'SUCCESS', allow: 'SUCCESS', g: 'SUCCESS' });
  });

  it('is an error for a step that needs no user but finds one it cannot check', async () => {
    const validator: Fakes = {
      find: { start: success({ userId: 'alice' }) },
      check: { start: success(), credentialType: 'x', configured: false },
    };
    const login = new TestLogin(flow('f', required('find'), required('check')), validator);
    expect(gist(await login.begin())).toBe('refused credential_setup_required');
  });

  it('is unknown where a step needs somebody', async () => {
    const login = new TestLogin(flow('f', required('otp'), required('find')), fakes());
    expect(gist(await login.begin())).toBe('refused unknown_user');
    expect(login.asked).toEqual([]);
  });
});

describe('errors and refusals', () => {
  it('ends with the last error when every alternative failed', async () => {
    const login = new TestLogin(flow('f', alternative('a'), alternative(flow('g', required('b'))), alternative('c')), {
      a: { start: error('user_disabled') },
      b: { start: error('user_temporarily_disabled') },
      c: { start: attempted },
    });
    const result = await login.begin();
    expect(result).toMatchObject({ kind: 'refused', code: 'user_temporarily_disabled', status: 400 });
    expect(result.attempts.map(({ code }) => code)).toEqual(['user_disabled', 'user_temporarily_disabled']);
    expect(login.state.context.statuses).toMatchObject({ a: 'ATTEMPTED', g: 'ATTEMPTED', c: 'ATTEMPTED' });
  });

  it('swallows nothing where no alternative stands around', async () => {
    const login = new TestLogin(flow('f', required(flow('g', required('a'))), required('b')), {
      a: { start: error('user_disabled') },
      b: { start: success({ userId: 'alice' }) },
    });
    expect(gist(await login.begin())).toBe('refused user_disabled');
    expect(login.asked).toEqual(['a']);
  });

  it('ends at once with a refusal inside an ALTERNATIVE', async () => {
    const login = new TestLogin(flow('f', alternative('deny'), alternative('allow')), {
      deny: { start: { kind: 'refuse', code: 'access_denied', message: { key: 'accessDenied' }, status: 401 } },
      allow: { start: success({ userId: 'alice' }) },
    });
    expect(await login.begin()).toMatchObject({
      kind: 'refused',
      code: 'access_denied',
      status: 401,
      message: { key: 'accessDenied' },
      attempts: [{ code: 'access_denied', counts: true }],
    });
    expect(login.asked).toEqual(['deny']);
  });

  it.each(['session_limit_exceeded', 'configuration_error', 'missing_credentials'] as const)(
    'never counts %s',
    async (code) => {
      const start = { kind: 'refuse', code, message: { key: 'x' }, status: 403, counts: true } as const;
      const login = new TestLogin(flow('f', required('a')), { a: { start } });
      expect((await login.begin()).attempts).toMatchObject([{ code, counts: false }]);
    },
  );

  it('refuses a second, different user', async () => {
    const login = new TestLogin(flow('f', required('a'), required('b')), {
      a: { start: success({ userId: 'alice' }) },
      b: { start: success({ userId: 'bob' }) },
    });
    expect(await login.begin()).toMatchObject({ kind: 'refused', code: 'user_conflict', attempts: [] });
    expect(login.state.userId).toBe('alice');
  });

  it('lets nobody in without a user', async () => {
    const login = new TestLogin(flow('f', required('a')), { a: { start: success() } });
    expect(gist(await login.begin())).toBe('refused unknown_user');
  });

  it.each([
    ['no user', {}, 'refused unknown_user'],
    ['a user', { userId: 'alice' }, 'refused invalid_credentials'],
  ])('ends an unsuccessful flow with %s', async (_, initial, expected) => {
    const login = new TestLogin(flow('f', required('a')), { a: { start: attempted } });
    expect(gist(await login.begin(initial))).toBe(expected);
  });

  it('treats an unknown provider as a configuration error', async () => {
    const login = new TestLogin(flow('f', alternative('gone'), alternative('a')), {
      a: { start: success({ userId: 'alice' }) },
    });
    expect(gist(await login.begin())).toBe('passed alice');
    const alone = new TestLogin(flow('f', required('gone')), {});
    expect(gist(await alone.begin())).toBe('refused configuration_error');
  });

  it('of an empty flow is a refusal', async () => {
    expect(gist(await new TestLogin(flow('f'), {}).begin())).toBe('refused unknown_user');
  });
});

describe('what a run collects and hands to steps', () => {
  it('stamps facts with their execution and reads typed config', async () => {
    const login = new TestLogin(
      flow('f', required('find'), required('limit', { id: 'limit-1', config: { max: '3' } })),
      {
        find: { start: success({ userId: 'alice' }) },
        limit: {
          config: { properties: [], check: () => [], read: (values) => ({ max: Number(values['max']) }) as never },
          start: ({ config }) => success({ facts: [{ type: 'policy', value: config as { max: number } }] }),
        },
      },
    );
    expect(await login.begin()).toMatchObject({
      kind: 'passed',
      facts: [{ type: 'policy', executionId: 'limit-1', value: { max: 3 } }],
    });
  });

  it('tells a step its siblings without the conditions, and the sub-flows that succeeded', async () => {
    const seen: unknown[] = [];
    const login = new TestLogin(flow('f', required(flow('first', required('find'))), required('look'), disabled('x')), {
      find: { start: success({ userId: 'alice' }) },
      look: {
        start: ({ siblings, succeededSubflows, notes }) => {
          seen.push(
            siblings.map(({ id }) => id),
            succeededSubflows,
            notes,
          );
          return success();
        },
      },
    });
    await login.begin({ notes: { origin: 'test' } });
    expect(seen).toEqual([['first'], ['first'], { origin: 'test' }]);
  });

  it('never keeps what was typed', async () => {
    const login = new TestLogin(browser, browserFakes(true), userFacts({ alice: ['otp'] }));
    await login.begin();
    await login.submit('auth-username-password-form', { password: 'hunter2' });
    expect(JSON.stringify(login.state)).not.toContain('hunter2');
    await login.submit('auth-username-password-form', { ok: 'yes', password: 'hunter2' });
    expect(JSON.stringify(login.state)).not.toContain('hunter2');
  });
});

describe('a login between two requests', () => {
  it('answers a form of another page with the page on screen and runs nothing', async () => {
    const login = new TestLogin(browser, browserFakes(true), userFacts({ alice: ['otp'] }));
    await login.begin();
    await login.submit('auth-username-password-form');
    login.asked.length = 0;
    const again = await login.submit('auth-username-password-form');
    expect(again).toMatchObject({ kind: 'page', view: { page: 'login-otp' }, attempts: [] });
    expect(login.asked).toEqual([]);
  });

  it('walks again on refresh with what was processed kept', async () => {
    const login = new TestLogin(browser, browserFakes(true), userFacts({ alice: ['otp'] }));
    await login.begin();
    await login.submit('auth-username-password-form');
    login.asked.length = 0;
    expect(gist(await login.refresh())).toBe('page login-otp');
    expect(login.asked).not.toContain('auth-cookie');
    expect(login.asked).not.toContain('auth-username-password-form');
  });

  it('runs a step again whose provider lost its form as a configuration error', async () => {
    const login = new TestLogin(flow('f', required('a')), { a: { start: page('a') } });
    await login.begin();
    expect(gist(await login.submit('a'))).toBe('refused configuration_error');
  });
});
