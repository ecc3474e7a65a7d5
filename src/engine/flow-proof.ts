import type { AuthenticatorRegistry } from './authenticator-registry.js';
import type { CompiledFlow } from './flow-compiler.js';
import type { Execution, FlowDefinition, StepExecution } from './flow-definition.js';
import { exploreFlow, wayTo } from './flow-exploration.js';
import type { Exploration, ExplorationOptions, Move, Reached } from './flow-exploration.js';

/** What can be claimed of a flow. */
export const CLAIMS = [
  'can-finish', // some login passes, with a user
  'authenticates', // every login that passes has proved who it is
  'limited', // every login that opens a session has passed the limiter with a user; only of flows that have one
  'no-dead-step', // every enabled step is asked by some login
  'user-in-time', // no step that needs a user is asked before one is known
] as const;
export type ClaimId = (typeof CLAIMS)[number];

/** A claim, and why it does or does not hold. */
export interface Claim {
  readonly id: ClaimId;
  /** `unknown`: the flow has too many ways to look at all of them, and none of those looked at speaks against it. */
  readonly verdict: 'holds' | 'fails' | 'unknown';
  /** A login that shows that it fails, step by step. */
  readonly counterExample?: readonly Move[];
  /** Executions it is about: dead steps, limiters that are passed by. */
  readonly executions?: readonly string[];
}

export interface FlowProof {
  /** `green` when every claim holds, `red` when one fails. */
  readonly verdict: 'green' | 'red' | 'unknown';
  readonly claims: readonly Claim[];
}

/**
 * Proves what can be proved of a compiled flow. What it says cannot happen never happens in a login; what it says can happen may
 * still be impossible for a reason outside of the flow.
 */
export function proveFlow(
  flow: CompiledFlow,
  registry: Pick<AuthenticatorRegistry, 'find'>,
  options: ExplorationOptions,
): FlowProof {
  const found = exploreFlow(flow, registry, options);
  const limiters = [...flow.leaves.values()]
    .map(({ execution }) => execution)
    .concat(enabledSteps(flow.definition).filter(({ id }) => !flow.leaves.has(id)))
    .filter(({ authenticator }) => registry.find(authenticator)?.descriptor.abilities?.limitsSessions === true);
  const passed = found.passed.filter(({ userKnown, again }) => userKnown && !again);
  const claims = [
    finishes(found, passed),
    authenticates(found, passed),
    ...(limiters.length > 0 ? [limited(found, passed, limiters)] : []),
    noDeadStep(flow, found),
    userInTime(found),
  ];
  const verdicts = claims.map(({ verdict }) => verdict);
  const verdict = verdicts.includes('fails') ? 'red' : verdicts.includes('unknown') ? 'unknown' : 'green';
  return { verdict, claims };
}

/** The verdict of a claim against which nothing was found. */
const unrefuted = ({ complete }: Exploration): Claim['verdict'] => (complete ? 'holds' : 'unknown');

const refutedBy = (id: ClaimId, found: Exploration, reached: Reached | undefined): Claim =>
  reached === undefined ? { id, verdict: unrefuted(found) } : { id, verdict: 'fails', counterExample: wayTo(reached) };

function finishes(found: Exploration, passed: readonly Reached[]): Claim {
  if (passed.length > 0) return { id: 'can-finish', verdict: 'holds' };
  if (!found.complete) return { id: 'can-finish', verdict: 'unknown' };
  const [nobody] = found.passed;
  return { id: 'can-finish', verdict: 'fails', ...(nobody && { counterExample: wayTo(nobody) }) };
}

const authenticates = (found: Exploration, passed: readonly Reached[]): Claim =>
  refutedBy(
    'authenticates',
    found,
    passed.find(({ credential, session }) => !credential && !session),
  );

/** A login that renews a session of its browser opens none, so it needs no limiter. */
function limited(found: Exploration, passed: readonly Reached[], limiters: readonly StepExecution[]): Claim {
  const dodging = passed.find(({ session, limiters: met }) => !session && met.length === 0);
  return { ...refutedBy('limited', found, dodging), executions: limiters.map(({ id }) => id) };
}

/** What single sign-on does under a flow. */
export interface JoinProof {
  /** `none`: no login joins a session; otherwise whether every one that does has passed one of the limiters. */
  readonly verdict: Claim['verdict'] | 'none';
  readonly counterExample?: readonly Move[];
}

/**
 * Proves whether everybody who joins the session of a browser (single sign-on, no new proof) passes one of some limiters: they may
 * cap what is no new session in the realm, but one with a client.
 */
export function proveJoins(
  flow: CompiledFlow,
  registry: Pick<AuthenticatorRegistry, 'find'>,
  limiters: readonly string[],
): JoinProof {
  const found = exploreFlow(flow, registry, { channel: 'browser' });
  const joins = found.passed.filter(
    ({ userKnown, session, again, credential }) => userKnown && session && !again && !credential,
  );
  const past = joins.find(({ limiters: met }) => !met.some((id) => limiters.includes(id)));
  if (past) return { verdict: 'fails', counterExample: wayTo(past) };
  return { verdict: !found.complete ? 'unknown' : joins.length === 0 ? 'none' : 'holds' };
}

function noDeadStep(flow: CompiledFlow, found: Exploration): Claim {
  const dead = enabledSteps(flow.definition).filter(({ id }) => !found.asked.has(id));
  if (dead.length === 0) return { id: 'no-dead-step', verdict: 'holds' };
  const certain = found.complete ? dead : dead.filter(({ id }) => !flow.leaves.has(id));
  return {
    id: 'no-dead-step',
    verdict: certain.length > 0 ? 'fails' : 'unknown',
    executions: (certain.length > 0 ? certain : dead).map(({ id }) => id),
  };
}

function userInTime(found: Exploration): Claim {
  const [first] = found.tooEarly;
  const claim = refutedBy('user-in-time', found, first?.at);
  return first ? { ...claim, executions: [...new Set(found.tooEarly.map(({ leaf }) => leaf.execution.id))] } : claim;
}

/** Steps and conditions that are not switched off, those in a switched-off sub-flow aside. */
function enabledSteps({ executions }: FlowDefinition): readonly StepExecution[] {
  return executions
    .filter(({ requirement }) => requirement !== 'DISABLED')
    .flatMap((execution: Execution) => (execution.kind === 'step' ? [execution] : enabledSteps(execution.flow)));
}
