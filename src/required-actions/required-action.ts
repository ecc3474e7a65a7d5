import type { ChallengeView, EventDetails, FormInput } from '../engine/index.js';
import type { EventKind } from '../events/auth-events.js';
import type { Client } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import type { Totp } from '../realm/totp.js';
import type { UserService } from '../realm/user-service.js';
import type { User, UserStore } from '../realm/user.js';
import type { SessionService } from '../sessions/session-service.js';
import type { Clock } from '../shared/clock.js';
import type { UnitOfWork } from '../shared/unit-of-work.js';
import type { ActionMails, LinkPlace } from '../tokens/action-tokens/action-mails.js';

/** Everything a required action may reach. */
export interface RequiredActionPorts {
  readonly users: UserStore;
  readonly userService: UserService;
  readonly sessions: SessionService;
  readonly totp: Totp;
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
  readonly actionMails: ActionMails;
}

/** For whom and in which login an action runs. */
export interface ActionContext {
  readonly realm: Realm;
  readonly client: Client;
  readonly user: User;
  readonly locale: string;
  /** Where links in mails lead back to. */
  readonly place: LinkPlace;
  readonly remoteAddress: string;
  /** Session of this browser that the login renews: it outlives "sign out everywhere else". */
  readonly browserSessionId?: string;
}

/** What the audit trail is told of an action. */
export interface ActionEvent {
  readonly event: EventKind;
  readonly details: EventDetails;
}

export type ActionOutcome =
  /** The action is done and no longer pending. */
  | { readonly kind: 'done'; readonly event?: EventKind; readonly details?: EventDetails }
  /** Ask again. */
  | { readonly kind: 'challenge'; readonly view: ChallengeView }
  /** The person declined; the login ends with `access_denied` at the application, and the reference's word for why. */
  | { readonly kind: 'declined'; readonly description?: string };

/**
 * Something a user has to do after the flow and before the session is opened. Its pages are made anew for every view and are never
 * stored, because they may show a key (authenticator set-up).
 */
export interface RequiredAction {
  readonly id: string;
  /** Keycloak's name. */
  readonly title: string;
  /** Whether the state of the account asks for the action, of a realm that has it enabled (Keycloak's `evaluateTriggers`). */
  isTriggered?(realm: Realm, user: User): boolean | Promise<boolean>;
  /** Whether there is anything to do for the user; one that is not due is passed over. Absent means yes. */
  isDue?(user: User): boolean;
  /** Called once, when a login comes to the action. @returns the event of that moment, if it has one */
  enter?(context: ActionContext): ActionEvent | undefined;
  start(context: ActionContext): Promise<ChallengeView>;
  submit(context: ActionContext, input: FormInput): Promise<ActionOutcome>;
}

/** Makes an action with its ports. One per folder of `required-actions/`, listed in `required-actions/index.ts`. */
export type RequiredActionFactory = (ports: RequiredActionPorts) => RequiredAction;
