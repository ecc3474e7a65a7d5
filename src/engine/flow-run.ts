import type { Authenticator, Condition, FormInput, Step } from './authenticator.js';
import type { AuthenticatorRegistry, RegisteredAuthenticator } from './authenticator-registry.js';
import type { CompiledFlow } from './flow-compiler.js';
import type { FlowEvent, FlowSnapshot } from './flow-machine.js';
import type { LeafNode, LevelNode } from './flow-plan.js';
import { isSamePlace, locate } from './flow-position.js';
import type { Place } from './flow-position.js';
import { resultAtEnd, stateOf } from './flow-result.js';
import type { Standing } from './flow-result.js';
import type { Attempt, RunEnvironment, RunResult, UserFacts } from './flow-runner-types.js';
import type { FlowState, Knowledge, SelectionOption } from './flow-state.js';
import { stepFor } from './flow-step.js';
import type { ChallengeView, Message, Outcome } from './outcome.js';
import { applyOutcome, errorEvent } from './outcome-effects.js';
import type { Refusal } from './outcome-effects.js';
import { RememberedFacts } from './remembered-facts.js';
import { orderSelection, selectionCandidates } from './selection-list.js';
import { heldTo } from './step-abilities.js';
import type { StepObserver } from './step-observer.js';
import { readinessOf } from './step-readiness.js';

/** What every run works with. */
export interface RunTools {
  readonly registry: AuthenticatorRegistry;
  readonly userFacts: UserFacts;
  readonly observer?: StepObserver | undefined;
}

/** Where a run takes a login up. */
export interface RunStart {
  readonly snapshot: FlowSnapshot;
  readonly known: Knowledge;
  /** Execution whose page is on screen: while it is among the options it runs before the others. */
  readonly currentExecution?: string | undefined;
}

/**
 * One login during one request: pure transition, ask one authenticator, pure transition, until a page or an end. Lives only
 * in memory, and only for that long.
 */
export class FlowRun {
  private snapshot: FlowSnapshot;
  private place: Place;
  private known: Knowledge;
  private view: ChallengeView | undefined;
  private refusal: Refusal | undefined;
  private waits: Message | undefined;
  /** Execution that runs next as itself, because the person or the user's order chose it. */
  private chosen: string | undefined;
  private readonly attempts: Attempt[] = [];
  private readonly facts: RememberedFacts;

  constructor(
    private readonly flow: CompiledFlow,
    private readonly environment: RunEnvironment,
    private readonly tools: RunTools,
    private readonly start: RunStart,
  ) {
    this.snapshot = start.snapshot;
    this.place = locate(flow, start.snapshot);
    this.known = start.known;
    this.facts = new RememberedFacts(tools.userFacts);
  }

  /** Moves the machine. @throws Error when the event means nothing at this place: that is a defect, not a person's mistake. */
  send(event: FlowEvent): void {
    const next = this.flow.move(this.snapshot, event);
    const place = locate(this.flow, next);
    // XState ignores what it does not know; every event of ours moves, so standing still means that it was ignored.
    if (isSamePlace(place, this.place)) throw new Error(`${event.type} means nothing at ${JSON.stringify(next.value)}`);
    this.snapshot = next;
    this.place = place;
  }

  /** Moves to the execution that the person chose; it will run as itself. */
  choose(executionId: string): void {
    this.send({ type: 'SELECT', executionId });
    this.chosen = executionId;
  }

  /**
   * Runs on to the next page or the end.
   *
   * @param input the posted form, for the step that is to answer it
   * @throws Error when the flow does not come to rest, which no flow of finitely many steps can do
   */
  async proceed(input: FormInput = {}): Promise<RunResult> {
    const limit = (this.flow.leaves.size + 2) ** 2;
    for (let turn = 0; turn < limit; turn += 1) {
      const { place } = this;
      if (place.kind === 'end') return resultAtEnd(this.standing, place.end, this.attempts, this.refusal);
      if (place.phase === 'wait') return this.page(place.leaf);
      this.send(place.phase === 'ask' ? await this.ask(place.leaf) : await this.answer(place.leaf, input));
    }
    throw new Error(`Flow ${this.flow.definition.alias} does not come to rest`);
  }

  /** What "try another way" offers at a step, in the order of 2.7; only steps that want to be chosen. */
  async options(leaf: LeafNode): Promise<readonly SelectionOption[]> {
    const options = await this.selection(leaf);
    return options
      .filter(({ execution }) => this.tools.registry.find(execution.authenticator)?.descriptor.selectable === true)
      .map(({ execution }) => ({ executionId: execution.id, authenticator: execution.authenticator }));
  }

  private async ask(leaf: LeafNode): Promise<FlowEvent> {
    const registered = this.tools.registry.find(leaf.execution.authenticator);
    if (leaf.role === 'condition') return this.decide(leaf, registered);
    const preferred = await this.preferred(leaf);
    if (preferred !== leaf) {
      this.chosen = preferred.execution.id;
      return { type: 'PREFER', executionId: preferred.execution.id };
    }
    this.chosen = undefined;
    if (registered === undefined) return errorEvent(leaf, 'configuration_error');
    const authenticator = registered.instance as Authenticator;
    const step = this.step(leaf, registered);
    const readiness = await readinessOf(registered.descriptor, authenticator, step, this.facts);
    switch (readiness.kind) {
      case 'error':
        return errorEvent(leaf, readiness.code);
      case 'setup':
        this.schedule(readiness.action);
        return { type: 'SETUP' };
      case 'ready':
        return this.apply(
          leaf,
          heldTo(
            registered.descriptor,
            'atOnce',
            step,
            await this.watched(registered, registered.descriptor.startOnlyReads === true, () =>
              authenticator.start(step),
            ),
          ),
        );
    }
  }

