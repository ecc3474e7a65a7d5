import type { StateValue } from 'xstate';
import type { Json } from '../shared/json.js';
import type { FlowContext } from './flow-context.js';
import type { ChallengeView, Fact, Message } from './outcome.js';

/** What a login has found out so far. */
export interface Knowledge {
  readonly userId?: string;
  /** True when an earlier login of this browser fixed the user before the flow began. */
  readonly userFixed: boolean;
  /** Types of the credentials proved so far, in order. */
  readonly credentialTypes: readonly string[];
  readonly facts: readonly Fact[];
  /** Small JSON notes the login began with. */
  readonly notes: Readonly<Record<string, Json>>;
  /** Details for the audit event. */
  readonly details: Readonly<Record<string, string>>;
  /** Required actions that steps scheduled (set-up required), in order. */
  readonly requiredActions: readonly string[];
}

/**
 * A login as JSON between two requests. It holds where the login is and what is known, and never what was typed:
 * no password, code, token or key.
 */
export interface FlowState extends Knowledge {
  /** Content hash of the compiled flow; restoring into another one is refused. */
  readonly hash: string;
  /** Position: the XState state value. */
  readonly position: StateValue;
  /** XState context of the machine: statuses by execution id, marks of the walk, recorded errors. */
  readonly context: FlowContext;
  /** The page shown last, so that a reload shows it again without running anything. */
  readonly view?: ChallengeView;
  /** Id of the execution that the page belongs to. */
  readonly currentExecution?: string;
  /** What "try another way" would offer; present only when there is a choice. */
  readonly options?: readonly SelectionOption[];
  /** What the person is told while the login waits for something outside of its pages; absent when a page is to be answered. */
  readonly waits?: Message;
  /** True while the choice of "try another way" is on screen. */
  readonly choosing?: boolean;
}

/** An option of "try another way". */
export interface SelectionOption {
  readonly executionId: string;
  /** Provider id: consoles and pages name it by their own message. */
  readonly authenticator: string;
}
