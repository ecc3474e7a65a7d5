import type { CompiledFlow } from './flow-compiler.js';
import type { FlowSnapshot } from './flow-machine.js';
import type { Place } from './flow-position.js';
import type { Attempt, RunResult } from './flow-runner-types.js';
import type { FlowState, Knowledge } from './flow-state.js';
import type { Refusal } from './outcome-effects.js';

/** A login as it stands after a run. */
export interface Standing {
  readonly flow: CompiledFlow;
  readonly snapshot: FlowSnapshot;
  readonly known: Knowledge;
}

/** The login as JSON, without a page. */
export function stateOf({ flow, snapshot, known }: Standing): FlowState {
  return { ...known, hash: flow.hash, position: snapshot.value, context: snapshot.context };
}

/**
 * The result at an end of the flow. Passing takes a user; a flow that failed ends with its last error, else with the plainest
 * thing that can be said.
 *
 * @param refusal what the step said that ended the flow, when one did
 */
export function resultAtEnd(
  standing: Standing,
  end: Extract<Place, { kind: 'end' }>['end'],
  attempts: readonly Attempt[],
  refusal: Refusal | undefined,
): RunResult {
  const { userId, facts } = standing.known;
  const state = stateOf(standing);
  if (end === 'passed' && userId !== undefined) return { kind: 'passed', state, userId, facts, attempts };
  const reason = end === 'refused' && refusal !== undefined ? refusal : reasonOf(standing, end);
  return { kind: 'refused', state, attempts, ...reason };
}

function reasonOf({ snapshot, known }: Standing, end: string): Refusal {
  const error = end === 'failed' ? snapshot.context.errors.at(-1) : undefined;
  const code = error?.code ?? (known.userId === undefined ? 'unknown_user' : 'invalid_credentials');
  return { code, status: 400, ...(error?.message === undefined ? {} : { message: error.message }) };
}
