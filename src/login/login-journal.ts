import type { Attempt, FailureCode } from '../engine/index.js';
import type { EventRecorder } from '../events/event-recorder.js';
import type { BruteForceGuard, FailureCategory } from '../realm/brute-force-guard.js';
import type { Client } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import type { UserSession } from '../sessions/user-session.js';
import type { UnitOfWork } from '../shared/unit-of-work.js';

/** Keycloak's event error for each way to fail (engine reference 2.11, 3.3, 6.2); the limiter's refusal has a code of its own. */
const EVENT_ERRORS: Readonly<Record<FailureCode, string>> = {
  invalid_credentials: 'invalid_user_credentials',
  missing_credentials: 'invalid_user_credentials',
  unknown_user: 'user_not_found',
  user_disabled: 'user_disabled',
  user_temporarily_disabled: 'user_temporarily_disabled',
  user_permanently_disabled: 'user_disabled',
  user_conflict: 'different_user_authenticated',
  service_account: 'invalid_user',
  access_denied: 'access_denied',
  session_limit_exceeded: 'session_limit_exceeded',
  configuration_error: 'generic_authentication_error',
  credential_setup_required: 'invalid_user_credentials',
  invalid_request: 'user_not_found',
  cancelled: 'rejected_by_user',
};

const FAILURE_CATEGORIES: readonly FailureCategory[] = ['password', 'otp'];

/** In which login something happened. */
export interface LoginScene {
  readonly realm: Realm;
  readonly client: Client;
  readonly remoteAddress: string;
  readonly details: Readonly<Record<string, string>>;
  /** Kind of the events of failures; `LOGIN` unless said. */
  readonly failure?: 'RESET_PASSWORD' | 'CLIENT_LOGIN';
  /** The event of success is written by the door, which knows what it gave. */
  readonly reportsItself?: true;
}

/** Writes what happens in logins to the audit trail, and tells the brute-force guard. */
export class LoginJournal {
  constructor(
    private readonly recorder: EventRecorder,
    private readonly bruteForce: BruteForceGuard,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** One LOGIN_ERROR event per failed attempt. Only wrong credentials count for the brute-force guard, never a denial by a cap. */
  async attemptsFailed(
    scene: LoginScene,
    attempts: readonly Attempt[],
    categoryOf: (attempt: Attempt) => FailureCategory,
  ): Promise<void> {
    for (const attempt of attempts) {
      await this.unitOfWork.run(async () => {
        await this.failed(scene, attempt.code, attempt.userId, attempt.details);
        if (attempt.counts && attempt.userId !== undefined) {
          await this.bruteForce.failed(scene.realm, attempt.userId, scene.remoteAddress, categoryOf(attempt));
        }
      });
    }
  }

  failed(
    scene: LoginScene,
    code: FailureCode,
    userId?: string,
    details: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    return this.error(scene, EVENT_ERRORS[code], userId, details);
  }

  /** A LOGIN_ERROR event for a flow that ended without a step to blame: that it knows no user then is no unknown name. */
  flowFailed(scene: LoginScene, code: FailureCode, userId?: string): Promise<void> {
    return this.failed(scene, code === 'unknown_user' ? 'invalid_credentials' : code, userId);
  }

  /** The event of a required action that the person would not do. */
  async actionDeclined(
    { realm, client, remoteAddress, details }: LoginScene,
    userId: string,
    action: string,
  ): Promise<void> {
    await this.recorder.record(
      { id: realm.id, ...realm.settings },
      {
        type: 'CUSTOM_REQUIRED_ACTION_ERROR',
        clientId: client.clientId,
        userId,
        ipAddress: remoteAddress,
        error: 'rejected_by_user',
        details: { ...details, custom_required_action: action },
      },
    );
  }

  /** A LOGIN_ERROR event with an error of the wire. */
  async error(
    scene: LoginScene,
    error: string,
    userId?: string,
    details: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    await this.recorder.record(
      { id: scene.realm.id, ...scene.realm.settings },
      {
        type: `${scene.failure ?? 'LOGIN'}_ERROR`,
        clientId: scene.client.clientId,
        ipAddress: scene.remoteAddress,
        error,
        details: { ...scene.details, ...details },
        ...(userId === undefined ? {} : { userId }),
      },
    );
  }

  /** The LOGIN event, and a clean record at the brute-force guard. Sessions that made room have their events by then. */
  async succeeded(scene: LoginScene, session: UserSession, credentialTypes: readonly string[]): Promise<void> {
    if (scene.reportsItself) return;
    const realm = { id: scene.realm.id, ...scene.realm.settings };
    await this.recorder.record(realm, {
      type: 'LOGIN',
      clientId: scene.client.clientId,
      userId: session.userId,
      sessionId: session.id,
      ipAddress: scene.remoteAddress,
      details: scene.details,
    });
    // Who proved only the password does not clear the count of failed codes.
    const proved = FAILURE_CATEGORIES.filter((category) => credentialTypes.includes(category));
    if (scene.realm.settings.bruteForceProtected) await this.bruteForce.succeeded(scene.realm, session.userId, proved);
  }
}
