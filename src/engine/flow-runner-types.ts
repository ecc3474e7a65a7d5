import type { BrowserSession, LoginPlace } from './authenticator.js';
import type { FlowState, Knowledge } from './flow-state.js';
import type { ChallengeView, EventDetails, Fact, FailureCode, Message } from './outcome.js';

/** What surrounds a run and does not change during one request. */
export interface RunEnvironment {
  readonly realmId: string;
  readonly clientId: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly browserSession: BrowserSession | undefined;
  readonly remoteAddress: string;
  readonly channel: 'browser' | 'direct';
  /** False for a run that only finds out who somebody is. */
  readonly opensSession?: false;
  /** Absent on the direct channel. */
  readonly place?: LoginPlace;
}

/** What is known before a flow begins. */
export type InitialKnowledge = Partial<Pick<Knowledge, 'userId' | 'userFixed' | 'notes'>>;

/** What the engine asks of the outside about users; implemented above it. */
export interface UserFacts {
  /** Types of the user's stored credentials, in the user's own order. */
  credentialTypes(realmId: string, userId: string): Promise<readonly string[]>;
  /** True when the required action is registered and enabled in the realm. */
  isActionEnabled(realmId: string, action: string): Promise<boolean>;
}

/**
 * A failed attempt the run met on its way (wrong password, denial): for events and the brute-force guard. Only what a step
 * itself called a failure is one; errors of the engine (no user yet, nothing set up) show in the end of the run only.
 */
export interface Attempt {
  readonly code: FailureCode;
  readonly executionId: string;
  readonly authenticator: string;
  /** Whether brute-force protection counts it. */
  readonly counts: boolean;
  readonly userId?: string;
  readonly details: EventDetails;
}

/**
 * Where a run ended: at a page, or at the end of the flow. `attempts` lists what failed on the way, in order; when a step
 * refused, its refusal is the last of them.
 */
export type RunResult =
  | {
      readonly kind: 'page';
      readonly state: FlowState;
      readonly view: ChallengeView;
      readonly attempts: readonly Attempt[];
    }
  | {
      readonly kind: 'passed';
      readonly state: FlowState;
      readonly userId: string;
      readonly facts: readonly Fact[];
      readonly attempts: readonly Attempt[];
    }
  | {
      readonly kind: 'refused';
      readonly state: FlowState;
      readonly code: FailureCode;
      readonly message?: Message;
      /** HTTP status of the refusal at the reference (400 unless the step says otherwise). */
      readonly status: number;
      readonly attempts: readonly Attempt[];
    };
