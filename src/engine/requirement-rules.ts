import type { ExecutionStatus, Statuses, Walk } from './flow-context.js';
import type { Execution, StepExecution } from './flow-definition.js';

/** One flow split as the reference splits it (2.3). At most one of `required` and `alternatives` has elements. */
export interface Level {
  /** Enabled conditions, in order. They count only when the flow is a CONDITIONAL sub-flow. */
  readonly conditions: readonly StepExecution[];
  /** REQUIRED and CONDITIONAL elements that can run. A CONDITIONAL sub-flow without an enabled condition never can. */
  readonly required: readonly Execution[];
  readonly alternatives: readonly Execution[];
  /** ALTERNATIVEs that never run because something REQUIRED or CONDITIONAL stands beside them. */
  readonly silenced: readonly Execution[];
}

/** What a level does next. */
export type Decision =
  | { readonly kind: 'run'; readonly execution: Execution }
  | { readonly kind: 'succeeded' }
  | { readonly kind: 'failed' };

/** Tells conditions from steps by provider id. */
export type IsCondition = (authenticator: string) => boolean;

const SUCCEEDED: Decision = { kind: 'succeeded' };
const FAILED: Decision = { kind: 'failed' };

/** True for the statuses that let a level go on: SETUP_REQUIRED passes as SUCCESS does. */
export const isPassed = (status: ExecutionStatus | undefined): boolean =>
  status === 'SUCCESS' || status === 'SETUP_REQUIRED';

/** True for an element that is not run again in this login (2.2). */
export const isProcessed = (status: ExecutionStatus | undefined): boolean => isPassed(status) || status === 'ATTEMPTED';

/** The conditions that decide whether a CONDITIONAL sub-flow runs: only those directly inside it (2.4). */
export function conditionsOf(executions: readonly Execution[], isCondition: IsCondition): StepExecution[] {
  return executions.filter(
    (execution): execution is StepExecution =>
      execution.kind === 'step' && execution.requirement !== 'DISABLED' && isCondition(execution.authenticator),
  );
}

/** Splits the executions of one flow. Pure; the order is kept. */
export function splitLevel(executions: readonly Execution[], isCondition: IsCondition): Level {
  const conditions = conditionsOf(executions, isCondition);
  const elements = executions.filter(
    (execution) => !(execution.kind === 'step' && isCondition(execution.authenticator)),
  );
  const required = elements.filter(({ requirement }) => requirement === 'REQUIRED' || requirement === 'CONDITIONAL');
  const alternatives = elements.filter(({ requirement }) => requirement === 'ALTERNATIVE');
  // The silencing comes before any condition is looked at: a CONDITIONAL that never runs silences its neighbours all the same.
  const silences = required.length > 0;
  return {
    conditions,
    required: required.filter((execution) => canRun(execution, isCondition)),
    alternatives: silences ? [] : alternatives,
    silenced: silences ? alternatives : [],
  };
}

/** True when an element guards itself with conditions. CONDITIONAL on a plain step means REQUIRED. */
export const isConditionalSubflow = (execution: Execution): boolean =>
  execution.kind === 'subflow' && execution.requirement === 'CONDITIONAL';

function canRun(execution: Execution, isCondition: IsCondition): boolean {
  if (execution.kind === 'step' || execution.requirement !== 'CONDITIONAL') return true;
  return conditionsOf(execution.flow.executions, isCondition).length > 0;
}

/**
 * The one truth about requirements: what a level does next, given the statuses of the login and the marks of this walk.
 * Pure and total. Source: engine reference 2.3.
 */
export function nextElement(level: Level, statuses: Statuses, walk: Walk): Decision {
  return level.required.length > 0
    ? nextRequired(level.required, statuses, walk)
    : nextAlternative(level.alternatives, statuses, walk);
}

function nextRequired(required: readonly Execution[], statuses: Statuses, walk: Walk): Decision {
  let passed = false;
  for (const execution of required) {
    const status = statuses[execution.id];
    if (isPassed(status)) passed = true;
    else if (walk[execution.id] === 'skipped') continue;
    else if (isProcessed(status) || walk[execution.id] === 'failed') return FAILED;
    else return { kind: 'run', execution };
  }
  // Nothing left after the disabled CONDITIONALs: the level has not succeeded, it has merely nothing to say.
  return passed ? SUCCEEDED : FAILED;
}

function nextAlternative(alternatives: readonly Execution[], statuses: Statuses, walk: Walk): Decision {
  if (alternatives.some(({ id }) => isPassed(statuses[id]))) return SUCCEEDED;
  const execution = alternatives.find(({ id }) => !isProcessed(statuses[id]) && walk[id] === undefined);
  return execution === undefined ? FAILED : { kind: 'run', execution };
}
