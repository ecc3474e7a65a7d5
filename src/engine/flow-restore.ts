import type { StateValue } from 'xstate';
import { AppError } from '../shared/errors.js';
import type { JsonObject } from '../shared/json.js';
import type { CompiledFlow } from './flow-compiler.js';
import type { FlowContext } from './flow-context.js';
import type { FlowSnapshot } from './flow-machine.js';
import { locate } from './flow-position.js';
import type { Place } from './flow-position.js';
import type { FlowState } from './flow-state.js';
import { FAILURE_CODES } from './outcome.js';

const STATUSES: ReadonlySet<unknown> = new Set(['SUCCESS', 'ATTEMPTED', 'SETUP_REQUIRED', 'FAILED', 'CHALLENGED']);
const MARKS: ReadonlySet<unknown> = new Set(['failed', 'skipped']);
const CODES: ReadonlySet<unknown> = new Set(FAILURE_CODES);

/**
 * Puts a stored login back into its flow.
 *
 * @throws AppError `flow_changed` when the login belongs to another version of the flow (or of the compiler), `state_invalid`
 * when position or context do not fit the flow.
 */
export function restoreFlow(flow: CompiledFlow, state: FlowState): FlowSnapshot {
  if (state.hash !== flow.hash) {
    throw new AppError('flow_changed', 'The login flow has changed, please start again', {
      detail: `state of ${state.hash}, flow ${flow.hash}`,
    });
  }
  const context: unknown = state.context;
  if (!isContext(context, flow)) throw invalid('context does not fit the flow');
  const { snapshot, place } = resolve(flow, state.position, context);
  // Logins rest at a page or at their end and nowhere else.
  if (place.kind === 'leaf' && place.phase !== 'wait') throw invalid(`position rests in ${place.phase}`);
  return snapshot;
}

/** `resolveState` and `locate` throw on what is no position of this flow; a state out of a database may hold anything. */
function resolve(
  flow: CompiledFlow,
  value: StateValue,
  context: FlowContext,
): { snapshot: FlowSnapshot; place: Place } {
  try {
    const snapshot = flow.machine.resolveState({ value, context });
    return { snapshot, place: locate(flow, snapshot) };
  } catch (cause) {
    throw invalid('position does not exist in the flow', cause);
  }
}

function isContext(value: unknown, flow: CompiledFlow): value is FlowContext {
  if (!isObject(value)) return false;
  const { statuses, walk, errors } = value;
  const isElement = (id: string): boolean => flow.leaves.has(id) || flow.subflows.has(id);
  return (
    isRecordOf(statuses, isElement, STATUSES) &&
    isRecordOf(walk, isElement, MARKS) &&
    Array.isArray(errors) &&
    errors.every((error) => isObject(error) && typeof error['executionId'] === 'string' && CODES.has(error['code']))
  );
}

function isRecordOf(value: unknown, hasKey: (key: string) => boolean, values: ReadonlySet<unknown>): boolean {
  return isObject(value) && Object.entries(value).every(([key, member]) => hasKey(key) && values.has(member));
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const invalid = (detail: string, cause?: unknown): AppError =>
  new AppError('state_invalid', 'The state of this login cannot be used, please start again', { detail, cause });
