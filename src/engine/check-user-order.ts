import type { AuthenticatorRegistry } from './authenticator-registry.js';
import type { FlowDefinition, StepExecution } from './flow-definition.js';
import { isCondition } from './provider-kind.js';
import { splitLevel } from './requirement-rules.js';

/** A step at its JSON path. */
export interface StepAt {
  readonly path: string;
  readonly execution: StepExecution;
}

/**
 * Steps that need a user although nothing that can run before them may find one. Any earlier step that does not itself need
 * a user is taken to be able to, so a finding is certain while silence proves nothing.
 */
export function userNeededTooEarly(definition: FlowDefinition, registry: AuthenticatorRegistry): readonly StepAt[] {
  const found: StepAt[] = [];

  /** Walks a level; gives back whether a user may be known after it. */
  function visit(flow: FlowDefinition, at: string, knownBefore: boolean): boolean {
    const { required, alternatives } = splitLevel(flow.executions, isCondition(registry));
    let known = knownBefore;
    let knownAfterAny = knownBefore;
    for (const execution of [...required, ...alternatives]) {
      const path = `${at}.executions[${flow.executions.indexOf(execution)}]`;
      const after =
        execution.kind === 'step' ? visitStep(execution, path, known) : visit(execution.flow, `${path}.flow`, known);
      knownAfterAny ||= after;
      // The next alternative runs only when this one did not pass, so it cannot build on it.
      if (alternatives.length === 0) known = after;
    }
    return knownAfterAny;
  }

  function visitStep(execution: StepExecution, path: string, known: boolean): boolean {
    if (registry.find(execution.authenticator)?.descriptor.needsUser !== true) return true;
    if (!known) found.push({ path, execution });
    return known;
  }

  visit(definition, '$', false);
  return found;
}
