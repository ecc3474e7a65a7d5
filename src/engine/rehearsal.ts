import type { Authenticator, Step } from './authenticator.js';
import type { AuthenticatorRegistry } from './authenticator-registry.js';
import type { CompiledFlow } from './flow-compiler.js';
import { FlowRunner } from './flow-runner.js';
import type { InitialKnowledge, RunEnvironment, RunResult, UserFacts } from './flow-runner-types.js';
import type { FlowState, SelectionOption } from './flow-state.js';
import { RememberedFacts } from './remembered-facts.js';
import {
  rehearsedRegistry,
  type RehearsedAnswer,
  type RehearsedMove,
  type RehearsedPerson,
} from './rehearsed-steps.js';

/** A login does not ask more often than this; a script that answers wrongly for ever ends here. */
const MOST_PAGES = 50;
/** Situations that are looked at to find a way to the end. */
const MOST_WAYS = 500;

/** What the person does at a step: answers, stops there, or asks for another way. Consumed in order, the first that fits. */
export interface ScriptedAnswer {
  /** Execution id or provider id; absent: whichever step asks next. */
  readonly step?: string;
  readonly answer?: RehearsedAnswer | 'stop';
  /** Execution id or provider id of the other way. */
  readonly choose?: string;
}

export interface RehearsedPage {
  readonly executionId: string;
  readonly page: string;
  /** What "try another way" would offer. */
  readonly options: readonly SelectionOption[];
  /** True while a link in a mail is waited for. */
  readonly waits: boolean;
}

export interface Rehearsed {
  readonly moves: readonly RehearsedMove[];
  readonly pages: readonly RehearsedPage[];
  /** Where it ended: `page` when the script stopped there, where a right answer leads nowhere, on the direct channel, or after too many pages. */
  readonly result: RunResult;
}

/** Plays logins: the runner, the machine and the conditions are the real ones, the answers are not. It changes nothing. */
export class Rehearsal {
  constructor(
    private readonly registry: AuthenticatorRegistry,
    private readonly facts: UserFacts,
  ) {}

  /**
   * Plays one login. Where the script says nothing, answers are right.
   * @param replaced steps that play their part in another way, by provider id
   * @throws InvalidInputError `execution_not_allowed` when the script chooses a way that is not offered
   */
  async play(
    flow: CompiledFlow,
    environment: RunEnvironment,
    who: Pick<RehearsedPerson, 'userId' | 'barred'>,
    script: readonly ScriptedAnswer[] = [],
    initial?: InitialKnowledge,
    replaced?: Readonly<Record<string, Authenticator>>,
  ): Promise<Rehearsed> {
    const moves: RehearsedMove[] = [];
    const pages: RehearsedPage[] = [];
    const left = [...script];
    const next = (executionId: string, authenticator: string): ScriptedAnswer => {
      const fits = ({ step }: ScriptedAnswer): boolean =>
        step === undefined || step === executionId || step === authenticator;
      const index = left.findIndex(fits);
      return (index < 0 ? undefined : left.splice(index, 1)[0]) ?? {};
    };
    let onPage: ScriptedAnswer | undefined;
    const person: RehearsedPerson = {
      ...who,
      answer: ({ execution }: Step) => answerOf(onPage ?? next(execution.id, execution.authenticator)),
      saw: (move) => {
        if (!repeats(moves, move)) moves.push(move);
      },
    };
    const runner = this.runner(person, replaced);
    let result = await runner.begin(flow, environment, initial);
    let tried: string | undefined;
    while (result.kind === 'page' && pages.length < MOST_PAGES) {
      const { currentExecution = '', options = [], waits } = result.state;
      pages.push({ executionId: currentExecution, page: result.view.page, options, waits: waits !== undefined });
      // Who cannot answer rightly stays where the right answer was tried in vain.
      if (environment.channel === 'direct' || tried === situationOf(result.state)) break;
      onPage = next(currentExecution, flow.leaves.get(currentExecution)?.execution.authenticator ?? '');
      if (onPage.answer === 'stop') break;
      const { answer, choose } = onPage;
      tried = answer === undefined && choose === undefined ? situationOf(result.state) : undefined;
      const chosen = options.find(
        ({ executionId, authenticator }) => choose === executionId || choose === authenticator,
      );
      result =
        choose === undefined
          ? await runner.submit(flow, result.state, environment, currentExecution, {})
          : await runner.select(flow, result.state, environment, chosen?.executionId ?? choose);
      onPage = undefined;
    }
    return { moves, pages, result };
  }

  /**
   * Whether the user can come to the end of the flow by right answers, whichever of the ways that are offered it takes, with the
   * credentials that are stored or with such as may be set up after the flow.
   */
  async canFinish(flow: CompiledFlow, environment: RunEnvironment, userId: string): Promise<boolean> {
    const person: RehearsedPerson = { userId, answer: () => 'right', saw: () => undefined };
    const runner = this.runner(person);
    const open = [await runner.begin(flow, environment)];
    const seen = new Set<string>();
    for (let result = open.pop(); result !== undefined && seen.size < MOST_WAYS; result = open.pop()) {
      // One request cannot set anything up.
      const finished = environment.channel === 'browser' || result.state.requiredActions.length === 0;
      if (result.kind === 'passed' && result.userId === userId && finished) return true;
      if (result.kind !== 'page' || environment.channel === 'direct') continue;
      const { state } = result;
      const key = situationOf(state);
      if (seen.has(key)) continue;
      seen.add(key);
      const { currentExecution = '', options = [] } = state;
      for (const { executionId } of options) {
        if (executionId !== currentExecution) open.push(await runner.select(flow, state, environment, executionId));
      }
      open.push(await runner.submit(flow, state, environment, currentExecution, {}));
    }
    return false;
  }

  private runner(person: RehearsedPerson, replaced?: Readonly<Record<string, Authenticator>>): FlowRunner {
    // Nothing changes in a rehearsal, so nothing is asked twice.
    const facts = new RememberedFacts(this.facts);
    return new FlowRunner(rehearsedRegistry(this.registry, facts, person, replaced), facts);
  }
}

/** Two states with the same situation have the same future. */
const situationOf = ({ position, context, userId }: FlowState): string => JSON.stringify([position, context, userId]);

const answerOf = ({ answer }: ScriptedAnswer): RehearsedAnswer =>
  answer === undefined || answer === 'stop' ? 'right' : answer;

/** Conditions are asked again for the list of other ways; that is no move of its own. */
const repeats = (moves: readonly RehearsedMove[], { executionId, what }: RehearsedMove): boolean =>
  (what === 'holds' || what === 'does-not-hold') &&
  moves.some((move) => move.executionId === executionId && move.what === what);
