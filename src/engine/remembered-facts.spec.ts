import { describe, expect, it } from 'vitest';
import {
  ENVIRONMENT,
  TestLogin,
  alternative,
  conditional,
  fakeRegistry,
  flow,
  form,
  gist,
  page,
  required,
  success,
} from '../../test/support/flow-builder.js';
import type { FakeStep, Fakes } from '../../test/support/flow-builder.js';
import { compileFlow } from './flow-compiler.js';
import type { UserFacts } from './flow-runner-types.js';
import { Rehearsal } from './rehearsal.js';

/** What is stored of Alice, and how often it was asked for. */
class CountedFacts implements UserFacts {
  readonly asked = { types: 0, actions: 0 };

  constructor(public types: readonly string[]) {}

  credentialTypes(): Promise<readonly string[]> {
    this.asked.types += 1;
    return Promise.resolve(this.types);
  }

  isActionEnabled(): Promise<boolean> {
    this.asked.actions += 1;
    return Promise.resolve(true);
  }
}

const hasCode: Fakes[string] = { holds: async ({ storedTypes }) => (await storedTypes()).includes('otp') };
const password = form('login', success({ userId: 'alice', credentialType: 'password' }));
const code = (more: Partial<FakeStep> = {}): FakeStep => ({
  ...form('code', success({ credentialType: 'otp' }), { needsUser: true, credentialType: 'otp' }),
  configured: (stored) => stored.includes('otp'),
  ...more,
});

describe('a step that changes credentials', () => {
  /** Asks for the code before and after a step that takes it away or gives it. */
  const guarded = flow(
    'guarded',
    required('password'),
    conditional(flow('before', required('has-code', { id: 'first' }), required('nothing'))),
    required('change'),
    conditional(flow('after', required('has-code', { id: 'second' }), required('code'))),
  );
  const nothing: FakeStep = { start: success(), startOnlyReads: true };
  const login = (facts: CountedFacts, change: FakeStep): TestLogin =>
    new TestLogin(guarded, { password, 'has-code': hasCode, nothing, change, code: code() }, facts);
  const setTo = (facts: CountedFacts, types: readonly string[]) => () => {
    facts.types = types;
    return success();
  };

  it.each([
    ['removed', ['password', 'otp'], ['password'], 'passed alice'],
    ['given', ['password'], ['password', 'otp'], 'page code'],
  ])('at its start: a condition of the same request sees what was %s', async (_what, before, after, end) => {
    const facts = new CountedFacts(before);
    const at = login(facts, { start: setTo(facts, after) });
    await at.begin();
    expect(gist(await at.submit('password'))).toBe(end);
    expect(at.asked).toEqual(expect.arrayContaining(['first', 'change', 'second']));
  });

  it('by a form: a condition behind it sees what was removed', async () => {
    const facts = new CountedFacts(['password', 'otp']);
    const at = login(facts, {
      start: page('change'),
      startOnlyReads: true,
      submit: async (_input, { storedTypes }) => {
        expect(await storedTypes()).toContain('otp');
        return setTo(facts, ['password'])();
      },
    });
    await at.begin();
    expect(gist(await at.submit('password'))).toBe('page change');
    expect(gist(await at.submit('change'))).toBe('passed alice');
  });
});

describe('what is stored of a user', () => {
  const twoFactors = flow(
    'two factors',
    required('password'),
    conditional(flow('2fa', required('has-code'), alternative('code'), alternative('other'))),
  );

  it.each([
    ['once in the request that shows the second factor, which only reads', true, 1],
    ['again behind a second factor that may write at its start', undefined, 2],
  ] as const)('is asked for %s', async (_when, startOnlyReads, times) => {
    const facts = new CountedFacts(['password', 'otp']);
    const codeStep = code(startOnlyReads && { startOnlyReads });
    const at = new TestLogin(
      twoFactors,
      { password, 'has-code': hasCode, code: codeStep, other: code({ selectable: true }) },
      facts,
    );
    await at.begin();
    facts.asked.types = 0;
    expect(gist(await at.submit('password'))).toBe('page code');
    expect(facts.asked.types).toBe(times);
  });

  it('is asked for once in a rehearsal of several pages, and so is an action that sets something up', async () => {
    const proves = 'credential';
    const steps: Fakes = {
      password: {
        ...password,
        credentialType: 'password',
        abilities: { atOnce: ['challenge'], onSubmit: ['success', 'challenge'], findsUser: true, proves },
      },
      'has-code': hasCode,
      code: code({ abilities: { atOnce: ['challenge'], onSubmit: ['success', 'challenge'], proves } }),
      key: code({ configured: false, setupAction: 'SET_UP', abilities: { atOnce: ['challenge'] } }),
    };
    const registry = fakeRegistry(steps);
    const rehearsed = compileFlow(
      flow(
        'rehearsed',
        required('password'),
        conditional(flow('2fa', required('has-code'), required('code'))),
        required('key', { id: 'key 1' }),
        required('key', { id: 'key 2' }),
      ),
      registry,
    );
    const facts = new CountedFacts(['password', 'otp']);
    const { pages, result } = await new Rehearsal(registry, facts).play(rehearsed, ENVIRONMENT, { userId: 'alice' });
    expect([gist(result), ...pages.map((shown) => shown.executionId)]).toEqual(['passed alice', 'password', 'code']);
    expect(facts.asked).toEqual({ types: 1, actions: 1 });
    expect(await new Rehearsal(registry, facts).canFinish(rehearsed, ENVIRONMENT, 'alice')).toBe(true);
    expect(facts.asked).toEqual({ types: 2, actions: 2 });
  });
});