  private async answer(leaf: LeafNode, input: FormInput): Promise<FlowEvent> {
    const registered = this.tools.registry.find(leaf.execution.authenticator);
    const authenticator = registered?.instance as Authenticator | undefined;
    const submit = authenticator?.submit?.bind(authenticator);
    if (registered === undefined || submit === undefined) return errorEvent(leaf, 'configuration_error');
    const step = this.step(leaf, registered);
    const outcome = await this.watched(registered, false, () => submit(step, input));
    return this.apply(leaf, heldTo(registered.descriptor, 'onSubmit', step, outcome));
  }

  /** @param onlyReads what is known of the user stays true; any other step may have changed the credentials */
  private async watched(
    { descriptor }: RegisteredAuthenticator,
    onlyReads: boolean,
    work: () => Promise<Outcome>,
  ): Promise<Outcome> {
    const { observer } = this.tools;
    const outcome = await (observer ? observer.step(descriptor.id, work) : work());
    if (!onlyReads) this.facts.forget();
    return outcome;
  }

  private async decide(leaf: LeafNode, registered: RegisteredAuthenticator | undefined): Promise<FlowEvent> {
    if (registered === undefined) return errorEvent(leaf, 'configuration_error');
    const answer = await (registered.instance as Condition).holds(this.step(leaf, registered));
    if (typeof answer === 'object') return this.apply(leaf, answer);
    return { type: answer ? 'TRUE' : 'FALSE' };
  }

  /** The step to run in place of the nominal one: the page on screen if it is an option, else the first option (2.5). */
  private async preferred(leaf: LeafNode): Promise<LeafNode> {
    if (this.chosen === leaf.execution.id || this.comesFirst(leaf)) return leaf;
    const options = await this.selection(leaf);
    return options.find(({ execution }) => execution.id === this.start.currentExecution) ?? options[0] ?? leaf;
  }

  /**
   * True when the options need not be computed (that may evaluate conditions): without a user and a page on screen they stand
   * in flow order, those that check no credential first, and the walk asks for the first unprocessed one.
   */
  private comesFirst({ execution }: LeafNode): boolean {
    if (this.known.userId !== undefined || this.start.currentExecution !== undefined) return false;
    return this.tools.registry.find(execution.authenticator)?.descriptor.credentialType === undefined;
  }

  private async selection(leaf: LeafNode): Promise<readonly LeafNode[]> {
    // Without a scope the list could only name the step itself.
    if (leaf.scope === undefined) return [leaf];
    const walk = selectionCandidates(leaf.scope, this.snapshot.context.statuses);
    let found = walk.next();
    while (!found.done) found = walk.next(await this.isOpen(found.value));
    const describe = (authenticator: string) => this.tools.registry.find(authenticator)?.descriptor;
    const { userId } = this.known;
    const wantsTypes = found.value.some(
      ({ execution }) => describe(execution.authenticator)?.credentialType !== undefined,
    );
    if (userId === undefined) return orderSelection(found.value, undefined, describe);
    const storedTypes = wantsTypes ? await this.facts.credentialTypes(this.environment.realmId, userId) : [];
    return orderSelection(found.value, storedTypes, describe);
  }

  /** Whether all conditions of a CONDITIONAL sub-flow hold; one that cannot be told does not. */
  private async isOpen(level: LevelNode): Promise<boolean> {
    for (const condition of level.conditions) {
      const registered = this.tools.registry.find(condition.execution.authenticator);
      if (registered === undefined) return false;
      if ((await (registered.instance as Condition).holds(this.step(condition, registered))) !== true) return false;
    }
    return true;
  }

  private apply(leaf: LeafNode, outcome: Outcome): FlowEvent {
    const effects = applyOutcome(this.known, leaf, outcome);
    this.known = effects.known;
    this.view = effects.view;
    this.refusal = effects.refusal;
    this.waits = effects.waits;
    if (effects.attempt !== undefined) this.attempts.push(effects.attempt);
    return effects.event;
  }

  private schedule(action: string): void {
    const { requiredActions } = this.known;
    if (!requiredActions.includes(action))
      this.known = { ...this.known, requiredActions: [...requiredActions, action] };
  }

  private step(leaf: LeafNode, { descriptor }: RegisteredAuthenticator): Step {
    const { statuses } = this.snapshot.context;
    return stepFor(this.flow, leaf, descriptor, this.environment, this.known, statuses, this.facts);
  }

  private async page(leaf: LeafNode): Promise<RunResult> {
    if (this.view === undefined) throw new Error('A page without a view');
    // Nobody can choose on the direct channel, so nothing is computed for it.
    const options = this.environment.channel === 'browser' ? await this.options(leaf) : [];
    const state: FlowState = {
      ...stateOf(this.standing),
      view: this.view,
      currentExecution: leaf.execution.id,
      ...(this.waits === undefined ? {} : { waits: this.waits }),
      ...(options.length > 1 ? { options } : {}),
    };
    return { kind: 'page', state, view: this.view, attempts: this.attempts };
  }

  private get standing(): Standing {
    return { flow: this.flow, snapshot: this.snapshot, known: this.known };
  }
}
