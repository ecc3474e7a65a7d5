import { AuthenticatorRegistry, FlowRunner, compileFlow } from '../../src/engine/index.js';
import type {
  AuthenticatorDescriptor,
  CompiledFlow,
  Execution,
  FlowDefinition,
  FlowState,
  FormInput,
  Outcome,
  Requirement,
  RunEnvironment,
  RunResult,
  Step,
  StepError,
  UserFacts,
} from '../../src/engine/index.js';

/** A basic flow; the alias is also the execution id when it is placed in another flow. */
export const flow = (alias: string, ...executions: Execution[]): FlowDefinition => ({
  alias,
  kind: 'basic-flow',
  executions,
});

interface Placement {
  readonly id?: string;
  readonly config?: Readonly<Record<string, string>>;
}

const place =
  (requirement: Requirement) =>
  (what: string | FlowDefinition, { id, config }: Placement = {}): Execution =>
    typeof what === 'string'
      ? {
          kind: 'step',
          id: id ?? what,
          requirement,
          authenticator: what,
          ...(config === undefined ? {} : { config: { alias: `${what} config`, values: config } }),
        }
      : { kind: 'subflow', id: id ?? what.alias, requirement, flow: what };

/** Places a step (by provider id, which is also its execution id) or a sub-flow. */
export const required = place('REQUIRED');
export const alternative = place('ALTERNATIVE');
export const conditional = place('CONDITIONAL');
export const disabled = place('DISABLED');

type DescriptorOptions = Partial<
  Pick<
    AuthenticatorDescriptor<never, never>,
    | 'needsUser'
    | 'credentialType'
    | 'setupAction'
    | 'selectable'
    | 'available'
    | 'abilities'
    | 'config'
    | 'requirements'
    | 'startOnlyReads'
  >
>;

/** A step that answers what the test says. */
export interface FakeStep extends DescriptorOptions {
  readonly start: Outcome | ((step: Step) => Outcome);
  readonly submit?: (input: FormInput, step: Step) => Outcome | Promise<Outcome>;
  readonly configured?: boolean | ((stored: readonly string[]) => boolean);
}

/** A condition that answers what the test says. */
export interface FakeCondition extends DescriptorOptions {
  readonly holds: boolean | StepError | ((step: Step) => boolean | StepError | Promise<boolean>);
}

export type Fakes = Readonly<Record<string, FakeStep | FakeCondition>>;

export const success = (more: Omit<Extract<Outcome, { kind: 'success' }>, 'kind'> = {}): Outcome => ({
  kind: 'success',
  ...more,
});
export const attempted: Outcome = { kind: 'attempted' };
export const page = (name: string): Outcome => ({ kind: 'challenge', view: { page: name, data: {} } });
export const error = (code: StepError['code']): StepError => ({ kind: 'error', code });

/** A step with a page that accepts `{ ok: 'yes' }`, then succeeds with `outcome`. */
export const form = (
  name: string,
  outcome: Outcome = success(),
  more: DescriptorOptions & Pick<FakeStep, 'configured'> = {},
): FakeStep => ({
  selectable: true,
  ...more,
  start: page(name),
  submit: ({ ok }) =>
    ok === 'yes' ? outcome : { kind: 'challenge', view: { page: name, data: {} }, failed: 'invalid_credentials' },
});

/** A registry of fakes. `asked`, when given, collects the ids of the executions in the order in which they were asked. */
export function fakeRegistry(fakes: Fakes, asked: string[] = []): AuthenticatorRegistry {
  return new AuthenticatorRegistry(
    Object.entries(fakes).map(([id, fake]) => {
      const instance = 'holds' in fake ? conditionOf(fake, asked) : stepOf(fake, asked);
      const descriptor: AuthenticatorDescriptor<never, never> = {
        title: id,
        help: id,
        needsUser: false,
        requirements: ['REQUIRED', 'ALTERNATIVE', 'DISABLED'],
        ...descriptorOptions(fake),
        id,
        kind: 'holds' in fake ? 'condition' : 'step',
        create: () => instance,
      };
      return { descriptor, instance };
    }),
  );
}

