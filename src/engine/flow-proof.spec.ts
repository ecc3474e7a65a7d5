import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  TestLogin,
  alternative,
  attempted,
  conditional,
  disabled,
  error,
  fakeRegistry,
  flow,
  page,
  required,
  success,
  userFacts,
} from '../../test/support/flow-builder.js';
import type { FakeCondition, FakeStep, Fakes } from '../../test/support/flow-builder.js';
import { randomFlows } from '../../test/support/random-flows.js';
import { compileFlow } from './flow-compiler.js';
import type { FlowDefinition } from './flow-definition.js';
import { proveFlow } from './flow-proof.js';
import type { ClaimId, FlowProof } from './flow-proof.js';

const ALICE = { userId: 'alice' };
const refuse = { kind: 'refuse', code: 'access_denied', message: { key: 'no' }, status: 401 } as const;
const CREDENTIAL = { credentialType: 'password', ...ALICE };

/** Steps of every kind, and what they are able to do. */
const STEPS: Record<string, FakeStep> = {
  pass: { start: success(), abilities: { atOnce: ['success'] } },
  cookie: {
    start: ({ notes }) => (notes['signedIn'] === true ? success(ALICE) : attempted),
    abilities: { atOnce: ['success', 'attempted'], findsUser: true, proves: 'session' },
  },
  name: {
    start: page('name'),
    submit: ({ answer }) => (answer === 'no' ? page('name') : success(ALICE)),
    abilities: { atOnce: ['challenge'], onSubmit: ['success', 'challenge'], findsUser: true },
  },
  login: {
    start: page('login'),
    selectable: true,
    credentialType: 'password',
    submit: ({ answer }) => (answer === 'no' ? page('login') : success(CREDENTIAL)),
    abilities: { atOnce: ['challenge'], onSubmit: ['success', 'challenge'], findsUser: true, proves: 'credential' },
  },
  otp: {
    start: page('otp'),
    selectable: true,
    needsUser: true,
    credentialType: 'otp',
    setupAction: 'SET_UP',
    configured: (stored) => stored.includes('otp'),
    submit: ({ answer }) => (answer === 'no' ? error('invalid_credentials') : success({ credentialType: 'otp' })),
    abilities: { atOnce: ['challenge'], onSubmit: ['success', 'error'], proves: 'credential' },
  },
  attempt: { start: attempted, abilities: { atOnce: ['attempted'] } },
  deny: { start: refuse, abilities: { atOnce: ['refuse'] } },
  limiter: { start: success(), abilities: { atOnce: ['success', 'refuse'], limitsSessions: true } },
  later: { start: attempted, available: false },
};
const CONDITIONS: Record<string, FakeCondition> = {
  ifUser: { holds: ({ userId }) => userId !== undefined },
  ifLater: { holds: false, available: false },
  ifClient: { holds: ({ clientId }) => clientId === 'special' },
};
const FAKES: Fakes = { ...STEPS, ...CONDITIONS };
const registry = fakeRegistry(FAKES);

const prove = (definition: FlowDefinition, channel: 'browser' | 'direct' = 'browser'): FlowProof =>
  proveFlow(compileFlow(definition, registry), registry, { channel });
const failing = ({ claims }: FlowProof): ClaimId[] =>
  claims.filter(({ verdict }) => verdict === 'fails').map(({ id }) => id);
const claimOf = (proof: FlowProof, id: ClaimId): FlowProof['claims'][number] | undefined =>
  proof.claims.find((claim) => claim.id === id);
const wayOf = (proof: FlowProof, id: ClaimId): string | undefined =>
  claimOf(proof, id)
    ?.counterExample?.map(({ executionId, what }) => `${executionId} ${what}`)
    .join(', ');

