import type { FlowEvent } from './flow-machine.js';
import type { LeafNode } from './flow-plan.js';
import type { Attempt } from './flow-runner-types.js';
import type { Knowledge } from './flow-state.js';
import type { ChallengeView, EventDetails, Fact, FailureCode, Message, Outcome } from './outcome.js';

/** An end of the flow that a step (or a conflict) brought about. */
export interface Refusal {
  readonly code: FailureCode;
  readonly status: number;
  readonly message?: Message;
}

/** What an outcome means: an event for the machine, and what the login knows from now on. */
export interface Effects {
  readonly event: FlowEvent;
  readonly known: Knowledge;
  readonly attempt?: Attempt;
  readonly view?: ChallengeView;
  readonly refusal?: Refusal;
  /** What the person is told while the login waits. */
  readonly waits?: Message;
}

/** Failures for which the person is not to blame: they never count, whatever the step says. */
const NEVER_COUNTED: ReadonlySet<FailureCode> = new Set([
  'session_limit_exceeded',
  'configuration_error',
  'missing_credentials',
]);

/** Translates what a step answered (2.6). Pure. */
export function applyOutcome(known: Knowledge, leaf: LeafNode, outcome: Outcome): Effects {
  switch (outcome.kind) {
    case 'success':
      return applySuccess(known, leaf, outcome);
    case 'attempted':
      return { event: { type: 'ATTEMPTED' }, known };
    case 'challenge': {
      const { view, failed } = outcome;
      const effects: Effects = { event: { type: 'CHALLENGE' }, known: withDetails(known, outcome.details), view };
      return failed === undefined ? effects : { ...effects, attempt: attemptOf(known, leaf, failed, outcome) };
    }
    case 'wait': {
      const { message } = outcome;
      return { event: { type: 'CHALLENGE' }, known, view: { page: 'info', data: {}, message }, waits: message };
    }
    case 'refuse': {
      const { code, status, message } = outcome;
      return {
        event: { type: 'REFUSE' },
        known: withDetails(known, outcome.details),
        attempt: attemptOf(known, leaf, code, outcome),
        refusal: { code, status, message },
      };
    }
    case 'error':
      return {
        event: errorEvent(leaf, outcome.code, outcome.message),
        known,
        attempt: attemptOf(known, leaf, outcome.code, outcome),
      };
  }
}

/** The machine's event for an error at a step. */
export function errorEvent(leaf: LeafNode, code: FailureCode, message?: Message): FlowEvent {
  const error = { type: 'ERROR', executionId: leaf.execution.id, code } as const;
  return message === undefined ? error : { ...error, message };
}

function applySuccess(known: Knowledge, leaf: LeafNode, outcome: Extract<Outcome, { kind: 'success' }>): Effects {
  const { userId, credentialType, facts = [], requiredActions = [], details } = outcome;
  if (userId !== undefined && known.userId !== undefined && userId !== known.userId) {
    return { event: { type: 'REFUSE' }, known, refusal: { code: 'user_conflict', status: 400 } };
  }
  const executionId = leaf.execution.id;
  const found = facts.map(({ type, value }): Fact => ({ type, executionId, value }));
  return {
    event: { type: 'SUCCESS' },
    known: {
      ...withDetails(known, details),
      ...(userId === undefined ? {} : { userId }),
      credentialTypes:
        credentialType === undefined ? known.credentialTypes : [...known.credentialTypes, credentialType],
      facts: [...known.facts, ...found],
      requiredActions: [...new Set([...known.requiredActions, ...requiredActions])],
    },
  };
}

const withDetails = (known: Knowledge, details: EventDetails | undefined): Knowledge =>
  details === undefined ? known : { ...known, details: { ...known.details, ...details } };

function attemptOf(
  known: Knowledge,
  leaf: LeafNode,
  code: FailureCode,
  said: { readonly counts?: boolean; readonly failedUserId?: string; readonly details?: EventDetails },
): Attempt {
  const userId = said.failedUserId ?? known.userId;
  return {
    code,
    executionId: leaf.execution.id,
    authenticator: leaf.execution.authenticator,
    counts: !NEVER_COUNTED.has(code) && said.counts !== false,
    details: { ...known.details, ...said.details },
    ...(userId === undefined ? {} : { userId }),
  };
}