const descriptorOptions = (fake: DescriptorOptions): DescriptorOptions => {
  const { needsUser, credentialType, setupAction, selectable, available, abilities, config, requirements } = fake;
  const { startOnlyReads } = fake;
  const of = { needsUser, credentialType, setupAction, selectable, available, abilities, config, requirements };
  const all = { ...of, startOnlyReads };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
};

function stepOf(fake: FakeStep, asked: string[]) {
  return {
    start: (step: Step) => {
      asked.push(step.execution.id);
      return Promise.resolve(typeof fake.start === 'function' ? fake.start(step) : fake.start);
    },
    ...(fake.submit === undefined
      ? {}
      : { submit: (step: Step, input: FormInput) => Promise.resolve(fake.submit?.(input, step) ?? attempted) }),
    ...(fake.configured === undefined
      ? {}
      : {
          configuredFor: (stored: readonly string[]) =>
            typeof fake.configured === 'function' ? fake.configured(stored) : fake.configured === true,
        }),
  };
}

const conditionOf = (fake: FakeCondition, asked: string[]) => ({
  holds: (step: Step) => {
    asked.push(step.execution.id);
    return Promise.resolve(typeof fake.holds === 'function' ? fake.holds(step) : fake.holds);
  },
});

export const ENVIRONMENT: RunEnvironment = {
  realmId: 'realm',
  clientId: 'client',
  parameters: {},
  browserSession: undefined,
  remoteAddress: '127.0.0.1',
  channel: 'browser',
};

/** Facts about users that a test knows: stored credential types by user, and the enabled required actions. */
export const userFacts = (
  types: Readonly<Record<string, readonly string[]>> = {},
  enabledActions: readonly string[] = [],
): UserFacts => ({
  credentialTypes: (_realmId, userId) => Promise.resolve(types[userId] ?? []),
  isActionEnabled: (_realmId, action) => Promise.resolve(enabledActions.includes(action)),
});

/**
 * Drives one login of fakes. After every call the state goes through JSON, as it does between two requests; a state that
 * JSON changes makes the call fail.
 */
export class TestLogin {
  readonly asked: string[] = [];
  readonly compiled: CompiledFlow;
  readonly runner: FlowRunner;
  result: RunResult | undefined;

  constructor(
    definition: FlowDefinition,
    fakes: Fakes,
    facts: UserFacts = userFacts(),
    readonly environment: RunEnvironment = ENVIRONMENT,
  ) {
    const registry = fakeRegistry(fakes, this.asked);
    this.compiled = compileFlow(definition, registry);
    this.runner = new FlowRunner(registry, facts);
  }

  /** The state as it comes back from storage. */
  get state(): FlowState {
    if (this.result === undefined) throw new Error('The login has not begun');
    return JSON.parse(JSON.stringify(this.result.state)) as FlowState;
  }

  begin(initial: Parameters<FlowRunner['begin']>[2] = {}): Promise<RunResult> {
    return this.keep(this.runner.begin(this.compiled, this.environment, initial));
  }

  submit(executionId: string, input: FormInput = { ok: 'yes' }): Promise<RunResult> {
    return this.keep(this.runner.submit(this.compiled, this.state, this.environment, executionId, input));
  }

  select(executionId: string): Promise<RunResult> {
    return this.keep(this.runner.select(this.compiled, this.state, this.environment, executionId));
  }

  chooser(): Promise<RunResult> {
    return this.keep(this.runner.chooser(this.compiled, this.state, this.environment));
  }

  refresh(): Promise<RunResult> {
    return this.keep(this.runner.refresh(this.compiled, this.state, this.environment));
  }

  private async keep(running: Promise<RunResult>): Promise<RunResult> {
    this.result = await running;
    if (JSON.stringify(sorted(this.state)) !== JSON.stringify(sorted(this.result.state))) {
      throw new Error('The state does not survive JSON');
    }
    return this.result;
  }
}

const sorted = (value: unknown): unknown =>
  typeof value !== 'object' || value === null || Array.isArray(value)
    ? value
    : Object.entries(value)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, member]) => [key, member === undefined ? '(undefined)' : sorted(member)]);

/** What a result comes down to: the page, or the end. */
export function gist(result: RunResult): string {
  switch (result.kind) {
    case 'page':
      return `page ${result.view.page}`;
    case 'passed':
      return `passed ${result.userId}`;
    case 'refused':
      return `refused ${result.code}`;
  }
}