describe('the proof of a flow', () => {
  it.each<[string, FlowDefinition, ClaimId[]]>([
    [
      'cookie or login, then the limiter',
      flow('f', alternative('cookie'), alternative(flow('g', required('login'), required('limiter')))),
      [],
    ],
    ['a step nobody passes', flow('f', required('login'), required('deny')), ['can-finish']],
    ['nobody is asked who they are', flow('f', required('pass')), ['can-finish']],
    ['a name alone', flow('f', required('name')), ['authenticates']],
    ['the limiter before anybody is known', flow('f', required('limiter'), required('login')), ['limited']],
    [
      'the limiter beside another way in',
      flow('f', alternative('login'), alternative(flow('g', required('name'), required('otp'), required('limiter')))),
      ['authenticates', 'limited'], // who has no otp yet gets in by the name, and sets it up
    ],
    [
      'the limiter behind a condition',
      flow('f', required('login'), conditional(flow('g', required('ifClient'), required('limiter')))),
      ['limited'],
    ],
    ['an ALTERNATIVE beside a REQUIRED one', flow('f', required('login'), alternative('otp')), ['no-dead-step']],
    [
      'a CONDITIONAL without a condition',
      flow('f', required('login'), conditional(flow('g', required('otp')))),
      ['no-dead-step'],
    ],
    [
      'a condition that never holds',
      flow('f', required('login'), conditional(flow('g', required('ifLater'), required('otp')))),
      ['no-dead-step'],
    ],
    ['a step after the end', flow('f', required('deny'), required('login')), ['can-finish', 'no-dead-step']],
    ['a user is needed first of all', flow('f', required('otp'), required('login')), ['can-finish', 'user-in-time']],
    ['a disabled step is no dead one', flow('f', required('login'), disabled('otp')), []],
  ])('%s', (_name, definition, claims) => {
    const proof = prove(definition);
    expect(failing(proof)).toEqual(claims);
    expect(proof.verdict).toBe(claims.length === 0 ? 'green' : 'red');
  });

  it('shows how the limiter is passed by', () => {
    const behindCondition = flow(
      'f',
      required('login'),
      conditional(flow('g', required('ifClient'), required('limiter'))),
    );
    expect(wayOf(prove(behindCondition), 'limited')).toBe(
      'login challenge, login submit, login success, ifClient false',
    );
    expect(claimOf(prove(behindCondition), 'limited')?.executions).toEqual(['limiter']);
  });

  it('says nothing of limits where there is no limiter', () => {
    expect(claimOf(prove(flow('f', required('login'))), 'limited')).toBeUndefined();
  });

  it('knows that nobody can be asked on the direct channel', () => {
    const definition = flow('f', required('login'));
    expect(failing(prove(definition, 'direct'))).toEqual(['can-finish']);
  });

  it('says that it does not know when there is too much to look at', () => {
    const many = flow(
      'f',
      required('login'),
      ...Array.from({ length: 9 }, (_, index) =>
        required(flow(`g${index}`, alternative('pass', { id: `p${index}` }), alternative('otp', { id: `o${index}` }))),
      ),
      required('limiter'),
    );
    const compiled = compileFlow(many, registry);
    const proof = proveFlow(compiled, registry, { channel: 'browser', limit: 20 });
    expect(claimOf(proof, 'limited')?.verdict).toBe('unknown');
    expect(proof.verdict).toBe('unknown');
  });
});

describe('a login', () => {
  it('never does what the proof says cannot happen', async () => {
    const tally = { runs: 0, unknown: 0, passed: 0 };
    const facts = userFacts({ alice: ['otp', 'password'] }, ['SET_UP']);
    const posts = fc.array(fc.tuple(fc.constantFrom('post', 'select'), fc.constantFrom('yes', 'no'), fc.nat(5)), {
      maxLength: 10,
    });
    await fc.assert(
      fc.asyncProperty(
        randomFlows(Object.keys(STEPS), Object.keys(CONDITIONS)),
        posts,
        fc.boolean(),
        async (definition, todo, signedIn) => {
          const login = new TestLogin(definition, FAKES, facts);
          const proof = prove(definition);
          tally.runs += 1;
          if (proof.verdict === 'unknown') tally.unknown += 1;
          let result = await login.begin({ notes: { signedIn } });
          for (const [action, answer, which] of todo) {
            if (result.kind !== 'page') break;
            const options = result.state.options ?? [];
            const option = options[which % Math.max(options.length, 1)];
            if (action === 'select' && option !== undefined) result = await login.select(option.executionId);
            else result = await login.submit(result.state.currentExecution ?? '', { answer });
          }
          const dead = claimOf(proof, 'no-dead-step');
          const isStep = (id: string): boolean => id.replace(/-\d+$/, '') in STEPS; // conditions are asked for lists of ways, too
          // A step that needs a user and was reached before one was known never gets asked: it leaves an error.
          const early = result.state.context.errors.filter(({ code }) => code === 'unknown_user');
          if (claimOf(proof, 'user-in-time')?.verdict === 'holds') expect(early).toEqual([]);
          if (dead?.verdict === 'fails')
            expect(login.asked.filter((id) => isStep(id) && dead.executions?.includes(id))).toEqual([]);
          if (result.kind !== 'passed') return;
          tally.passed += 1;
          expect(claimOf(proof, 'can-finish')?.verdict).not.toBe('fails');
          const { statuses } = result.state.context;
          const succeeded = Object.keys(statuses).filter((id) => statuses[id] === 'SUCCESS');
          const by = (name: string): boolean => succeeded.some((id) => id.startsWith(`${name}-`));
          if (claimOf(proof, 'authenticates')?.verdict === 'holds')
            expect(by('cookie') || by('login') || by('otp')).toBe(true);
          if (claimOf(proof, 'limited')?.verdict === 'holds') expect(by('cookie') || by('limiter')).toBe(true);
        },
      ),
      { numRuns: 10_000 },
    );
    expect(tally.passed).toBeGreaterThan(500);
    expect(tally.unknown / tally.runs).toBeLessThan(0.01);
  }, 300_000);
});
