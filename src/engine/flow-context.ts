import type { FailureCode, Message } from './outcome.js';

/** Status of one execution in a login (Keycloak engine reference 2.2, without the form-only SKIPPED). */
export type ExecutionStatus = 'SUCCESS' | 'ATTEMPTED' | 'SETUP_REQUIRED' | 'FAILED' | 'CHALLENGED';

/** Status of every execution that was run so far, by execution id. */
export type Statuses = Readonly<Record<string, ExecutionStatus>>;

/**
 * What became of a sub-flow in the walk that is going on: it `failed`, or its condition was false and it is `skipped`. A walk
 * ends at a page; the next one may run the same sub-flow again, because the user or the proofs may have changed since.
 */
export type WalkMark = 'failed' | 'skipped';
export type Walk = Readonly<Record<string, WalkMark>>;

/** The marks of a walk that has not begun. */
export const NO_MARKS: Walk = {};

/** An error that a step answered; an enclosing ALTERNATIVE swallowed it unless it is the one that ended the flow. */
export interface RecordedError {
  readonly executionId: string;
  readonly code: FailureCode;
  readonly message?: Message;
}

/** What the machine remembers besides its position. JSON. */
export interface FlowContext {
  readonly statuses: Statuses;
  /** Empty while a page is shown. */
  readonly walk: Walk;
  readonly errors: readonly RecordedError[];
}
