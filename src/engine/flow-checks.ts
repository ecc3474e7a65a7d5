import type { JsonObject } from '../shared/json.js';
import type { AuthenticatorRegistry } from './authenticator-registry.js';
import { userNeededTooEarly } from './check-user-order.js';
import type { Execution, FlowDefinition, FlowProblem, StepExecution, SubflowExecution } from './flow-definition.js';
import { SUBFLOW_REQUIREMENTS } from './flow-definition.js';
import { isCondition } from './provider-kind.js';
import { conditionsOf, splitLevel } from './requirement-rules.js';

/** Provider id of the session limiter, the one step that does nothing but harm without a config. */
const LIMITER = 'user-session-limits';

/**
 * Everything that is wrong with a flow, or worth a word, at JSON paths of the definition. Pure; it reports all problems at
 * once and never throws. Errors refuse a bind and a start from files, warnings refuse nothing. What is DISABLED cannot do
 * harm, so problems inside it are warnings.
 *
 * @param registry every provider that may stand in a flow, form actions and client authenticators included
 */
export function checkFlow(definition: FlowDefinition, registry: AuthenticatorRegistry): readonly FlowProblem[] {
  const problems = new ProblemList();
  if (!definition.executions.some(isEnabled)) {
    problems.error(
      '$.executions',
      'empty_flow',
      `Flow ${definition.alias} has no enabled execution, nobody can pass it`,
    );
  }
  checkNames(definition, problems);
  checkStrayConditions(definition, '$', registry, problems);
  checkLevel(definition, '$', registry, problems);
  for (const { path, execution } of userNeededTooEarly(definition, registry)) {
    const message = `${execution.authenticator} needs a user, but no step before it can find one`;
    problems.warning(path, 'user_needed_too_early', message);
  }
  return problems.list;
}

class ProblemList {
  readonly list: FlowProblem[] = [];

  add(severity: FlowProblem['severity'], path: string, code: string, message: string, detail?: JsonObject): void {
    this.list.push({ path, code, message, severity, ...(detail === undefined ? {} : { detail }) });
  }

  error(path: string, code: string, message: string): void {
    this.add('error', path, code, message);
  }

  warning(path: string, code: string, message: string): void {
    this.add('warning', path, code, message);
  }
}

const isEnabled = (execution: Execution): boolean => execution.requirement !== 'DISABLED';

/** Execution ids and aliases of flows are unique in the whole tree, disabled parts included. */
function checkNames(definition: FlowDefinition, problems: ProblemList): void {
  const ids = new Set<string>();
  const aliases = new Set([definition.alias]);
  const visit = (flow: FlowDefinition, at: string): void =>
    flow.executions.forEach((execution, index) => {
      const path = `${at}.executions[${index}]`;
      if (ids.has(execution.id)) {
        problems.error(`${path}.id`, 'duplicate_execution_id', `Execution id ${execution.id} is used twice`);
      }
      ids.add(execution.id);
      if (execution.kind === 'step') return;
      const { alias } = execution.flow;
      if (aliases.has(alias)) {
        problems.error(`${path}.flow.alias`, 'duplicate_alias', `Two flows are called ${alias}`);
      }
      aliases.add(alias);
      visit(execution.flow, `${path}.flow`);
    });
  visit(definition, '$');
}

function checkLevel(flow: FlowDefinition, at: string, registry: AuthenticatorRegistry, problems: ProblemList): void {
  const { silenced } = splitLevel(flow.executions, isCondition(registry));
  flow.executions.forEach((execution, index) => {
    const path = `${at}.executions[${index}]`;
    if (silenced.includes(execution)) {
      const message = `${nameOf(execution)} never runs: ALTERNATIVE executions are ignored beside REQUIRED or CONDITIONAL ones`;
      problems.warning(path, 'alternatives_ignored', message);
    }
    if (execution.kind === 'step') checkStep(execution, path, registry, problems);
    else checkSubflow(execution, path, registry, problems);
  });
}

function checkSubflow(
  execution: SubflowExecution,
  path: string,
  registry: AuthenticatorRegistry,
  problems: ProblemList,
): void {
  const { flow, requirement } = execution;
  checkRequirement(execution, SUBFLOW_REQUIREMENTS[flow.kind], path, problems);
  // Nothing inside a disabled sub-flow runs, so there is nothing to say about it but unknown names.
  if (requirement === 'DISABLED') return;
  const conditions = conditionsOf(flow.executions, isCondition(registry));
  if (!flow.executions.some(isEnabled)) {
    problems.warning(
      `${path}.flow.executions`,
      'empty_flow',
      `Sub-flow ${flow.alias} has no enabled execution and never succeeds`,
    );
  } else if (requirement === 'CONDITIONAL' && conditions.length === 0) {
    const message = `Sub-flow ${flow.alias} is CONDITIONAL but has no enabled condition, so it never runs`;
    problems.warning(path, 'conditional_without_condition', message);
  }
  if (requirement !== 'CONDITIONAL') checkStrayConditions(flow, `${path}.flow`, registry, problems);
  checkLevel(flow, `${path}.flow`, registry, problems);
}

/** Conditions count in CONDITIONAL sub-flows only; anywhere else they are ignored. */
function checkStrayConditions(
  flow: FlowDefinition,
  at: string,
  registry: AuthenticatorRegistry,
  problems: ProblemList,
): void {
  for (const condition of conditionsOf(flow.executions, isCondition(registry))) {
    const message = `Condition ${condition.authenticator} is ignored, because flow ${flow.alias} is not a CONDITIONAL sub-flow`;
    const index = flow.executions.indexOf(condition);
    problems.warning(`${at}.executions[${index}]`, 'condition_outside_conditional', message);
  }
}

function checkStep(
  execution: StepExecution,
  path: string,
  registry: AuthenticatorRegistry,
  problems: ProblemList,
): void {
  const { authenticator, config } = execution;
  const severity = isEnabled(execution) ? 'error' : 'warning';
  const descriptor = registry.find(authenticator)?.descriptor;
  if (descriptor === undefined) {
    problems.add(severity, `${path}.authenticator`, 'unknown_provider', `There is no provider ${authenticator}`);
    return;
  }
  checkRequirement(execution, descriptor.requirements, path, problems);
  if (descriptor.available === false && isEnabled(execution)) {
    const message = `${descriptor.title} is not available yet: a login passes it by, and nobody gets through where it is REQUIRED`;
    problems.warning(`${path}.authenticator`, 'provider_unavailable', message);
  }
  if (authenticator === LIMITER && config === undefined && isEnabled(execution)) {
    problems.error(
      path,
      'limiter_without_config',
      'The session limiter has no config, so every login would be refused',
    );
  }
  for (const { field, message } of (config && descriptor.config?.check(config.values)) ?? []) {
    const where = `${path}.config.values[${JSON.stringify(field)}]`;
    problems.add(severity, where, 'invalid_config', `${field} of ${authenticator}: ${message}`, { field });
  }
}

function checkRequirement(execution: Execution, offered: readonly string[], path: string, problems: ProblemList): void {
  if (offered.includes(execution.requirement)) return;
  const message = `${nameOf(execution)} is not meant to be ${execution.requirement}, only ${offered.join(', ')}`;
  problems.warning(`${path}.requirement`, 'requirement_not_offered', message);
}

const nameOf = (execution: Execution): string =>
  execution.kind === 'step' ? execution.authenticator : `Sub-flow ${execution.flow.alias}`;
