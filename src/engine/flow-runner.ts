import { AppError, InvalidInputError } from '../shared/errors.js';
import { conditionsHoldAround } from './conditions-around.js';
import type { FormInput } from './authenticator.js';
import type { AuthenticatorRegistry } from './authenticator-registry.js';
import type { CompiledFlow } from './flow-compiler.js';
import type { LeafNode } from './flow-plan.js';
import { restoreFlow } from './flow-restore.js';
import { locate } from './flow-position.js';
import { FlowRun } from './flow-run.js';
import type { RunTools } from './flow-run.js';
import type { InitialKnowledge, RunEnvironment, RunResult, UserFacts } from './flow-runner-types.js';
import type { FlowState, Knowledge } from './flow-state.js';
import type { ChallengeView } from './outcome.js';
import type { StepObserver } from './step-observer.js';

/**
 * Runs logins through compiled flows. It keeps nothing between two calls: a login is the `FlowState` that goes in and comes out.
 *
 * Every method that takes a state throws AppError `flow_changed` when it belongs to another version of the flow, and
 * `state_invalid` when it does not fit or the login has ended. What authenticators throw passes through.
 */
export class FlowRunner {
  private readonly tools: RunTools;

  constructor(registry: AuthenticatorRegistry, userFacts: UserFacts, observer?: StepObserver) {
    this.tools = { registry, userFacts, observer };
  }

  /** Begins a login and runs to its first page or its end. */
  begin(flow: CompiledFlow, environment: RunEnvironment, initial: InitialKnowledge = {}): Promise<RunResult> {
    const known: Knowledge = {
      userFixed: false,
      notes: {},
      ...initial,
      credentialTypes: [],
      facts: [],
      details: {},
      requiredActions: [],
    };
    return new FlowRun(flow, environment, this.tools, { snapshot: flow.start, known }).proceed();
  }

  /**
   * Answers the page of `executionId` with a posted form and runs on. When another page is on screen by now, that page is the
   * result and nothing is run (2.8: callers compare `state.currentExecution` first and may say "page expired").
   */
  async submit(
    flow: CompiledFlow,
    state: FlowState,
    environment: RunEnvironment,
    executionId: string,
    input: FormInput,
  ): Promise<RunResult> {
    const { run, leaf, view } = this.resume(flow, state, environment);
    if (leaf.execution.id !== executionId) return pageAgain(state, view);
    run.send({ type: 'SUBMIT' });
    return run.proceed(input);
  }

  /**
   * Switches to another way.
   *
   * @throws InvalidInputError `execution_not_allowed` when it is not among the options offered now
   */
  async select(
    flow: CompiledFlow,
    state: FlowState,
    environment: RunEnvironment,
    executionId: string,
  ): Promise<RunResult> {
    const { run, leaf } = this.resume(flow, state, environment);
    const options = await run.options(leaf);
    if (!options.some((option) => option.executionId === executionId)) {
      throw new InvalidInputError('execution_not_allowed', 'Requested authentication execution is not allowed');
    }
    run.choose(executionId);
    return run.proceed();
  }

  /** Shows the choice of "try another way"; the page beneath stays the current one. */
  async chooser(flow: CompiledFlow, state: FlowState, environment: RunEnvironment): Promise<RunResult> {
    const { run, leaf } = this.resume(flow, state, environment);
    const options = await run.options(leaf);
    const data = { options: options.map(({ executionId, authenticator }) => ({ executionId, authenticator })) };
    const view: ChallengeView = { page: 'select-authenticator', data };
    return pageAgain({ ...state, view, options, choosing: true }, view);
  }

  /** Walks again from the top with everything that was processed kept; while a choice is on screen, shows it again (2.3). */
  async refresh(flow: CompiledFlow, state: FlowState, environment: RunEnvironment): Promise<RunResult> {
    const { run } = this.resume(flow, state, environment);
    if (state.choosing === true) return this.chooser(flow, state, environment);
    run.send({ type: 'REFRESH' });
    return run.proceed();
  }

  /**
   * Whether the conditions around a step hold for a login that passed the flow by another way. One that cannot be told holds.
   */
  conditionsHold(
    flow: CompiledFlow,
    state: FlowState,
    environment: RunEnvironment,
    executionId: string,
  ): Promise<boolean> {
    return conditionsHoldAround(flow, executionId, this.tools, environment, state);
  }

  private resume(
    flow: CompiledFlow,
    state: FlowState,
    environment: RunEnvironment,
  ): { readonly run: FlowRun; readonly leaf: LeafNode; readonly view: ChallengeView } {
    const snapshot = restoreFlow(flow, state);
    const place = locate(flow, snapshot);
    const { view, currentExecution } = state;
    if (place.kind === 'end' || view === undefined || place.leaf.execution.id !== currentExecution) {
      throw new AppError('state_invalid', 'This login shows no page, please start again');
    }
    const run = new FlowRun(flow, environment, this.tools, { snapshot, known: knowledgeOf(state), currentExecution });
    return { run, leaf: place.leaf, view };
  }
}

const pageAgain = (state: FlowState, view: ChallengeView): RunResult => ({ kind: 'page', state, view, attempts: [] });

function knowledgeOf(state: FlowState): Knowledge {
  const { userId, userFixed, credentialTypes, facts, notes, details, requiredActions } = state;
  const known = { userFixed, credentialTypes, facts, notes, details, requiredActions };
  return userId === undefined ? known : { ...known, userId };
}
