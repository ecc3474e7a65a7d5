import type { JsonObject } from '../shared/json.js';

/** How much an execution matters to the flow it stands in (Keycloak's four; the old OPTIONAL is gone). */
export const REQUIREMENTS = ['REQUIRED', 'ALTERNATIVE', 'CONDITIONAL', 'DISABLED'] as const;
export type Requirement = (typeof REQUIREMENTS)[number];

/** Which kind of engine runs a flow. */
export const FLOW_KINDS = ['basic-flow', 'form-flow', 'client-flow'] as const;
export type FlowKind = (typeof FLOW_KINDS)[number];

/** Requirements that a sub-flow offers, by its own kind and in the reference's order (1.1). Advice for consoles and checks. */
export const SUBFLOW_REQUIREMENTS: Readonly<Record<FlowKind, readonly Requirement[]>> = {
  'basic-flow': ['REQUIRED', 'ALTERNATIVE', 'DISABLED', 'CONDITIONAL'],
  'form-flow': ['REQUIRED', 'DISABLED'],
  'client-flow': ['ALTERNATIVE', 'REQUIRED', 'DISABLED'],
};

/** Configuration of one step: names of settings to their values as text, as Keycloak stores them. */
export interface StepConfig {
  readonly alias: string;
  readonly values: Readonly<Record<string, string>>;
}

/** One authenticator or condition placed in a flow. */
export interface StepExecution {
  readonly kind: 'step';
  /** Stable id of the placement: it names the page, the status and the limiter's config, also across versions of the flow. */
  readonly id: string;
  readonly requirement: Requirement;
  /** Id of the authenticator (`auth-cookie`, ...). */
  readonly authenticator: string;
  readonly config?: StepConfig;
}

/** A flow placed inside another flow. */
export interface SubflowExecution {
  readonly kind: 'subflow';
  readonly id: string;
  readonly requirement: Requirement;
  readonly flow: FlowDefinition;
}

export type Execution = StepExecution | SubflowExecution;

/**
 * A whole flow as a tree, executions in the order in which they run. It is immutable data: its content hash is its identity,
 * and a login in progress finishes on the definition with which it began.
 */
export interface FlowDefinition {
  readonly alias: string;
  readonly kind: FlowKind;
  /** Provider of the page of a `form-flow` (`registration-page-form`). */
  readonly formProvider?: string;
  readonly executions: readonly Execution[];
}

/** Something wrong (or worth a word) with a flow, at a JSON path of its definition (`$.executions[1].flow.executions[0]`). */
export interface FlowProblem {
  readonly path: string;
  readonly code: string;
  readonly message: string;
  /** `error` refuses a bind or a start from files; `warning` is only told. */
  readonly severity: 'error' | 'warning';
  readonly detail?: JsonObject;
}
