import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TestLogin, attempted, error, gist, page, success, userFacts } from '../../test/support/flow-builder.js';
import type { FakeCondition, FakeStep, Fakes } from '../../test/support/flow-builder.js';
import { randomFlows } from '../../test/support/random-flows.js';
import type { Execution, FlowDefinition } from './flow-definition.js';

const ALICE = { userId: 'alice' };
const refuse = { kind: 'refuse', code: 'access_denied', message: { key: 'no' }, status: 401 } as const;

/** Steps that answer without a page. The setup step is one whose user lacks the credential but may get it. */
const SILENT: Record<string, FakeStep> = {
  pass: { start: success() },
  find: { start: success(ALICE) },
  attempt: { start: attempted },
  disabledUser: { start: error('user_disabled') },
  deny: { start: refuse },
  needs: { start: success(), needsUser: true },
  setup: { start: success(), needsUser: true, configured: false, setupAction: 'SET_UP' },
  missing: { start: success(), needsUser: true, configured: false },
};
const CONDITIONS: Record<string, FakeCondition> = {
  ifTrue: { holds: true },
  ifFalse: { holds: false },
  ifUser: { holds: ({ userId }) => userId !== undefined },
  ifBroken: { holds: error('configuration_error') },
};
const PAGED: Record<string, FakeStep> = {
  ask: {
    start: page('ask'),
    selectable: true,
    submit: ({ answer }) => (answer === 'attempt' ? attempted : success(ALICE)),
  },
  otp: { start: page('otp'), selectable: true, needsUser: true, credentialType: 'otp', submit: () => success() },
  key: {
    start: page('key'),
    selectable: true,
    credentialType: 'key',
    submit: ({ answer }) => (answer === 'no' ? error('invalid_credentials') : success(ALICE)),
  },
  stubborn: { start: page('stubborn'), submit: ({ answer }) => (answer === 'no' ? page('stubborn') : success()) },
};
const FAKES: Fakes = { ...SILENT, ...CONDITIONS, ...PAGED };

/**
 * The reference's rules (2.3 to 2.6) once more, as the recursive walk that they describe, for flows
 * that show no page: an independent second opinion that shares no code with the engine.
 */
class NaiveWalk {
  private lastError: string | undefined;

  constructor(
    private user: string | undefined,
    private readonly enabledActions: readonly string[],
  ) {}

  run(definition: FlowDefinition): string {
    try {
      const passed = this.level(definition);
      if (passed) return this.user === undefined ? 'refused unknown_user' : `passed ${this.user}`;
      return `refused ${this.lastError ?? (this.user === undefined ? 'unknown_user' : 'invalid_credentials')}`;
    } catch (thrown) {
      return `refused ${(thrown as Error).message.replace('final ', '')}`;
    }
  }

  private level({ executions }: FlowDefinition): boolean {
    const enabled = executions.filter(({ requirement }) => requirement !== 'DISABLED');
    const elements = enabled.filter(
      (execution) => execution.kind === 'subflow' || !(execution.authenticator in CONDITIONS),
    );
    let mandatory = elements.filter(({ requirement }) => requirement !== 'ALTERNATIVE');
    const alternatives = mandatory.length > 0 ? [] : elements;
    for (const execution of [...mandatory]) {
      if (execution.kind === 'subflow' && execution.requirement === 'CONDITIONAL' && !this.opens(execution.flow)) {
        mandatory = mandatory.filter((other) => other !== execution);
        continue;
      }
      if (!this.element(execution)) return false;
    }
    if (mandatory.length > 0) return true;
    for (const execution of alternatives) {
      try {
        if (this.element(execution)) return true;
      } catch (thrown) {
        const { message } = thrown as Error;
        if (message.startsWith('final ')) throw thrown;
        this.lastError = message;
      }
    }
    return false;
  }

  private opens({ executions }: FlowDefinition): boolean {
    const conditions = executions.flatMap((execution) =>
      execution.kind === 'step' && execution.requirement !== 'DISABLED' && execution.authenticator in CONDITIONS
        ? execution.authenticator
        : [],
    );
    if (conditions.length === 0) return false;
    for (const name of conditions) {
      if (name === 'ifBroken') throw new Error('configuration_error');
      if (name === 'ifFalse' || (name === 'ifUser' && this.user === undefined)) return false;
    }
    return true;
  }

  private element(execution: Execution): boolean {
    return execution.kind === 'subflow'
      ? this.level(execution.flow)
      : this.step(execution.authenticator, execution.requirement);
  }

  private step(name: string, requirement: string): boolean {
    const needsUser = ['needs', 'setup', 'missing'].includes(name);
    if (needsUser && this.user === undefined) throw new Error('unknown_user');
    switch (name) {
      case 'find':
        this.user = 'alice';
        return true;
      case 'attempt':
        return false;
      case 'disabledUser':
        throw new Error('user_disabled');
      case 'deny':
        throw new Error('final access_denied');
      case 'setup':
        if (requirement === 'REQUIRED' && this.enabledActions.includes('SET_UP')) return true;
        throw new Error('credential_setup_required');
      case 'missing':
        throw new Error('credential_setup_required');
      default:
        return true;
    }
  }
}

describe('every flow', () => {
  const facts = userFacts({ alice: ['key', 'otp'] }, ['SET_UP']);

  it('without pages ends as the naive walk of the rules ends', async () => {
    await fc.assert(
      fc.asyncProperty(
        randomFlows(Object.keys(SILENT), Object.keys(CONDITIONS)),
        fc.boolean(),
        async (definition, known) => {
          const result = await new TestLogin(definition, FAKES, facts).begin(known ? ALICE : {});
          expect(gist(result)).toBe(new NaiveWalk(known ? ALICE.userId : undefined, ['SET_UP']).run(definition));
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('never throws, always comes to rest, and lets nobody in without a success', async () => {
    const actions = fc.array(
      fc.tuple(
        fc.constantFrom('post', 'post', 'post', 'refresh', 'choose', 'select'),
        fc.constantFrom('yes', 'no', 'attempt'),
        fc.nat(5),
      ),
      {
        maxLength: 12,
      },
    );
    await fc.assert(
      fc.asyncProperty(
        randomFlows([...Object.keys(SILENT), ...Object.keys(PAGED)], Object.keys(CONDITIONS)),
        actions,
        async (definition, todo) => {
          const login = new TestLogin(definition, FAKES, facts);
          let result = await login.begin();
          for (const [action, answer, which] of todo) {
            if (result.kind !== 'page') break;
            const options = result.state.options ?? [];
            const option = options[which % Math.max(options.length, 1)];
            if (action === 'refresh') result = await login.refresh();
            else if (action === 'choose') result = await login.chooser();
            else if (action === 'select' && option !== undefined) result = await login.select(option.executionId);
            else result = await login.submit(result.state.currentExecution ?? '', { answer });
          }
          if (result.kind !== 'passed') return;
          expect(Object.values(result.state.context.statuses)).toContain('SUCCESS');
        },
      ),
      { numRuns: 1500 },
    );
  });

  it('ends when every page is answered', async () => {
    await fc.assert(
      fc.asyncProperty(
        randomFlows([...Object.keys(SILENT), ...Object.keys(PAGED)], Object.keys(CONDITIONS)),
        async (definition) => {
          const login = new TestLogin(definition, FAKES, facts);
          let result = await login.begin();
          for (let pages = 0; result.kind === 'page'; pages += 1) {
            expect(pages).toBeLessThanOrEqual(login.compiled.leaves.size);
            result = await login.submit(result.state.currentExecution ?? '', { answer: 'yes' });
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});
