import { limitersOf } from '../authenticators/user-session-limits/flow-limiters.js';
import type { AuthenticatorRegistry, CompiledFlow, Fact, FlowState, RunEnvironment } from '../engine/index.js';
import type { FlowStore } from '../flows/stored-flow.js';
import { policyForJoining, SESSION_LIMIT_FACT } from '../sessions/session-limit-policy.js';
import type { Json } from '../shared/json.js';
import { currentLimiter } from './current-limits.js';
import type { FlowAccess } from './flow-access.js';

/** A login that rests on single sign-on, as it comes out of its flow. */
export interface JoiningLogin {
  readonly flow: CompiledFlow;
  readonly environment: RunEnvironment;
  readonly state: FlowState;
  /** It was shown a page since its flow began: a limiter may have been set anew. */
  readonly tookTime: boolean;
}

/**
 * Limiters that a single sign-on passed by and that count all the same: those with `ssoLogins` or seats, where the conditions around them
 * hold. The flow is looked at in memory; for one without such a limiter nothing is read.
 */
export class JoinedLimits {
  constructor(
    private readonly flows: FlowAccess,
    private readonly registry: AuthenticatorRegistry,
    private readonly store: FlowStore,
  ) {}

  /** The facts that these limiters would have left, in flow order; those of limiters that ran are not among them. */
  async facts(realmId: string, login: JoiningLogin): Promise<readonly Fact[]> {
    const { flow, environment, state } = login;
    const ran = new Set(
      state.facts.filter(({ type }) => type === SESSION_LIMIT_FACT).map(({ executionId }) => executionId),
    );
    const facts: Fact[] = [];
    for (const limiter of limitersOf(flow, this.registry)) {
      const { executionId } = limiter;
      if (ran.has(executionId)) continue;
      const current = login.tookTime ? await currentLimiter(this.store, realmId, limiter) : limiter;
      // One that cannot be used denies who is asked by it, and stops nobody who passes by (as at the reference).
      const policy = 'policy' in current ? policyForJoining(current.policy) : undefined;
      if (!policy || !(await this.flows.runner.conditionsHold(flow, state, environment, executionId))) continue;
      facts.push({ executionId, type: SESSION_LIMIT_FACT, value: { ...policy, joined: true } as unknown as Json });
    }
    return facts;
  }
}
